/** Validates a parsed rule: operators, variables, arity, types, and operands to be written out. */
import { diagnose, type Diagnostic, type Repair } from '../diagnostics/diagnostic.ts';
import { logicDiagnostics } from './diagnostics.ts';
import { RULE_LIMITS } from './limits.ts';
import { checkLiteral } from './literals.ts';
import type { CallNode, RuleNode, VarNode } from './node.ts';
import { OPERATORS } from './operators/index.ts';
import { arityOf, operandAt, type Operand, type Operator } from './operators/operator.ts';
import type { Dictionary, ValueType } from './rule.ts';
import { nearestName } from './suggest.ts';
import { inferType } from './types.ts';
import { pathsNamedIn } from './variables.ts';

interface CheckOptions {
	readonly dictionary?: Dictionary;
	readonly expects?: ValueType;
}

/** Suggestions are costly against a large dictionary and nobody reads more than these. */
const MOST_SUGGESTIONS = 8;

interface Walk {
	readonly dictionary: Dictionary | undefined;
	readonly diagnostics: Diagnostic[];
	suggestions: number;
}

/** What the data is where a node stands: the row, an element, or the state of a fold. */
interface Scope {
	readonly data: 'row' | 'element' | 'fold';
	readonly iterations: number;
}

/** Adds a finding for everything that is wrong below `node`. */
export function checkRule(node: RuleNode, options: CheckOptions, diagnostics: Diagnostic[]): void {
	const walk: Walk = { dictionary: options.dictionary, diagnostics, suggestions: 0 };
	checkNode(node, { data: 'row', iterations: 0 }, walk);
	if (options.expects) checkResult(node, options.expects, walk);
}

function checkNode(node: RuleNode, scope: Scope, walk: Walk): void {
	switch (node.kind) {
		case 'literal':
			return;
		case 'list':
			for (const item of node.items) checkNode(item, scope, walk);
			return;
		case 'var':
			checkVariable(node, scope, walk);
			if (node.fallback) checkNode(node.fallback, scope, walk);
			return;
		case 'call':
			checkCall(node, scope, walk);
	}
}

function report(
	walk: Walk,
	code: keyof typeof logicDiagnostics,
	at: string,
	details: Readonly<Record<string, string | number>> = {},
	repairs: readonly Repair[] = []
): void {
	walk.diagnostics.push(diagnose(logicDiagnostics, code, at, details, { repairs }));
}

function suggest(name: string, candidates: Iterable<string>, walk: Walk): string | null {
	if (walk.suggestions >= MOST_SUGGESTIONS) return null;
	walk.suggestions++;
	return nearestName(name, candidates);
}

/** “Did you mean”, as the details of a finding. */
function suggestionDetails(name: string | null): { suggestion: string; suggestion_en: string } {
	return name === null
		? { suggestion: '', suggestion_en: '' }
		: { suggestion: `（是否指 ${name}？）`, suggestion_en: ` (did you mean ${name}?)` };
}

function checkVariable(node: VarNode, scope: Scope, walk: Walk): void {
	if (node.path === null) {
		if (scope.data === 'row') report(walk, 'whole_data', node.at);
		return;
	}
	checkPath(node.path, node.at, scope, walk, node.bare ? `${node.at}/var` : `${node.at}/var/0`);
}

function checkPath(path: string, at: string, scope: Scope, walk: Walk, writtenAt: string): void {
	if (scope.data === 'fold') {
		const [first] = path.split('.');
		if (first !== 'current' && first !== 'accumulator') {
			report(walk, 'variable_out_of_reach', at, { variable: path });
		}
		return;
	}
	if (scope.data === 'element') {
		if (walk.dictionary?.has(path)) report(walk, 'variable_out_of_reach', at, { variable: path });
		return;
	}
	if (!walk.dictionary || walk.dictionary.has(path)) return;
	const name = suggest(path, walk.dictionary.keys(), walk);
	const repairs: Repair[] = name
		? [
				{
					title: { 'zh-CN': `改为 ${name}`, en: `Change to ${name}` },
					patch: [{ op: 'replace', path: writtenAt, value: name }]
				}
			]
		: [];
	report(walk, 'unknown_variable', at, { variable: path, ...suggestionDetails(name) }, repairs);
}

function checkCall(node: CallNode, scope: Scope, walk: Walk): void {
	const operator = OPERATORS.get(node.operator);
	if (node.operator === 'var') {
		checkComputedVariable(node, walk);
	} else if (!operator) {
		const name = suggest(node.operator, OPERATORS.keys(), walk);
		report(walk, 'unknown_operator', node.at, {
			operator: node.operator.slice(0, 80),
			...suggestionDetails(name)
		});
	} else {
		checkArity(node, operator, walk);
		for (const { path, at } of pathsNamedIn(node)) checkPath(path, at, scope, walk, at);
	}
	node.args.forEach((arg, index) => {
		const operand = operator && operandAt(operator, index);
		if (operand && node.operator !== 'var') checkOperand(node, arg, index, operand, walk);
		if (!operand?.literal) checkNode(arg, scopeOf(operand, scope, arg, walk), walk);
	});
}

/** A `var` that is a call has a path that is no text, or more operands than path and default. */
function checkComputedVariable(node: CallNode, walk: Walk): void {
	const [path] = node.args;
	if (path?.kind === 'literal' && node.args.length > 2) {
		report(walk, 'too_many_operands', node.at, {
			operator: 'var',
			max: 2,
			count: node.args.length
		});
	} else {
		report(walk, 'computed_path', path?.at ?? node.at);
	}
}

function scopeOf(operand: Operand | undefined, scope: Scope, arg: RuleNode, walk: Walk): Scope {
	if (!operand?.scope) return scope;
	const iterations = scope.iterations + 1;
	if (iterations === RULE_LIMITS.iterations + 1) {
		report(walk, 'rule_too_many_iterations', arg.at, { limit: RULE_LIMITS.iterations });
	}
	return { data: operand.scope, iterations };
}

function checkArity(node: CallNode, operator: Operator, walk: Walk): void {
	const { min, max } = arityOf(operator);
	const count = node.args.length;
	if (count < min) {
		const absent = operator.takes.filter((operand) => !operand.optional).slice(count);
		report(walk, 'too_few_operands', node.at, {
			operator: operator.name,
			min,
			count,
			operands: absent.map(({ name }) => name['zh-CN']).join('、'),
			operands_en: absent.map(({ name }) => name.en).join(', ')
		});
	} else if (count > max) {
		report(walk, 'too_many_operands', node.at, { operator: operator.name, max, count });
	}
}

const TYPE_NAMES: Record<ValueType, { zh: string; en: string }> = {
	number: { zh: '数字', en: 'a number' },
	string: { zh: '文本', en: 'a text' },
	boolean: { zh: '是或否', en: 'true or false' },
	array: { zh: '列表', en: 'a list' },
	object: { zh: '对象', en: 'an object' },
	any: { zh: '任意值', en: 'any value' }
};

/** A text that is written as a number converts; a list of one does, too, but nobody means it. */
function fits(arg: RuleNode, found: ValueType, wanted: ValueType): boolean {
	if (wanted === 'any' || found === 'any' || found === wanted) return true;
	return (
		wanted === 'number' &&
		arg.kind === 'literal' &&
		typeof arg.value === 'string' &&
		arg.value.trim() !== '' &&
		Number.isFinite(Number(arg.value))
	);
}

function checkOperand(
	node: CallNode,
	arg: RuleNode,
	index: number,
	operand: Operand,
	walk: Walk
): void {
	if (operand.literal) {
		const finding = checkLiteral(node, arg, index, operand.literal);
		if (finding) walk.diagnostics.push(finding);
		return;
	}
	const found = inferType(arg, walk.dictionary);
	if (fits(arg, found, operand.type)) return;
	report(walk, 'operand_type', arg.at, {
		operator: node.operator,
		operand: operand.name['zh-CN'],
		operand_en: operand.name.en,
		wanted: TYPE_NAMES[operand.type].zh,
		wanted_en: TYPE_NAMES[operand.type].en,
		found: TYPE_NAMES[found].zh,
		found_en: TYPE_NAMES[found].en
	});
}

/** A condition may give anything, because everything has a truth; a number must be a number. */
function checkResult(node: RuleNode, expects: ValueType, walk: Walk): void {
	if (expects === 'any' || expects === 'boolean') return;
	const found = inferType(node, walk.dictionary);
	if (found === 'any' || found === expects) return;
	report(walk, 'result_type', node.at, {
		wanted: TYPE_NAMES[expects].zh,
		wanted_en: TYPE_NAMES[expects].en,
		found: TYPE_NAMES[found].zh,
		found_en: TYPE_NAMES[found].en
	});
}
