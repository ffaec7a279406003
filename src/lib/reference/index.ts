/**
 * The witness: json-logic-js with our operators registered. Never the worker — it is slow and no
 * sandbox — but what it says of a validated rule, the engine must say to the bit.
 *
 * The only importer of json-logic-js. `add_operation` is global to that library, so it happens here
 * and once.
 */
import jsonLogic from 'json-logic-js';
import { parseRule } from '../engine/logic/parse.ts';
import { printRule } from '../engine/logic/print.ts';
import type { Rule, Value, Variables } from '../engine/logic/rule.ts';
import { hasErrors } from '../engine/diagnostics/diagnostic.ts';
import { OPERATIONS } from './operations.ts';

/** Own properties of objects and elements of lists; nothing of a text, nothing inherited. */
function part(data: unknown, key: string): unknown {
	if (Array.isArray(data)) return /^(?:0|[1-9]\d*)$/.test(key) ? data[Number(key)] : undefined;
	if (typeof data !== 'object' || data === null) return undefined;
	return Object.getOwnPropertyDescriptor(data, key)?.value;
}

function lookUp(data: unknown, path: string): unknown {
	if (data instanceof Map) return data.get(path);
	return path === '' ? data : path.split('.').reduce<unknown>(part, data);
}

/** The library's `var` reaches prototypes and ignores its default where the value is null. */
function readVariable(this: unknown, path: unknown, fallback: unknown): unknown {
	const value = lookUp(this, path === undefined || path === null ? '' : String(path));
	if (typeof value === 'number') {
		if (Number.isFinite(value)) return Object.is(value, -0) ? 0 : value;
		return fallback ?? null;
	}
	return value ?? fallback ?? null;
}

jsonLogic.add_operation('var', readVariable);
for (const [name, operation] of Object.entries(OPERATIONS)) {
	jsonLogic.add_operation(name, operation);
}

/** Rules that were validated before, in the form the library takes. */
const prepared = new WeakMap<object, Rule>();

/**
 * The library resolves dotted operator names and has no budgets: only a rule without errors may
 * reach it. Literals are taken as the parser reads them (−0 is 0).
 */
function prepare(rule: Rule): Rule {
	const known = rule !== null && typeof rule === 'object' ? prepared.get(rule) : undefined;
	if (known !== undefined) return known;
	const { node, diagnostics } = parseRule(rule);
	if (hasErrors(diagnostics)) {
		const codes = diagnostics.map(({ code, at }) => `${code} at “${at}”`).join(', ');
		throw new Error(`The reference runs validated rules only: ${codes}.`);
	}
	const ready = printRule(node);
	if (rule !== null && typeof rule === 'object') prepared.set(rule, ready);
	return ready;
}

/**
 * What json-logic-js makes of a validated rule on the variables of one row. Throws where a rule was
 * not validated, or where it exceeds the library's stack.
 */
export function evaluateByReference(rule: Rule, variables: Variables): Value {
	const value: unknown = jsonLogic.apply(
		prepare(rule) as Parameters<typeof jsonLogic.apply>[0],
		variables
	);
	return value === undefined ? null : (value as Value);
}
