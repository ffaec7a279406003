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

/** One fact that the commit would write. */
export interface PlannedFact {
	readonly line: number;
	/** Who and what, for samples and for the hash. */
	readonly key: string;
	readonly field: string;
	readonly before: Json;
	readonly after: Json;
	readonly change: 'new' | 'changed';
}

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

export interface PlanParts {
	readonly read: number;
	readonly checked: readonly CheckedRow<unknown>[];
	readonly facts: readonly PlannedFact[];
	readonly unchanged: number;
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
	let changed = 0;
	for (const { change } of parts.facts) if (change === 'changed') changed += 1;
	const isRefused = parts.fileFindings.some(({ severity }) => severity === 'error');
	return {
		planHash: hashOf(parts),
		rows: { read: parts.read, filtered: parts.read - parts.checked.length, ...rows },
		facts: { new: parts.facts.length - changed, changed, unchanged: parts.unchanged },
		people: parts.people,
		unitsCreated: parts.unitsCreated,
		columns: parts.columns,
		changes: samples(parts.facts),
		findings: groupFindings(findings, parts.offer),
		canCommit: !isRefused && rows.accepted > 0
	};
}

function hashOf(parts: PlanParts): string {
	const hasher = createHasher();
	for (const fact of parts.facts) {
		hasher.update(`${canonicalJson([fact.key, fact.field, fact.before, fact.after])}\n`);
	}
	hasher.update(canonicalJson([...parts.unitsCreated, parts.extra ?? '']));
	for (const row of parts.checked)
		if (row.status !== 'accepted') hasher.update(`${row.line} ${row.status}\n`);
	return hasher.hex();
}

/** Changes tell more than new facts, so they come first. */
function samples(facts: readonly PlannedFact[]): ChangeSample[] {
	const changed = facts.filter(({ change }) => change === 'changed');
	const fresh = facts.filter(({ change }) => change === 'new');
	return [...changed, ...fresh].slice(0, SAMPLES).map(({ line, key, field, before, after }) => ({
		line,
		key,
		field,
		before: before === null ? null : String(before),
		after: after === null ? null : String(after)
	}));
}
