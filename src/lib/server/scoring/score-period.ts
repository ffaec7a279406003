/** Everybody of a period scored by the version that applies to them. Pure. */
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { prepareScheme, scoreRow, type PreparedScheme } from '#lib/engine/score/score-row.ts';
import type { Scorecard } from '#lib/engine/score/scorecard.ts';
import { textAt, variablesOfRow } from '#lib/engine/table/row.ts';
import { scorableTable, type Snapshot } from '#lib/engine/table/snapshot.ts';
import type { Table } from '#lib/engine/table/table.ts';

/** A version in force and the table built with the metric definitions it was published with. */
export interface VersionSide {
	readonly schemeId: string;
	readonly number: number;
	readonly hash: string;
	readonly document: SchemeDocument;
	readonly snapshot: Snapshot;
}

export interface PeriodWork {
	readonly period: string;
	readonly fiscalMonth: number;
	readonly versions: readonly VersionSide[];
}

/** What one person got, before it has an id and a hash. */
export interface ScoredPerson {
	readonly employeeId: string;
	readonly unitId: string | null;
	readonly schemeId: string | null;
	readonly version: number | null;
	readonly versionHash: string | null;
	readonly scorecard: Scorecard;
	/** The variables that were read, by path. */
	readonly inputs: JsonObject;
	readonly currency: string | null;
}

interface PreparedSide {
	readonly side: VersionSide;
	readonly prepared: PreparedScheme;
	readonly table: Table;
	readonly rowOf: ReadonlyMap<string, number>;
}

/**
 * Scores the period. Nobody disappears: who is in no scheme is `uncovered`, who is in two is an
 * `error` that names both.
 */
export function scorePeriod(
	work: PeriodWork,
	onProgress: (share: number) => void = () => {}
): ScoredPerson[] {
	const sides = work.versions.map(prepareSide);
	const people = [...new Set(sides.flatMap(({ rowOf }) => [...rowOf.keys()]))].sort();
	return people.map((employeeId, at) => {
		onProgress(at / people.length);
		return scorePerson(employeeId, sides, work.fiscalMonth);
	});
}

function prepareSide(side: VersionSide): PreparedSide {
	const prepared = prepareScheme(side.document);
	const table = scorableTable(side.snapshot, prepared.paths);
	const rowOf = new Map<string, number>();
	for (let row = 0; row < table.rows; row += 1) {
		rowOf.set(textAt(table, 'employee.id', row) ?? '', row);
	}
	return { side, prepared, table, rowOf };
}

const UNCOVERED: Scorecard = {
	status: 'uncovered',
	reasons: [{ code: 'not_covered' }],
	items: [],
	base: null,
	adjustments: [],
	gates: [],
	score: null,
	grade: null,
	payout: null,
	insights: []
};

function scorePerson(
	employeeId: string,
	sides: readonly PreparedSide[],
	fiscalMonth: number
): ScoredPerson {
	let unitId: string | null = null;
	const applied: ScoredPerson[] = [];
	for (const { side, prepared, table, rowOf } of sides) {
		const row = rowOf.get(employeeId);
		if (row === undefined) continue;
		unitId = textAt(table, 'employee.unit', row);
		const variables = variablesOfRow(table, row);
		const scorecard = scoreRow(prepared, variables, { fiscalMonth });
		if (scorecard.status === 'uncovered') continue;
		const paths = new Set<string>([
			...prepared.paths,
			'employee.id',
			'employee.name',
			'employee.unit',
			'period.id'
		]);
		applied.push({
			employeeId,
			unitId,
			schemeId: side.schemeId,
			version: side.number,
			versionHash: side.hash,
			scorecard,
			inputs: Object.fromEntries([...variables].filter(([path]) => paths.has(path))) as Record<
				string,
				Json
			>,
			currency: side.document.payout?.currency ?? null
		});
	}
	const nobody = {
		employeeId,
		unitId,
		schemeId: null,
		version: null,
		versionHash: null,
		inputs: {},
		currency: null
	};
	const [first, second] = applied;
	if (!first) return { ...nobody, scorecard: UNCOVERED };
	if (!second) return first;
	const names = applied.map(({ schemeId }) => schemeId).join(', ');
	return {
		...nobody,
		scorecard: { ...UNCOVERED, status: 'error', reasons: [{ code: 'schemes_overlap', at: names }] }
	};
}
