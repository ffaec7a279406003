/** Which schemes a client could use: how many of its people each of them is for. */
import { isNull } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { evaluateRule } from '#lib/engine/logic/interpret.ts';
import { isTruthy } from '#lib/engine/logic/value.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { parsePeriod, tenureMonths } from '#lib/engine/scheme/period.ts';
import { prepareScheme, type PreparedScheme } from '#lib/engine/score/prepare.ts';
import type { Value } from '#lib/engine/logic/rule.ts';
import { templates } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { loadAttributes } from '../people/attributes.ts';
import type { PeopleHistory } from '../people/history.ts';

export interface FittingScheme {
	readonly id: string;
	readonly name: LocalText;
	/** People of today to whom it applies. */
	readonly people: number;
}

export interface SchemeFit {
	/** Templates of the client, those for the most people first. */
	readonly schemes: readonly FittingScheme[];
	/** People of today to whom no template applies, counted by position. */
	readonly uncovered: readonly {
		readonly position: string | null;
		/** What the client calls it, where its data hold a code. */
		readonly name: LocalText | null;
		readonly people: number;
	}[];
}

/** Asks every template about everybody who works at the client on a day. */
export async function schemeFit(
	queries: Queries,
	people: PeopleHistory,
	day: string
): Promise<SchemeFit> {
	const rows = await queries
		.select({ document: templates.document })
		.from(templates)
		.where(isNull(templates.retiredAt));
	const positions = (await loadAttributes(queries)).get('position')?.choices ?? [];
	const schemes = rows.map(({ document }) => prepareScheme(document));
	const counts = new Map<string, number>();
	const uncovered = new Map<string | null, number>();
	for (const id of people.all.keys()) {
		if (people.lastEmployedDay(id, day, day) === null) continue;
		const attributes = withTenure(people.attributesOn(id, day), day);
		const fitting = schemes.filter((scheme) => appliesTo(scheme, attributes));
		for (const { document } of fitting) {
			counts.set(document.id, (counts.get(document.id) ?? 0) + 1);
		}
		if (fitting.length > 0) continue;
		const position = attributes.get('position');
		const key = typeof position === 'string' ? position : null;
		uncovered.set(key, (uncovered.get(key) ?? 0) + 1);
	}
	return {
		schemes: schemes
			.map(({ document }) => fitting(document, counts.get(document.id) ?? 0))
			.sort((a, b) => b.people - a.people || (a.id < b.id ? -1 : 1)),
		uncovered: [...uncovered]
			.map(([position, count]) => ({
				position,
				name: positions.find(({ value }) => value === position)?.name ?? null,
				people: count
			}))
			.sort((a, b) => b.people - a.people)
	};
}

/** Tenure follows from the day of hiring and is nobody's column. */
function withTenure(attributes: ReadonlyMap<string, Value>, day: string): Map<string, Value> {
	const hired = attributes.get('hired_on');
	const month = parsePeriod(day.slice(0, 7));
	const tenure = typeof hired === 'string' && month ? tenureMonths(hired, month, 1) : null;
	return new Map([...attributes, ['tenure_months', tenure]]);
}

function fitting({ id, name }: SchemeDocument, people: number): FittingScheme {
	return { id, name, people };
}

function appliesTo(scheme: PreparedScheme, attributes: ReadonlyMap<string, Value>): boolean {
	if (scheme.appliesTo.problem) return false;
	const variables = new Map<string, Value>();
	for (const [attribute, value] of attributes) {
		variables.set(`employee.${attribute}`, value);
	}
	return isTruthy(evaluateRule(scheme.appliesTo.node, variables).value);
}
