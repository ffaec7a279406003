/** What an import needs to know of the people and units that exist. */
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import type { PeopleHistory } from '../../people/history.ts';
import type { UnitTree } from '../../people/unit-tree.ts';
import { tidyCell } from '../read/cells.ts';

export interface RollUnit {
	readonly id: string;
	readonly names: readonly string[];
}

/** The roll of a client, as the checks of a row look things up in it. */
export interface Roll {
	readonly hasEmployee: (id: string) => boolean;
	/** The employee of an id; `loose` accepts one that differs only by zeros in front. */
	readonly employeeOf: (id: string, loose: boolean) => string | null;
	/** The one id that differs only by leading zeros or a trailing `.0`, for the hint of an error. */
	readonly nearestEmployee: (id: string) => string | null;
	readonly employeesWith: (attribute: string, value: string) => readonly string[];
	readonly unitOf: (idOrName: string, loose?: boolean) => string | null;
	/** The name of a unit that is spelt nearly alike, for an offer to repair. */
	readonly nearestUnit: (name: string) => string | null;
}

export interface RollFacts {
	readonly employees: readonly string[];
	readonly units: readonly RollUnit[];
	/** Current values of the attribute that rows are matched on. */
	readonly matches?: { readonly attribute: string; readonly values: ReadonlyMap<string, string> };
}

/** Makes the look-ups once, so that two hundred thousand rows cost two hundred thousand look-ups. */
export function makeRoll(facts: RollFacts): Roll {
	const employees = new Set(facts.employees);
	const loose = looseIds(facts.employees);
	const looseUnits = looseIds(facts.units.map(({ id }) => id));
	const units = new Map<string, string>();
	for (const unit of facts.units) {
		for (const name of unit.names) units.set(tidyCell(name).toLowerCase(), unit.id);
	}
	// An id wins over a name that happens to be spelt alike.
	for (const unit of facts.units) units.set(unit.id.toLowerCase(), unit.id);
	const byValue = new Map<string, string[]>();
	for (const [employee, value] of facts.matches?.values ?? []) {
		const key = tidyCell(value);
		byValue.set(key, [...(byValue.get(key) ?? []), employee]);
	}
	return {
		hasEmployee: (id) => employees.has(id),
		employeeOf: (id, isLoose) =>
			employees.has(id) ? id : isLoose ? (loose.get(looseId(id)) ?? null) : null,
		nearestEmployee: (id) => loose.get(looseId(id)) ?? null,
		employeesWith: (attribute, value) =>
			attribute === facts.matches?.attribute ? (byValue.get(tidyCell(value)) ?? []) : [],
		unitOf: (idOrName, isLoose = false) =>
			units.get(tidyCell(idOrName).toLowerCase()) ??
			(isLoose ? (looseUnits.get(looseId(idOrName)) ?? null) : null),
		nearestUnit(name) {
			const wanted = bareName(name);
			const alike = facts.units.filter(({ names }) =>
				names.some((known) => bareName(known) === wanted)
			);
			return wanted !== '' && alike.length === 1 ? (alike[0]?.names[0] ?? null) : null;
		}
	};
}

/** A unit's name without the words that one file writes and another leaves out. */
function bareName(name: string): string {
	return tidyCell(name)
		.toLowerCase()
		.replace(/[\s·.\-_()（）]/g, '')
		.replace(/(?:部门|分公司|事业部|部|组|科|室|中心|团队|department|dept|team)$/, '');
}

/** Ids by what is left without zeros; of two that are left the same neither is meant. */
function looseIds(ids: readonly string[]): ReadonlyMap<string, string> {
	const found = new Map<string, string | null>();
	for (const id of ids) {
		const key = looseId(id);
		found.set(key, found.has(key) ? null : id);
	}
	return new Map([...found].flatMap(([key, id]) => (id === null ? [] : [[key, id] as const])));
}

function looseId(id: string): string {
	return id
		.trim()
		.replace(/^(\d+)\.0+$/, '$1')
		.replace(/^0+(?=\d)/, '');
}

/** The roll that a mapping looks people and units up in. */
export function rollOf(
	people: PeopleHistory,
	tree: UnitTree,
	mapping: ImportMapping,
	today: string
): Roll {
	const attribute = mapping.matchOn;
	const values = new Map<string, string>();
	if (attribute === 'name') {
		for (const { id, name } of people.all.values()) values.set(id, name);
	} else if (attribute !== undefined) {
		for (const id of people.all.keys()) {
			const value =
				people.valueOn(id, attribute, '9999-12-31') ?? people.valueOn(id, attribute, today);
			if (value !== null) values.set(id, String(value));
		}
	}
	return makeRoll({
		employees: [...people.all.keys()],
		units: [...tree.all.values()].map(({ id, name }) => ({ id, names: [name['zh-CN'], name.en] })),
		...(attribute === undefined ? {} : { matches: { attribute, values } })
	});
}
