/** The split of two totals over the edits of a replay, away from the main thread. */
import { EXACT_PLAYERS, SAMPLED_PAIRS } from '#lib/engine/compare/attribute.ts';
import {
	attributeTotals,
	playersOf,
	type TotalsAttribution
} from '#lib/engine/compare/attribute-schemes.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { scorableTable, type Snapshot } from '#lib/engine/table/snapshot.ts';
import { Cancelled, serveThread } from '../jobs/thread.ts';
import { scorerFor, type KnownWords } from './score-sides.ts';

export interface AttributionWork {
	readonly snapshot: Snapshot;
	readonly paths: readonly string[];
	readonly draft: SchemeDocument;
	readonly baseline: SchemeDocument;
	readonly words: KnownWords;
}

/** Rows that may be scored for one answer; beyond, fewer coalitions are looked at. */
const MOST_SCORED_ROWS = 40_000_000;
const LEAST_PAIRS = 4;

serveThread<AttributionWork, TotalsAttribution>((work, tools) => {
	const table = scorableTable(work.snapshot, work.paths);
	const players = playersOf(work.baseline, work.draft).length;
	const affordable = MOST_SCORED_ROWS / Math.max(1, table.rows);
	const result = attributeTotals({
		draft: work.draft,
		baseline: work.baseline,
		table,
		words: work.words,
		score: scorerFor(table),
		exactUpTo: Math.min(EXACT_PLAYERS, Math.floor(Math.log2(affordable))),
		samples: Math.max(
			LEAST_PAIRS,
			Math.min(SAMPLED_PAIRS, Math.floor(affordable / (2 * Math.max(1, players))))
		),
		isCancelled: () => tools.isCancelled()
	});
	if (tools.isCancelled()) throw new Cancelled('The attribution was cancelled.');
	return result;
});
