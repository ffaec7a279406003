/** The replay of a client's first version: it came before any history, and says so in figures. */
import { sha256Hex } from '#lib/engine/hash.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { ENGINE_VERSION } from '#lib/engine/version.ts';

/** A report over no rows. */
export function emptyReplayReport(document: SchemeDocument, hash: string): ReplayReport {
	const grades = document.grades.map((grade) => grade.id);
	const size = grades.length + 1;
	const { min = 0, max = 120 } = document.total ?? {};
	const edges: number[] = [];
	for (let edge = min; edge <= max; edge += 5) edges.push(edge);
	const bins = new Array<number>(Math.max(0, edges.length - 1)).fill(0);
	return {
		draft: { id: document.id, hash },
		baseline: null,
		dataset: { hash: sha256Hex(''), rows: 0, subjects: 0, periods: [] },
		engine: { version: ENGINE_VERSION, backend: 'interpreter' },
		coverage: {
			rows: 0,
			scored: 0,
			scored_subjects: 0,
			not_scored: { incomplete: 0, uncovered: 0, error: 0 },
			reasons: []
		},
		summary: {
			up: 0,
			down: 0,
			same: 0,
			newly_scored: 0,
			no_longer_scored: 0,
			mean_before: null,
			mean_after: null,
			mean_delta: null,
			largest_rise: null,
			largest_fall: null,
			grade_up: 0,
			grade_down: 0,
			payout_before: null,
			payout_after: null,
			payout_delta: null
		},
		grades: {
			order: grades,
			migration: Array.from({ length: size }, () => new Array<number>(size).fill(0))
		},
		distribution: { edges, before: bins, after: bins },
		groups: [],
		movers: [],
		checks: [],
		reference_check: { engine: 'json-logic-js', sampled: 0, mismatches: 0 },
		edits: [],
		segments: [],
		attribution: null,
		currency: document.payout?.currency ?? null
	};
}
