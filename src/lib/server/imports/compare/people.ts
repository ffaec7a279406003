/** What rows of people say that is not known yet. */
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { PeopleHistory } from '../../people/history.ts';
import type { ParsedPerson } from '../check/people-rows.ts';
import type { CheckedRow } from '../check/row-findings.ts';
import { FactLog } from '../plan.ts';

export interface PersonFact {
	readonly employee: string;
	readonly attribute: string;
	readonly value: Json;
	readonly validFrom: string;
	/** The value is the name of a unit that the commit makes. */
	readonly isNewUnit: boolean;
}

/** Before a client's first data: attributes without a date hold from the beginning. */
const BEGINNING = '1900-01-01';

/**
 * An attribute nobody knew holds from the person's hire date; one that changes holds from today,
 * unless the file or the mapping gives the day.
 */
export function comparePeople(
	checked: readonly CheckedRow<ParsedPerson>[],
	people: PeopleHistory,
	mapping: ImportMapping,
	today: string
) {
	const facts = new FactLog();
	const write: PersonFact[] = [];
	const names = new Map<string, string>();
	// People, not rows: one person may stand in several, a row for each day on which something changed.
	const added = new Set<string>();
	const changed = new Set<string>();
	const seen = new Set<string>();
	for (const row of checked) {
		const person = row.status === 'accepted' ? row.parsed : null;
		if (!person) continue;
		const known = people.all.get(person.employee);
		const hired =
			person.attributes['hired_on'] ?? people.valueOn(person.employee, 'hired_on', '9999-12-31');
		const start = typeof hired === 'string' ? hired : BEGINNING;
		const before = facts.new + facts.changed;
		if (person.name !== null && person.name !== known?.name) {
			names.set(person.employee, person.name);
			facts.add(row.line, person.employee, 'name', known?.name ?? null, person.name);
		} else if (!known) names.set(person.employee, person.name ?? person.employee);
		for (const [attribute, value] of Object.entries(person.attributes)) {
			const dated = person.validFrom ?? mapping.validFrom ?? null;
			const isKnown = known?.attributes.has(attribute) ?? false;
			const validFrom = dated ?? (isKnown ? today : start);
			const old = people.valueOn(person.employee, attribute, validFrom);
			if (old === value) {
				facts.unchanged += 1;
				continue;
			}
			const isNewUnit = attribute === 'unit' && person.newUnit !== null;
			write.push({ employee: person.employee, attribute, value, validFrom, isNewUnit });
			facts.add(row.line, `${person.employee} ${validFrom}`, attribute, old, value);
		}
		seen.add(person.employee);
		if (!known) {
			added.add(person.employee);
			facts.lines.add(row.line);
		} else if (facts.new + facts.changed > before) changed.add(person.employee);
	}
	const tally = {
		new: added.size,
		changed: changed.size,
		unchanged: seen.size - added.size - changed.size
	};
	return { facts, people: tally, write: { names, facts: write } };
}

/** Names of units that people are placed in and that do not exist yet. */
export function newUnits(checked: readonly CheckedRow<ParsedPerson>[]): string[] {
	const names = new Set<string>();
	for (const row of checked) {
		if (row.status === 'accepted' && row.parsed?.newUnit) names.add(row.parsed.newUnit);
	}
	return [...names].sort();
}
