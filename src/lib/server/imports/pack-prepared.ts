/** What a dry run found in few pieces: it crosses from a thread, and goes to the database in chunks. */
import type { ImportKind } from '#lib/contract/imports.ts';
import { toStoredProblem } from './batches.ts';
import type { ImportPlan } from './plan.ts';
import type { ParsedFigure } from './check/figure-rows.ts';
import type { Prepared, PlannedWrite } from './prepare.ts';

/** Facts or rows in one chunk; reading one back takes a few milliseconds. */
const PER_CHUNK = 2_000;

export interface PackedWrite {
	readonly kind: ImportKind;
	/** The type of records. */
	readonly type: string | null;
	readonly unitsCreated: readonly string[];
	/** JSON of pairs of employee and name. */
	readonly names: string;
	/** JSON arrays of facts, as `PlannedWrite` has them; figures as lists of `FIGURE_PARTS`. */
	readonly rows: readonly string[];
}

export interface PackedPreparation {
	readonly plan: ImportPlan;
	/** JSON arrays of `[line, problems as JSON]`. */
	readonly rejected: readonly string[];
	readonly write: PackedWrite;
	/** The data revision that it was compared with. */
	readonly revision: string;
}

/** Packs what a dry run found; what would be written only where it is to be written. */
export function packPrepared(
	prepared: Prepared,
	revision: string,
	purpose: 'plan' | 'commit'
): PackedPreparation {
	const { plan, write, checked } = prepared;
	const problems = new Map<number, ReturnType<typeof toStoredProblem>[]>();
	for (const row of checked) {
		if (row.status !== 'rejected') continue;
		const known = problems.get(row.line);
		const own = row.problems.map(toStoredProblem);
		if (known) known.push(...own);
		else problems.set(row.line, own);
	}
	const isPeople = write.kind === 'people';
	return {
		plan,
		revision,
		rejected: inChunks([...problems].map(([line, all]) => [line, JSON.stringify(all)])),
		write: {
			kind: prepared.kind,
			type: write.kind === 'records' ? write.type : null,
			unitsCreated: isPeople ? write.unitsCreated : [],
			names: JSON.stringify(isPeople ? [...write.names] : []),
			rows: purpose === 'plan' ? [] : chunksOf(write)
		}
	};
}

/** The parts of a figure that are written, in the order in which they travel. */
const FIGURE_PARTS = [
	'subjectKind',
	'subjectId',
	'metric',
	'period',
	'value',
	'raw',
	'currency',
	'originalValue',
	'originalCurrency',
	'source',
	'evidence'
] as const satisfies readonly (keyof ParsedFigure)[];

type FigureColumns = Pick<ParsedFigure, (typeof FIGURE_PARTS)[number]>;

/** Figures are by far the most; without the names of their parts they take a third of the memory. */
function chunksOf(write: PlannedWrite): string[] {
	if (write.kind === 'people') return inChunks(write.facts);
	if (write.kind !== 'observations' && write.kind !== 'targets')
		return inChunks<unknown>(write.rows);
	return inChunks(write.rows, (figure) => FIGURE_PARTS.map((part) => figure[part]));
}

/** A figure as it is written, from its parts. */
export function figureOf(parts: readonly unknown[]): FigureColumns {
	return Object.fromEntries(FIGURE_PARTS.map((part, at) => [part, parts[at]])) as FigureColumns;
}

function inChunks<T>(rows: readonly T[], pack: (row: T) => unknown = (row) => row): string[] {
	const chunks: string[] = [];
	for (let at = 0; at < rows.length; at += PER_CHUNK) {
		chunks.push(JSON.stringify(rows.slice(at, at + PER_CHUNK).map(pack)));
	}
	return chunks;
}
