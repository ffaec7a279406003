/** Attribution between two schemes: for chosen rows of a table, or for the totals of score and pay. */
import type { LocalText } from '../diagnostics/diagnostic.ts';
import { applyEdits } from '../revise/apply.ts';
import { diffSchemes, type DiffOptions } from '../revise/diff.ts';
import { editGroups, type EditGroup } from '../revise/groups.ts';
import { TOTAL_DEFAULTS, type SchemeDocument } from '../scheme/document.ts';
import { ScoringMemo } from '../score/memo.ts';
import { PAYOUT_DECIMALS, prepareScheme, type PreparedScheme } from '../score/prepare.ts';
import { STATUS, type ScoreColumns } from '../score/score-columns.ts';
import { scoreTable, type ScoreTableOptions } from '../score/score-table.ts';
import type { Table } from '../table/table.ts';
import { attribute, type Attribution } from './attribute.ts';
import { scaleOf, unitsOf } from './movements.ts';

/** Scores a table; the interpreter, or a compiled kernel in its place. */
export type TableScorer = (
	prepared: PreparedScheme,
	table: Table,
	options: ScoreTableOptions
) => ScoreColumns;

export interface AttributeSchemesInput {
	readonly draft: SchemeDocument;
	readonly baseline: SchemeDocument;
	readonly table: Table;
	readonly score?: TableScorer;
	/** Names of metrics and variables, for the sentences of the edits. */
	readonly words?: DiffOptions;
	readonly exactUpTo?: number;
	readonly samples?: number;
	readonly seed?: number;
	readonly isCancelled?: () => boolean;
	readonly onProgress?: (done: number, total: number) => void;
}

export interface EditGroupInfo {
	readonly id: string;
	readonly sentence: LocalText;
}

export interface SchemeAttribution extends Attribution {
	/** Units in one point. */
	readonly scale: number;
	readonly groups: readonly EditGroupInfo[];
}

export interface TotalsAttribution extends SchemeAttribution {
	/** Units in one of the currency, for the row of payouts. */
	readonly moneyScale: number;
	/** Rows that both sides scored. */
	readonly compared: number;
}

/** Edit groups that can change a score: words and views are no players. */
export function playersOf(
	baseline: SchemeDocument,
	draft: SchemeDocument,
	words: DiffOptions = {}
): EditGroup[] {
	return editGroups(diffSchemes(baseline, draft, words).filter((edit) => edit.group !== 'text'));
}

/** Splits every row's change of score over the groups of edits; none where a side has no score. */
export function attributeRows(input: AttributeSchemesInput): SchemeAttribution {
	const scale = scoreScale(input);
	return attributeWith(input, input.table.rows, scale, (columns) =>
		Float64Array.from(columns.score, (score, row) =>
			columns.status[row] === STATUS.scored ? unitsOf(score, scale) : NaN
		)
	);
}

/**
 * Splits the change of the two totals over the rows that both sides scored: row 0 is the sum of
 * scores in units of their last decimal, row 1 the sum of payouts in minor units.
 */
export function attributeTotals(input: AttributeSchemesInput): TotalsAttribution {
	const scale = scoreScale(input);
	const moneyScale = scaleOf([input.draft, input.baseline].map(payoutDecimals));
	const score = input.score ?? scoreTable;
	const before = score(prepareScheme(input.baseline), input.table, {});
	const after = score(prepareScheme(input.draft), input.table, { preview: true });
	const isCompared = (row: number): boolean =>
		before.status[row] === STATUS.scored && after.status[row] === STATUS.scored;
	let compared = 0;
	for (let row = 0; row < after.rows; row++) if (isCompared(row)) compared++;
	const attribution = attributeWith(input, 2, scale, (columns) => {
		let scores = 0;
		let payouts = 0;
		for (let row = 0; row < columns.rows; row++) {
			if (!isCompared(row)) continue;
			// As with single rows: a hybrid that gives no score explains nothing.
			const source = columns.status[row] === STATUS.scored ? columns : before;
			scores += unitsOf(source.score[row] ?? 0, scale);
			const payout = source.payout[row] ?? NaN;
			if (!Number.isNaN(payout)) payouts += unitsOf(payout, moneyScale);
		}
		return Float64Array.of(scores, payouts);
	});
	return { ...attribution, moneyScale, compared };
}

function scoreScale({ draft, baseline }: AttributeSchemesInput): number {
	return scaleOf([draft, baseline].map(({ total }) => total?.decimals ?? TOTAL_DEFAULTS.decimals));
}

function payoutDecimals({ payout }: SchemeDocument): number {
	return payout ? (payout.decimals ?? PAYOUT_DECIMALS) : 0;
}

function attributeWith(
	input: AttributeSchemesInput,
	rows: number,
	scale: number,
	valueOf: (columns: ScoreColumns) => Float64Array
): SchemeAttribution {
	const { draft, baseline, table } = input;
	const groups = playersOf(baseline, draft, input.words);
	const byId = new Map(groups.map((group) => [group.id, group]));
	const score = input.score ?? scoreTable;
	const memo = new ScoringMemo();
	const attribution = attribute({
		players: groups.map((group) => group.id),
		rows,
		...(input.exactUpTo === undefined ? {} : { exactUpTo: input.exactUpTo }),
		...(input.samples === undefined ? {} : { samples: input.samples }),
		...(input.seed === undefined ? {} : { seed: input.seed }),
		...(input.isCancelled ? { isCancelled: input.isCancelled } : {}),
		...(input.onProgress ? { onProgress: input.onProgress } : {}),
		valueOf: (members) => {
			const edits = members.flatMap((id) => byId.get(id)?.edits ?? []);
			// All edits together are the draft itself, not merely something that means the same.
			const hybrid =
				members.length === 0
					? baseline
					: members.length === groups.length
						? draft
						: applyEdits(baseline, edits);
			const prepared = prepareScheme(hybrid, { memo });
			return valueOf(score(prepared, table, { preview: members.length > 0, memo }));
		}
	});
	return { ...attribution, scale, groups: groups.map(({ id, sentence }) => ({ id, sentence })) };
}
