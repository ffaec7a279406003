/** Runs one rule in columns: as the score of the only item of a scheme, over a table of one row. */
import { compileScheme, type BackendName } from '#lib/engine/compile/compile.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import { inferType } from '#lib/engine/logic/types.ts';
import type { Rule, Scalar, Value, Variables } from '#lib/engine/logic/rule.ts';
import { variablesOf } from '#lib/engine/logic/variables.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import type { Column, Table } from '#lib/engine/table/table.ts';
import { item, scheme } from '../generators/plain-scheme.ts';

function columnOf(value: Scalar): Column {
	if (typeof value === 'string') {
		return { kind: 'text', codes: Int32Array.of(0), dictionary: [value] };
	}
	if (typeof value === 'boolean') return { kind: 'boolean', values: Uint8Array.of(value ? 1 : 0) };
	return { kind: 'number', values: Float64Array.of(value ?? Number.NaN) };
}

/** One row of the scalars; null where a variable is a list, which no column holds. */
function tableOf(variables: Variables): Table | null {
	const columns = new Map<string, Column>([
		['employee.id', columnOf('ann')],
		['period.id', columnOf('2025-03')]
	]);
	for (const [path, value] of variables) {
		if (value !== null && typeof value === 'object') return null;
		columns.set(path, columnOf(value));
	}
	return { rows: 1, columns };
}

/** A truth of three values as a number: 1, 0, or missing. */
function asNumber(condition: Rule): Rule {
	return { if: [condition, 1, { '===': [condition, null] }, null, 0] };
}

/**
 * The value of a rule that gives a number or a truth; undefined for others, and for rules that read
 * `item.*`, which a scheme computes itself.
 */
export function runInColumns(
	backend: BackendName
): (rule: Rule, variables: Variables) => Value | undefined {
	return (rule, variables) => {
		const { node } = parseRule(rule);
		const type = inferType(node);
		const table = tableOf(variables);
		const ownsItem = variablesOf(node).some((path) => path.startsWith('item.'));
		if (!table || ownsItem || (type !== 'number' && type !== 'boolean')) return undefined;
		const score = type === 'number' ? rule : asNumber(rule);
		const document = scheme({ weighting: 'points', items: [item('rule', undefined, score)] });
		const compiled = compileScheme(prepareScheme(document), table, { backend });
		const number = compiled.score().items[0]?.score[0] ?? Number.NaN;
		if (Number.isNaN(number)) return null;
		return type === 'number' ? number : number === 1;
	};
}
