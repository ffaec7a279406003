/**
 * The dry run: what a file would change, computed and never written. The same function decides
 * what the commit writes, so the two cannot differ.
 */
import { createHasher } from '#lib/engine/hash.ts';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { CheckedRow } from './check/row-findings.ts';
import type { RepairOffer } from './repairs.ts';

export interface ImportPlan {
	/** Over everything the commit would write; the commit quotes it. */
	readonly planHash: string;
	readonly rows: {
		readonly read: number;
		/** Left out by the mapping's condition. */
		readonly filtered: number;
		readonly rejected: number;
		readonly repeated: number;
		/** Left behind by a rule for contradictions. */
		readonly superseded: number;
		readonly accepted: number;
	};
	readonly facts: { readonly new: number; readonly changed: number; readonly unchanged: number };
	readonly people: {
		readonly new: number;
		readonly changed: number;
		readonly unchanged: number;
	} | null;
	/** Names of units that the commit would make. */
	readonly unitsCreated: readonly string[];
	/** Count and sum of every numeric column, to compare with the file's own total. */
	readonly columns: readonly ColumnSum[];
	/** The first changes, before and after. */
	readonly changes: readonly ChangeSample[];
	readonly findings: readonly FindingGroup[];
	readonly canCommit: boolean;
}

export interface ColumnSum {
	readonly field: string;
	readonly values: number;
	readonly sum: number | null;
	/** Every readable figure of the column in the file, refused rows included. */
	readonly inFile: { readonly values: number; readonly sum: number } | null;
	/** What the file's own row of totals says. */
	readonly stated: number | null;
}

export interface ChangeSample {
	readonly line: number;
	readonly key: string;
	readonly field: string;
	readonly before: string | null;
	readonly after: string | null;
}

/** Findings of one code and column: one repair usually mends them all. */
export interface FindingGroup {
	readonly code: string;
	readonly severity: Diagnostic['severity'];
	readonly column: string | null;
	readonly rows: number;
	readonly examples: readonly Diagnostic[];
	/** What the cells of the group hold, most frequent first. */
	readonly values: readonly { readonly value: string; readonly rows: number }[];
	/** Ways to mend all of them at once, the proposed one first. */
	readonly repairs: readonly RepairOffer[];
}

/** Hashing many short texts one by one costs more than the hash. */
const HASHED_AT_ONCE = 32_768;
const EXAMPLES = 5;
const SAMPLES = 50;

const VALUES = 200;

/** Groups findings by what mends them, errors first, then by how many rows they concern. */
export function groupFindings(
	findings: readonly Diagnostic[],
	offer: (group: FindingGroup) => readonly RepairOffer[] = () => []
): FindingGroup[] {
	const groups = new Map<string, Diagnostic[]>();
	for (const finding of findings) {
		const key = `${finding.code}\u0001${columnOf(finding) ?? ''}`;
		const known = groups.get(key);
		if (known) known.push(finding);
		else groups.set(key, [finding]);
	}
	const order = { error: 0, warning: 1, hint: 2 } as const;
	return [...groups.values()]
		.flatMap((all): FindingGroup[] => {
			const [first] = all;
			if (!first) return [];
			const group = {
				code: first.code,
				severity: first.severity,
				column: columnOf(first),
				rows: all.length,
				examples: all.slice(0, EXAMPLES),
				values: valuesOf(all),
				repairs: []
			};
			return [{ ...group, repairs: offer(group) }];
		})
		.sort((a, b) => order[a.severity] - order[b.severity] || b.rows - a.rows);
}

function columnOf({ details }: Diagnostic): string | null {
	const column = details['column'];
	return typeof column === 'string' ? column : null;
}

function valuesOf(findings: readonly Diagnostic[]): FindingGroup['values'] {
	const tally = new Map<string, number>();
	for (const { details } of findings) {
		const found = details['found'];
		if (typeof found === 'string') tally.set(found, (tally.get(found) ?? 0) + 1);
	}
	return [...tally]
		.map(([value, rows]) => ({ value, rows }))
		.sort((a, b) => b.rows - a.rows)
		.slice(0, VALUES);
}

/**
 * The facts that a commit would write, told one by one: counted and hashed, the first of them kept.
 * A list of all of them would double the memory of a large import.
 */
export class FactLog {
	readonly #hasher = createHasher();
	#pending = '';
	readonly #changed: ChangeSample[] = [];
	readonly #fresh: ChangeSample[] = [];
	/** Lines that say something new. */
	readonly lines = new Set<number>();
	new = 0;
	changed = 0;
	unchanged = 0;

	add(line: number, key: string, field: string, before: Json, after: Json): void {
		const isNew = before === null;
		if (isNew) this.new += 1;
		else this.changed += 1;
		this.lines.add(line);
		this.#pending += `${canonicalJson([key, field, before, after])}\n`;
		if (this.#pending.length > HASHED_AT_ONCE) this.#flush();
		const samples = isNew ? this.#fresh : this.#changed;
		if (samples.length < SAMPLES) {
			const shown = (value: Json) => (value === null ? null : String(value));
			samples.push({ line, key, field, before: shown(before), after: shown(after) });
		}
	}

	/** Covers whatever else a commit would write. */
	hash(rest: string): string {
		this.#flush();
		return this.#hasher.update(rest).hex();
	}

	#flush(): void {
		this.#hasher.update(this.#pending);
		this.#pending = '';
	}

	/** Changes tell more than new facts, so they come first. */
	get samples(): ChangeSample[] {
		return [...this.#changed, ...this.#fresh].slice(0, SAMPLES);
	}
}

export interface PlanParts {
	readonly read: number;
	readonly checked: readonly CheckedRow<unknown>[];
	readonly facts: FactLog;
	readonly people: ImportPlan['people'];
	readonly unitsCreated: readonly string[];
	readonly columns: readonly ColumnSum[];
	readonly fileFindings: readonly Diagnostic[];
	/** Ways to mend a group of findings. */
	readonly offer?: (group: FindingGroup) => readonly RepairOffer[];
	/** What the hash covers beside facts and rows. */
	readonly extra?: string;
}

/** Puts a plan together and hashes what it would write. */
export function makePlan(parts: PlanParts): ImportPlan {
	const rows = { accepted: 0, rejected: 0, repeated: 0, superseded: 0 };
	const findings = [...parts.fileFindings];
	for (const { status, superseded, problems } of parts.checked) {
		rows[status === 'repeated' && superseded ? 'superseded' : status] += 1;
		for (const problem of problems) findings.push(problem);
	}
	const isRefused = parts.fileFindings.some(({ severity }) => severity === 'error');
	return {
		planHash: hashOf(parts),
		// A file that is refused as a whole was not looked at row by row.
		rows: {
			read: parts.read,
			filtered: isRefused ? 0 : parts.read - parts.checked.length,
			...rows
		},
		facts: {
			new: parts.facts.new,
			changed: parts.facts.changed,
			unchanged: parts.facts.unchanged
		},
		people: parts.people,
		unitsCreated: parts.unitsCreated,
		columns: parts.columns,
		changes: parts.facts.samples,
		findings: groupFindings(findings, parts.offer),
		canCommit: !isRefused && rows.accepted > 0
	};
}

function hashOf(parts: PlanParts): string {
	const left: string[] = [];
	for (const { line, status } of parts.checked) {
		if (status !== 'accepted') left.push(`${line} ${status}`);
	}
	return parts.facts.hash(canonicalJson([...parts.unitsCreated, parts.extra ?? '', left]));
}
