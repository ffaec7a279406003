/** Columns of a snapshot, and the cells of those that are no figures. */
import { lastDayOf } from '#lib/contract/periods.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { parsePeriod, tenureMonths } from '#lib/engine/scheme/period.ts';
import type { Cell, SnapshotBuilder } from '#lib/engine/table/snapshot.ts';
import type { PeopleHistory } from '../people/history.ts';
import type { UnitTree } from '../people/unit-tree.ts';
import type { CrewMember } from './crews.ts';
import type { Needs } from './needs.ts';
import type { Parameters } from './parameters.ts';

type ColumnSpec = ConstructorParameters<typeof SnapshotBuilder>[0][number];

const TEXT_ATTRIBUTES = new Set([
	'id',
	'name',
	'unit',
	'unit_path',
	'position',
	'site',
	'region',
	'hired_on',
	'manager',
	'status'
]);

/** The columns that every table has, and those that somebody needs. */
export function columnsOf(people: PeopleHistory, needs: Needs): ColumnSpec[] {
	const attributes = ['id', 'name', 'unit_path', 'tenure_months', ...needs.attributes].filter(
		(attribute, at, all) => all.indexOf(attribute) === at
	);
	return [
		...attributes.sort().map((attribute): ColumnSpec => ({
			path: `employee.${attribute}`,
			kind: attributeKind(people, attribute)
		})),
		{ path: 'period.id', kind: 'text' },
		...numbers('metric', needs.metrics),
		...numbers('target', needs.targets),
		...[...needs.teams].sort().flatMap((id): ColumnSpec[] => [
			{ path: `team.${id}.actual`, kind: 'number' },
			{ path: `team.${id}.target`, kind: 'number' }
		]),
		...numbers('param', needs.params)
	];
}

function numbers(namespace: string, ids: ReadonlySet<string>): ColumnSpec[] {
	return [...ids].sort().map((id) => ({ path: `${namespace}.${id}`, kind: 'number' }));
}

/** A column of one type: numbers or yes/no where all known values are, else texts. */
function attributeKind(people: PeopleHistory, attribute: string): ColumnSpec['kind'] {
	if (attribute === 'tenure_months') return 'number';
	if (TEXT_ATTRIBUTES.has(attribute)) return 'text';
	const kinds = new Set<string>();
	for (const person of people.all.values()) {
		for (const { value } of person.attributes.get(attribute) ?? []) {
			if (value !== null) kinds.add(typeof value);
		}
	}
	if (kinds.size !== 1) return 'text';
	return kinds.has('number') ? 'number' : kinds.has('boolean') ? 'boolean' : 'text';
}

/** The cell of one column for a person in a period. */
export type CellOf = (member: CrewMember, period: string) => Cell;

/** Cells of an attribute as of the day that counts for the person. */
export function attributeCells(
	people: PeopleHistory,
	tree: UnitTree,
	attribute: string,
	fiscalMonth: number
): CellOf {
	switch (attribute) {
		case 'id':
			return ({ id }) => id;
		case 'name':
			return ({ id }) => people.all.get(id)?.name ?? null;
		case 'unit':
			return ({ unit }) => unit;
		case 'unit_path': {
			const paths = new Map<string, string>();
			return ({ unit, day }) => {
				if (unit === null) return null;
				const key = `${day} ${unit}`;
				let path = paths.get(key);
				if (path === undefined) paths.set(key, (path = tree.pathOf(unit, day)));
				return path;
			};
		}
		case 'tenure_months': {
			const parsed = new Map<string, ReturnType<typeof parsePeriod>>();
			return ({ id, day }, period) => {
				let last = parsed.get(period);
				if (last === undefined) parsed.set(period, (last = parsePeriod(period)));
				const hiredOn = people.valueOn(id, 'hired_on', day);
				return typeof hiredOn === 'string' && last
					? tenureMonths(hiredOn, last, fiscalMonth)
					: null;
			};
		}
		default:
			return ({ id, day }) => asCell(people.valueOn(id, attribute, day));
	}
}

/** Cells of a parameter, which is the same for everybody in a unit: looked up once for each. */
export function parameterCells(
	parameters: Parameters,
	id: string,
	tree: UnitTree,
	fiscalMonth: number
): CellOf {
	let at = '';
	let lastDay = '';
	let values = new Map<string | null, number | null>();
	return ({ unit }, period) => {
		if (period !== at) {
			at = period;
			lastDay = lastDayOf(period, fiscalMonth);
			values = new Map();
		}
		let value = values.get(unit);
		if (value === undefined) {
			value = parameters.valueOf(id, unit, tree, lastDay, fiscalMonth);
			values.set(unit, value);
		}
		return value;
	};
}

function asCell(value: Json): Cell {
	if (value === null || typeof value === 'object') return null;
	return value;
}
