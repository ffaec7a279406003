/**
 * Several rows about one thing. Equal rows count once; rows that contradict each other are refused
 * until a person says which of them counts, or that they add up.
 */
import Decimal from 'decimal.js';
import type { ImportMapping, ImportRepair } from '#lib/contract/import-mapping.ts';
import { readDate, tidyCell } from '../read/cells.ts';
import type { FileRow } from '../read/reading.ts';
import { cellFinding, makeTurns, type CheckedRow } from './row-findings.ts';
import type { Source } from './mapping.ts';

export type ConflictRule = Extract<ImportRepair, { kind: 'conflicts' }>;

/** The rule that a mapping has for contradictions; the last one said counts. */
export function conflictRule(mapping: ImportMapping): ConflictRule | null {
	const rules = mapping.repairs.filter((repair) => repair.kind === 'conflicts');
	return rules.at(-1) ?? null;
}

/** How recent a row is, by the column that the rule names: sorts as text. */
export function recencyOf(
	rule: ConflictRule | null,
	header: readonly string[]
): (row: FileRow) => string {
	const at = rule?.by === undefined ? -1 : header.indexOf(rule.by);
	return (row) => {
		const cell = tidyCell(row.cells[at] ?? '');
		const day = readDate(cell);
		return `${'value' in day ? day.value : ''} ${cell}`;
	};
}

/** What a row says of one thing: its name in findings, and a value to compare. */
export interface Claim {
	readonly words: string;
	readonly value: number | string;
}

interface Claimed<T> {
	readonly at: number;
	readonly item: T;
	readonly claim: Claim;
}

export interface ConflictTools<T> {
	/** What a thing is told apart by. */
	readonly keyOf: (item: T) => string;
	readonly claim: (item: T) => Claim;
	/** Adds amounts up; absent where adding makes no sense. */
	readonly add?: (item: T, total: number, others: readonly T[]) => T;
	readonly place: Pick<Source, 'column'>;
	readonly rule: ConflictRule | null;
	readonly recency: (row: FileRow) => string;
}

/**
 * Gives every thing one row that counts. Returns the rows with what is left of them: a row that
 * another one repeats or supersedes keeps nothing.
 */
export async function settleConflicts<T>(
	checked: CheckedRow<readonly T[]>[],
	rows: readonly FileRow[],
	tools: ConflictTools<T>
): Promise<CheckedRow<readonly T[]>[]> {
	const claims = await gather(checked, tools);
	const removed = new Map<number, Set<T>>();
	const replaced = new Map<T, T>();
	const remove = ({ at, item }: Claimed<T>) => {
		const gone = removed.get(at) ?? new Set<T>();
		gone.add(item);
		removed.set(at, gone);
	};
	const turns = makeTurns();
	for (const told of claims.values()) {
		if (turns.due()) await turns.take();
		const [first] = told;
		if (told.length < 2 || !first) continue;
		const { rule } = tools;
		const isEqual = told.every(({ claim }) => claim.value === first.claim.value);
		if (rule?.keep === 'add' && tools.add && !(isEqual && isOneRow(told, rows))) {
			addUp(told, tools.add, rows, remove, replaced);
		} else if (rule && rule.keep !== 'add') {
			// Equal figures too: a row that gives way in one figure gives way as a whole.
			settle(told, winnerOf(told, rows, tools));
		} else if (isEqual) settle(told, first);
		else for (const claimed of told) refuse(claimed, first);
	}
	return checked.map((row, at) => left(row, removed.get(at), replaced));

	function settle(told: readonly Claimed<T>[], winner: Claimed<T>) {
		for (const claimed of told) {
			if (claimed === winner) continue;
			remove(claimed);
			const row = checked[claimed.at];
			const isEqual = claimed.claim.value === winner.claim.value;
			if (row && !isEqual) row.superseded = true;
			say(isEqual ? 'import_row_repeated' : 'import_row_superseded', claimed, winner);
		}
	}

	function say(
		code: 'import_row_repeated' | 'import_row_superseded',
		a: Claimed<T>,
		b: Claimed<T>
	) {
		const row = checked[a.at];
		const file = rows[a.at];
		if (!row || !file || row.problems.some((problem) => problem.code === code)) return;
		row.problems.push(
			cellFinding(code, file, tools.place, {
				first: placeOf(b),
				key: a.claim.words,
				before: a.claim.value,
				found: b.claim.value
			})
		);
	}

	function refuse(claimed: Claimed<T>, first: Claimed<T>) {
		const row = checked[claimed.at];
		const file = rows[claimed.at];
		if (!row || !file) return;
		row.status = 'rejected';
		if (claimed === first || claimed.claim.value === first.claim.value) return;
		row.problems.push(
			cellFinding('import_row_conflict', file, tools.place, {
				first: placeOf(first),
				key: claimed.claim.words,
				before: first.claim.value,
				found: claimed.claim.value
			})
		);
	}

	function placeOf({ at }: Claimed<T>): string | number {
		return rows[at]?.place ?? rows[at]?.line ?? 0;
	}
}

/** More items than a row can have: row and item in one number take no memory of their own. */
const ITEMS = 10_000;

/** Things that several rows tell of; what one row alone tells of is not kept. */
async function gather<T>(
	checked: readonly CheckedRow<readonly T[]>[],
	tools: ConflictTools<T>
): Promise<ReadonlyMap<string, Claimed<T>[]>> {
	const first = new Map<string, number>();
	const several = new Map<string, Claimed<T>[]>();
	const turns = makeTurns();
	for (const [at, row] of checked.entries()) {
		if (turns.due()) await turns.take();
		for (const [place, item] of (row.parsed ?? []).entries()) {
			const key = tools.keyOf(item);
			const known = first.get(key);
			if (known === undefined) {
				first.set(key, at * ITEMS + place);
				continue;
			}
			const told = several.get(key) ?? [];
			if (told.length === 0) {
				const firstAt = Math.floor(known / ITEMS);
				const firstItem = checked[firstAt]?.parsed?.[known % ITEMS];
				if (firstItem !== undefined) {
					told.push({ at: firstAt, item: firstItem, claim: tools.claim(firstItem) });
				}
			}
			told.push({ at, item, claim: tools.claim(item) });
			several.set(key, told);
		}
	}
	return several;
}

/** True where the same row stands several times: adding it up would count it twice. */
function isOneRow<T>(told: readonly Claimed<T>[], rows: readonly FileRow[]): boolean {
	return new Set(told.map(({ at }) => rowText(rows[at]))).size === 1;
}

function rowText(row: FileRow | undefined): string {
	return (row?.cells ?? []).map(tidyCell).join('\u0001');
}

function addUp<T>(
	told: readonly Claimed<T>[],
	add: NonNullable<ConflictTools<T>['add']>,
	rows: readonly FileRow[],
	remove: (claimed: Claimed<T>) => void,
	replaced: Map<T, T>
): void {
	const seen = new Set<string>();
	const parts = told.filter((claimed) => {
		const text = rowText(rows[claimed.at]);
		if (seen.has(text)) return false;
		seen.add(text);
		return true;
	});
	const carrier = parts.at(-1);
	if (!carrier) return;
	const total = parts.reduce((sum, { claim }) => sum.plus(Number(claim.value)), new Decimal(0));
	for (const claimed of told) if (claimed !== carrier) remove(claimed);
	replaced.set(
		carrier.item,
		add(
			carrier.item,
			total.toNumber(),
			parts.map(({ item }) => item)
		)
	);
}

function winnerOf<T>(
	told: readonly Claimed<T>[],
	rows: readonly FileRow[],
	tools: ConflictTools<T>
): Claimed<T> {
	const [first, ...others] = told as [Claimed<T>, ...Claimed<T>[]];
	if (tools.rule?.keep === 'first') return first;
	if (tools.rule?.keep === 'last') return others.at(-1) ?? first;
	const recency = ({ at }: Claimed<T>): string => {
		const row = rows[at];
		return row ? tools.recency(row) : '';
	};
	// Of two that are equally recent the later row counts.
	return others.reduce((best, next) => (recency(next) >= recency(best) ? next : best), first);
}

function left<T>(
	row: CheckedRow<readonly T[]>,
	removed: ReadonlySet<T> | undefined,
	replaced: ReadonlyMap<T, T>
): CheckedRow<readonly T[]> {
	if (!row.parsed || row.status === 'rejected') return row;
	if (!removed && replaced.size === 0) return row;
	const items = row.parsed
		.filter((item) => !removed?.has(item))
		.map((item) => replaced.get(item) ?? item);
	// A row that was added up still counts, although another one carries the sum.
	const isSpent =
		removed !== undefined &&
		items.length === 0 &&
		row.problems.some(
			({ code }) => code === 'import_row_repeated' || code === 'import_row_superseded'
		);
	if (!isSpent) return { ...row, parsed: items };
	return { ...row, parsed: items, status: 'repeated' };
}
