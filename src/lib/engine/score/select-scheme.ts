/**
 * Which scheme scores whom. Exactly one per subject and period length: two that apply are an error
 * that names both, none is reported as uncovered.
 */
import { diagnose, defineDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { evaluateRule } from '../logic/interpret.ts';
import type { Variables } from '../logic/rule.ts';
import { isTruthy } from '../logic/value.ts';
import { withDerivedColumns } from '../table/derive.ts';
import { textAt, variablesOfRow } from '../table/row.ts';
import type { Table } from '../table/table.ts';
import type { PreparedScheme } from './prepare.ts';

export const selectionDiagnostics = defineDiagnostics({
	schemes_overlap: {
		severity: 'error',
		message: {
			'zh-CN': '员工 {employee} 在 {period} 同时适用方案“{first}”和“{second}”。',
			en: 'Employee {employee} is scored by both “{first}” and “{second}” in {period}.'
		},
		advice: {
			'zh-CN': '修改其中一个方案的适用范围（applies_to），使两者不再重叠。',
			en: 'Change applies_to of one of them, so that they no longer overlap.'
		},
		help: {
			'zh-CN': '同一考核期长度内，一个人只能适用一个方案，否则会有两个分数。',
			en: 'In one length of period a subject has one scheme, or there would be two scores.'
		}
	}
});

/** One scheme, none, or two that contradict each other. */
export type Selection =
	| { readonly kind: 'scheme'; readonly index: number }
	| { readonly kind: 'uncovered' }
	| { readonly kind: 'conflict'; readonly indexes: readonly [number, number] };

/** The scheme of one subject. Schemes of different period lengths do not contradict each other. */
export function selectScheme(schemes: readonly PreparedScheme[], variables: Variables): Selection {
	let found = -1;
	for (let index = 0; index < schemes.length; index++) {
		const scheme = schemes[index];
		if (!scheme || scheme.appliesTo.problem) continue;
		if (!isTruthy(evaluateRule(scheme.appliesTo.node, variables).value)) continue;
		if (found !== -1) return { kind: 'conflict', indexes: [found, index] };
		found = index;
	}
	return found === -1 ? { kind: 'uncovered' } : { kind: 'scheme', index: found };
}

export interface TableSelection {
	/** Index of the scheme of each row; -1 is none, -2 two that contradict each other. */
	readonly scheme: Int16Array;
	/** One finding for each pair of schemes, with the first subject that both claim. */
	readonly diagnostics: readonly Diagnostic[];
	readonly conflicts: number;
}

/** The scheme of every row of a table. */
export function selectSchemes(schemes: readonly PreparedScheme[], table: Table): TableSelection {
	const paths = new Set(schemes.flatMap((scheme) => scheme.paths));
	const source = withDerivedColumns(table, paths);
	const chosen = new Int16Array(table.rows);
	const diagnostics: Diagnostic[] = [];
	const named = new Set<string>();
	let conflicts = 0;
	for (let row = 0; row < table.rows; row++) {
		const selection = selectScheme(schemes, variablesOfRow(source, row, paths));
		if (selection.kind === 'scheme') {
			chosen[row] = selection.index;
			continue;
		}
		chosen[row] = selection.kind === 'uncovered' ? -1 : -2;
		if (selection.kind !== 'conflict') continue;
		conflicts++;
		const key = selection.indexes.join(' ');
		if (named.has(key)) continue;
		named.add(key);
		const [first, second] = selection.indexes;
		diagnostics.push(
			diagnose(selectionDiagnostics, 'schemes_overlap', '/applies_to', {
				employee: textAt(table, 'employee.id', row) ?? '',
				period: textAt(table, 'period.id', row) ?? '',
				first: schemes[first]?.document.id ?? '',
				second: schemes[second]?.document.id ?? ''
			})
		);
	}
	return { scheme: chosen, diagnostics, conflicts };
}
