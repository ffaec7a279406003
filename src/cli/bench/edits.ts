/** How long an edit takes until its complete result is there, and what the rescorer holds for it. */
import { adoptTable } from '#lib/engine/compile/compile.ts';
import { Rescorer } from '#lib/engine/rescore/rescorer.ts';
import type { Rule } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { curves } from './curves.ts';
import type { BenchScheme } from './material.ts';
import { measure, median, settle, timeOnce, type Timing } from './measure.ts';
import { BENCH_SCHEMES } from './suite.ts';

export interface EditTime extends Timing {
	readonly rows: number;
	/** Milliseconds of processor time that the project promises not to exceed. */
	readonly goal: number;
}

export interface EditFigures {
	/** A rule is replaced by one of another shape; the slowest of the schemes. */
	readonly structure: EditTime & { readonly scheme: string };
	/** A weight is moved, with histogram and migration. */
	readonly weight: readonly EditTime[];
	/** Bytes of columns, kept columns, results and constants together. */
	readonly memory: { readonly held: number; readonly allowed: number };
}

const STRUCTURE_GOAL = 20;
const WEIGHT_GOAL = 4;
const LARGE_WEIGHT_GOAL = 33;
const CACHE_PER_ROW = 64;
const COLUMN_FACTOR = 1.5;

/** Moves one point of weight from one item to another, back and forth. */
function withMovedWeight(document: SchemeDocument, step: number): SchemeDocument {
	const moved = 1 + (step % 5);
	return {
		...document,
		items: document.items.map((item, index) => {
			if (index > 1 || typeof item.weight !== 'number') return item;
			return { ...item, weight: item.weight + (index === 0 ? -moved : moved) };
		})
	};
}

function columnBytes(table: Table): number {
	let bytes = 0;
	for (const column of table.columns.values())
		bytes += column.kind === 'text' ? column.codes.byteLength : column.values.byteLength;
	return bytes;
}

async function weightChange(
	table: Table,
	goal: number
): Promise<{ time: EditTime; rescorer: Rescorer }> {
	const rescorer = new Rescorer(table, { backend: 'wasm', baseline: curves.document });
	rescorer.update(curves.document);
	let step = 0;
	const time = await measure(() => void rescorer.update(withMovedWeight(curves.document, step++)), {
		warmUps: 30,
		repeats: 15
	});
	return { time: { ...time, rows: table.rows, goal }, rescorer };
}

/** Edits before the measured ones: a studio in use has made some. */
const STRUCTURE_WARM_UPS = 12;
const STRUCTURE_REPEATS = 9;

/** Each repetition edits a rule to a shape that was not compiled before. */
async function structureEdit(scheme: BenchScheme, rows: number): Promise<Timing> {
	const rescorer = new Rescorer(scheme.makeTable(rows), {
		backend: 'wasm',
		baseline: scheme.document
	});
	rescorer.update(scheme.document);
	const timings: Timing[] = [];
	for (let i = 0; i < STRUCTURE_WARM_UPS + STRUCTURE_REPEATS; i++) {
		const edited = withNewShape(scheme.edited, i);
		const timing = await timeOnce(() => void rescorer.update(edited));
		if (i >= STRUCTURE_WARM_UPS) timings.push(timing);
		rescorer.update(scheme.document);
		await settle();
	}
	return {
		processor: median(timings.map((timing) => timing.processor)),
		wall: median(timings.map((timing) => timing.wall))
	};
}

const MOST_CONDITIONS = 7;

/**
 * The edited scheme with one more condition or one more term each time, so that no kernel can be
 * reused.
 */
function withNewShape(document: SchemeDocument, step: number): SchemeDocument {
	const conditions = Array.from({ length: (step % MOST_CONDITIONS) + 1 }, (_, i): Rule => ({
		'>': [{ var: 'item.actual' }, 1e6 + i]
	}));
	const terms = new Array<Rule>(1 + Math.floor(step / MOST_CONDITIONS)).fill({
		var: 'item.actual'
	});
	const conditional = (score: Rule): Rule => ({
		if: [{ and: conditions }, 0, { '+': [score, ...terms] }]
	});
	return {
		...document,
		items: document.items.map((item, index) =>
			index === 0 ? { ...item, score: conditional(item.score) } : item
		)
	};
}

/** Measures edits on the schemes of the suite. */
export async function measureEdits(rows: number, largeRows: number): Promise<EditFigures> {
	let slowest: { scheme: string; timing: Timing } | null = null;
	for (const scheme of BENCH_SCHEMES) {
		const timing = await structureEdit(scheme, rows);
		if (!slowest || timing.processor > slowest.timing.processor)
			slowest = { scheme: scheme.id, timing };
	}
	const table = adoptTable(curves.makeTable(rows));
	const small = await weightChange(table, WEIGHT_GOAL);
	// The table lives in the memory of the kernels and counts too.
	const held = columnBytes(table) + small.rescorer.heldBytes;
	const large = await weightChange(adoptTable(curves.makeTable(largeRows)), LARGE_WEIGHT_GOAL);
	return {
		structure: {
			scheme: slowest?.scheme ?? '',
			rows,
			goal: STRUCTURE_GOAL,
			processor: slowest?.timing.processor ?? NaN,
			wall: slowest?.timing.wall ?? NaN
		},
		weight: [small.time, large.time],
		memory: { held, allowed: COLUMN_FACTOR * columnBytes(table) + CACHE_PER_ROW * rows }
	};
}
