import { and, eq, gte, inArray, lte } from 'drizzle-orm';
import { shiftPeriod } from '#lib/contract/periods.ts';
import type { Expectation } from '#lib/contract/records.ts';
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { isTruthy } from '#lib/engine/logic/value.ts';
import { variablesOf } from '#lib/engine/logic/variables.ts';
import { admitActor } from '../auth/permissions.ts';
import { loadCalendar, type Calendar } from '../calendar/calendar.ts';
import type { Actor, Context } from '../context.ts';
import { bulkRead } from '../db/bulk.ts';
import { records } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import type { PeopleHistory } from '../people/history.ts';
import { covers } from '../people/scope.ts';
import type { UnitTree } from '../people/unit-tree.ts';
import { loadExpectations } from './expectations.ts';
import { recordScope } from './find-records.ts';
import { isCurrentRecord } from './write-records.ts';

export interface PersonWithout {
	readonly employee: string;
	readonly name: string;
	readonly unit: string | null;
	/** Records that count in the time looked at: fewer than expected. */
	readonly found: number;
	/** The day of the last record that counts, within a year. */
	readonly last: string | null;
}

export interface MissingRecords {
	readonly id: string;
	readonly revision: number;
	readonly definition: Expectation;
	/** The days looked at, both counting. */
	readonly from: string;
	readonly to: string;
	/** How many people records are expected of, among those the actor sees. */
	readonly expected: number;
	readonly missing: readonly PersonWithout[];
}

/** How far back the last record of somebody is looked for. */
const LOOK_BACK_MONTHS = 12;

/**
 * Who has no (or too few) records where some are expected, up to a day (today unless given). Heads
 * see their people, employees themselves.
 */
export async function findMissingRecords(
	ctx: Context,
	actor: Actor,
	input: { readonly day?: string; readonly record?: string } = {}
): Promise<readonly MissingRecords[]> {
	admitActor(ctx, actor, 'people.read', 'people.read_own_unit', 'people.read_self');
	const asked = [...(await loadExpectations(ctx.db.read))].filter(
		([, { definition, retired }]) =>
			!retired && (input.record === undefined || definition.record === input.record)
	);
	// Every visit of the home page asks; most clients expect nothing.
	if (asked.length === 0) return [];
	const { scope, people, tree, today } = await recordScope(ctx, actor);
	const day = input.day ?? today;
	const calendar = await loadCalendar(ctx.db.read);
	const found: MissingRecords[] = [];
	for (const [id, { revision, definition }] of asked) {
		const from = firstDayWithin(definition.within, day, calendar);
		const crew = [...people.all.keys()].filter(
			(employee) =>
				covers(scope.employees, employee) &&
				people.lastEmployedDay(employee, day, day) !== null &&
				isExpectedOf(definition.who, employee, people, tree, day)
		);
		const counts = await countRecords(ctx.db.read, definition, crew, { from, to: day });
		const missing = crew.flatMap((employee): PersonWithout[] => {
			const { inTime, last } = counts.get(employee) ?? { inTime: 0, last: null };
			if (inTime >= definition.at_least) return [];
			const unit = people.valueOn(employee, 'unit', day);
			return [
				{
					employee,
					name: people.all.get(employee)?.name ?? employee,
					unit: typeof unit === 'string' ? (tree.all.get(unit)?.name['zh-CN'] ?? unit) : null,
					found: inTime,
					last
				}
			];
		});
		found.push({ id, revision, definition, from, to: day, expected: crew.length, missing });
	}
	return found;
}

/** The first of so many working days, weeks (from Monday) or months up to a day. */
export function firstDayWithin(
	{ count, unit }: Expectation['within'],
	day: string,
	calendar: Pick<Calendar, 'isWorking'>
): string {
	if (unit === 'month') return `${shiftPeriod(day.slice(0, 7), 1 - count)}-01`;
	if (unit === 'week') {
		const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
		return daysBefore(day, weekday + 7 * (count - 1));
	}
	let first = day;
	// Ten weeks of holidays in a row end the search, not the reminder.
	for (let at = day, left = count, guard = 0; left > 0 && guard < count + 70; guard += 1) {
		if (calendar.isWorking(at)) {
			first = at;
			left -= 1;
		}
		at = daysBefore(at, 1);
	}
	return first;
}

function daysBefore(day: string, days: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

function isExpectedOf(
	who: Json,
	employee: string,
	people: PeopleHistory,
	tree: UnitTree,
	day: string
): boolean {
	const { node } = parseRule(who);
	const variables = new Map<string, Json>();
	for (const path of variablesOf(node)) {
		variables.set(path, attributeOf(path.slice('employee.'.length), employee, people, tree, day));
	}
	return isTruthy(evaluateRule(node, variables).value);
}

function attributeOf(
	attribute: string,
	employee: string,
	people: PeopleHistory,
	tree: UnitTree,
	day: string
): Json {
	if (attribute === 'id') return employee;
	if (attribute === 'name') return people.all.get(employee)?.name ?? null;
	if (attribute !== 'unit_path') return people.valueOn(employee, attribute, day);
	const unit = people.valueOn(employee, 'unit', day);
	return typeof unit === 'string' ? tree.pathOf(unit, day) : null;
}

async function countRecords(
	queries: Queries,
	{ record, where }: Expectation,
	crew: readonly string[],
	time: { readonly from: string; readonly to: string }
): Promise<Map<string, { inTime: number; last: string | null }>> {
	const counts = new Map<string, { inTime: number; last: string | null }>();
	if (crew.length === 0) return counts;
	const rule = where === undefined ? null : parseRule(where).node;
	const since = `${shiftPeriod(time.to.slice(0, 7), -LOOK_BACK_MONTHS)}-01`;
	const held = and(
		eq(records.type, record),
		eq(records.subjectKind, 'employee'),
		inArray(records.subjectId, [...crew]),
		gte(records.date, since < time.from ? since : time.from),
		lte(records.date, time.to),
		isCurrentRecord()
	);
	for await (const rows of bulkRead(queries, records, ['subjectId', 'date', 'data'], held)) {
		for (const [subject, date, data] of rows as readonly (readonly [
			string,
			string,
			JsonObject
		])[]) {
			if (rule && !isTruthy(evaluateRule(rule, variablesOfRecord(data)).value)) continue;
			const count = counts.get(subject) ?? { inTime: 0, last: null };
			counts.set(subject, count);
			if (date >= time.from) count.inTime += 1;
			if (count.last === null || date > count.last) count.last = date;
		}
	}
	return counts;
}

function variablesOfRecord(data: JsonObject): Map<string, Json> {
	return new Map(Object.entries(data).map(([column, value]) => [`record.${column}`, value]));
}
