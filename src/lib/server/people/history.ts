/**
 * What is known of a client's people over time, read once and asked often.
 *
 * An attribute holds from its date until the next dated value. Of two values with the same date the
 * one recorded later counts: it is the correction. Withdrawn facts do not exist.
 */
import { and, isNull, lte, sql, type SQL } from 'drizzle-orm';
import type { Json } from '#lib/engine/logic/rule.ts';
import { bulkRead } from '../db/bulk.ts';
import { employeeFacts, employees } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';

export interface DatedValue {
	readonly validFrom: string;
	readonly value: Json;
}

export interface KnownEmployee {
	readonly id: string;
	readonly name: string;
	/** By attribute, oldest first; the last of equal dates counts. */
	readonly attributes: ReadonlyMap<string, readonly DatedValue[]>;
}

/** Statuses in which a person does not work for the client any more. */
const GONE = new Set(['left', 'terminated', 'resigned', 'dismissed', 'inactive', '离职', '已离职']);

export class PeopleHistory {
	readonly #people: ReadonlyMap<string, KnownEmployee>;

	constructor(people: ReadonlyMap<string, KnownEmployee>) {
		this.#people = people;
	}

	/** Everybody known, by id. */
	get all(): ReadonlyMap<string, KnownEmployee> {
		return this.#people;
	}

	/** Ids of attributes that anybody has. */
	attributeIds(): string[] {
		const ids = new Set<string>();
		for (const person of this.#people.values()) {
			for (const attribute of person.attributes.keys()) ids.add(attribute);
		}
		return [...ids].sort();
	}

	/** The value that holds on a day; null where none does yet. */
	valueOn(employeeId: string, attribute: string, day: string): Json {
		return valueOn(this.#people.get(employeeId)?.attributes.get(attribute), day);
	}

	/** All attributes as of a day. */
	attributesOn(employeeId: string, day: string): Map<string, Json> {
		const found = new Map<string, Json>();
		for (const [attribute, values] of this.#people.get(employeeId)?.attributes ?? []) {
			const value = valueOn(values, day);
			if (value !== null) found.set(attribute, value);
		}
		return found;
	}

	/**
	 * The last day in a period on which the person was employed; null when on none. A leaver is
	 * scored with the attributes of that day.
	 */
	lastEmployedDay(employeeId: string, firstDay: string, lastDay: string): string | null {
		const person = this.#people.get(employeeId);
		if (!person) return null;
		const hired = asDay(
			valueOn(person.attributes.get('hired_on'), lastDay) ?? firstValue(person, 'hired_on')
		);
		if (hired !== null && hired > lastDay) return null;
		const start = hired !== null && hired > firstDay ? hired : firstDay;
		const left = asDay(latestValue(person, 'left_on'));
		let end = left !== null && left < lastDay ? left : lastDay;
		if (end < start) return null;
		// A status of having left holds from its date on, so the day before was the last one.
		for (const { validFrom, value } of person.attributes.get('status') ?? []) {
			if (!isGone(value) || validFrom > end) continue;
			const back = (person.attributes.get('status') ?? []).some(
				(later) => later.validFrom > validFrom && later.validFrom <= end && !isGone(later.value)
			);
			if (!back) {
				end = dayBefore(validFrom);
				break;
			}
		}
		return end < start ? null : end;
	}
}

function valueOn(values: readonly DatedValue[] | undefined, day: string): Json {
	let found: Json = null;
	for (const { validFrom, value } of values ?? []) {
		if (validFrom > day) break;
		found = value;
	}
	return found;
}

function firstValue(person: KnownEmployee, attribute: string): Json {
	return person.attributes.get(attribute)?.[0]?.value ?? null;
}

function latestValue(person: KnownEmployee, attribute: string): Json {
	return person.attributes.get(attribute)?.at(-1)?.value ?? null;
}

function asDay(value: Json): string | null {
	return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null;
}

function isGone(value: Json): boolean {
	return typeof value === 'string' && GONE.has(value.toLowerCase());
}

function dayBefore(day: string): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

export interface LoadPeopleOptions {
	/** Only what had been recorded by this moment, and was not withdrawn by then. */
	readonly knownAt?: string | null;
	/** Only this person. */
	readonly employeeId?: string;
}

/** Reads people and their facts. */
export async function loadPeople(
	queries: Queries,
	options: LoadPeopleOptions = {}
): Promise<PeopleHistory> {
	const knownAt = options.knownAt ?? null;
	const only = options.employeeId;
	const people = new Map<
		string,
		{ id: string; name: string; attributes: Map<string, DatedValue[]> }
	>();
	const existing = and(
		knownAt === null
			? isNull(employees.withdrawnAt)
			: and(lte(employees.createdAt, knownAt), heldAt(employees.withdrawnAt, knownAt)),
		only === undefined ? undefined : sql`${employees.id} = ${only}`
	);
	for await (const rows of bulkRead(queries, employees, ['id', 'name'], existing)) {
		for (const [id, name] of rows as readonly (readonly [string, string])[]) {
			people.set(id, { id, name, attributes: new Map() });
		}
	}
	const holding = and(
		knownAt === null
			? isNull(employeeFacts.withdrawnAt)
			: and(lte(employeeFacts.recordedAt, knownAt), heldAt(employeeFacts.withdrawnAt, knownAt)),
		only === undefined ? undefined : sql`${employeeFacts.employeeId} = ${only}`
	);
	const columns = ['employeeId', 'attribute', 'value', 'validFrom'] as const;
	for await (const rows of bulkRead(queries, employeeFacts, columns, holding)) {
		for (const [id, attribute, value, validFrom] of rows as readonly (readonly [
			string,
			string,
			Json,
			string
		])[]) {
			const person = people.get(id);
			if (!person) continue;
			const values = person.attributes.get(attribute);
			if (values) values.push({ validFrom, value });
			else person.attributes.set(attribute, [{ validFrom, value }]);
		}
	}
	for (const person of people.values()) {
		// Facts come in the order of recording and sorting is stable: the correction stays last.
		for (const values of person.attributes.values()) {
			values.sort((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0));
		}
	}
	return new PeopleHistory(people);
}

/** A fact counts at a moment when it had not been withdrawn by then. */
export function heldAt(
	withdrawnAt: typeof employees.withdrawnAt | typeof employeeFacts.withdrawnAt,
	knownAt: string
): SQL {
	return sql`(${withdrawnAt} IS NULL OR ${withdrawnAt} > ${knownAt})`;
}
