/** Checks of single rules: types, units, thresholds, numbers that should be variables, copies. */
import { diagnose, type Diagnostic, type Repair } from '../diagnostics/diagnostic.ts';
import { canonicalJson } from '../logic/canonical.ts';
import { walk, type CallNode, type LiteralNode, type RuleNode } from '../logic/node.ts';
import { curvePoints } from '../logic/points.ts';
import { printRule } from '../logic/print.ts';
import type { Dictionary } from '../logic/rule.ts';
import { ruleSentence } from '../logic/sentence.ts';
import { unitOf } from '../logic/units.ts';
import { both, readable } from './entry.ts';
import { typeOf } from './known.ts';
import { ruleDiagnostics } from './rule-diagnostics.ts';

const ORDERINGS: readonly string[] = ['<', '<=', '>', '>='];
const EQUALITIES: readonly string[] = ['==', '!=', '===', '!=='];
const CALCULATIONS: readonly string[] = ['+', '-', '*', '/', '%'];
/** A ratio is rarely five times its target; a percent number mostly is above five. */
const PERCENT_FROM = 5;
/** Decimals that no measured figure has and no binary error reaches. */
const SAFE_DIGITS = 6;

/** The findings in one rule. */
export function checkRuleByItself(node: RuleNode, dictionary?: Dictionary): Diagnostic[] {
	const found: Diagnostic[] = [];
	walk(node, (one) => {
		if (one.kind !== 'call') return;
		found.push(
			...typeFindings(one, dictionary),
			...unitFindings(one, dictionary),
			...thresholdFindings(one),
			...copyFindings(one, dictionary)
		);
	});
	return found;
}

function isLiteral(node: RuleNode): node is LiteralNode {
	return node.kind === 'literal';
}

function typeFindings(call: CallNode, dictionary?: Dictionary): Diagnostic[] {
	const compares = [...ORDERINGS, ...EQUALITIES, 'between', 'in'].includes(call.operator);
	if (!compares) return [];
	const variable = call.args.find((arg) => arg.kind === 'var');
	if (variable?.kind !== 'var' || variable.path === null) return [];
	const type = dictionary?.get(variable.path)?.type ?? typeOf(variable.path, dictionary);
	const literals = call.args.flatMap((arg) => (arg.kind === 'list' ? arg.items : [arg]));
	const wrong = literals.find((literal) => {
		if (!isLiteral(literal)) return false;
		const { value } = literal;
		if (type === 'string') return typeof value === 'number';
		if (type !== 'number' || typeof value !== 'string') return false;
		return call.operator.length === 3 || call.operator === 'in' || !Number.isFinite(Number(value));
	});
	if (!wrong || !isLiteral(wrong)) return [];
	const { value } = wrong;
	const repairs: Repair[] =
		typeof value === 'number'
			? [
					{
						title: both('改为文字', 'Make it a text'),
						patch: [{ op: 'replace', path: wrong.at, value: String(value) }]
					}
				]
			: typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
				? [
						{
							title: both('改为数字', 'Make it a number'),
							patch: [{ op: 'replace', path: wrong.at, value: Number(value) }]
						}
					]
				: [];
	const details = {
		variable: variable.path,
		type: type === 'string' ? 'a text' : 'a number',
		type_zh: type === 'string' ? '文字' : '数字',
		literal: JSON.stringify(value)
	};
	return [diagnose(ruleDiagnostics, 'text_against_number', call.at, details, { repairs })];
}

function unitFindings(call: CallNode, dictionary?: Dictionary): Diagnostic[] {
	const compares = [...ORDERINGS, ...EQUALITIES, 'between'].includes(call.operator);
	const drawn = call.operator === 'curve' || call.operator === 'steps';
	if (!compares && !drawn) return [];
	const subject = drawn ? call.args[0] : call.args.find((arg) => !isLiteral(arg));
	if (!subject || unitOf(subject, dictionary) !== 'ratio') return [];
	const variable =
		subject.kind === 'var' ? (subject.path ?? '') : ruleSentence(subject, { locale: 'en' });
	const say = (literal: number, at: string, repairs: readonly Repair[]): Diagnostic =>
		diagnose(
			ruleDiagnostics,
			'ratio_against_percent',
			at,
			{ variable, literal: readable(literal), suggested: readable(literal / 100) },
			{ repairs }
		);
	if (drawn) {
		const points = curvePoints(call.args[1]) ?? [];
		const last = points.at(-1)?.[0] ?? 0;
		if (last < PERCENT_FROM) return [];
		const scaled = points.map(([x, y]) => [x / 100, y]);
		const title = both('把横坐标都除以 100', 'Divide all positions by 100');
		const at = call.args[1]?.at ?? call.at;
		return [say(last, call.at, [{ title, patch: [{ op: 'replace', path: at, value: scaled }] }])];
	}
	return call.args.filter(isLiteral).flatMap(({ at, value }) => {
		if (typeof value !== 'number' || value < PERCENT_FROM) return [];
		const title = both(`改为 ${readable(value / 100)}`, `Write ${readable(value / 100)}`);
		return [say(value, at, [{ title, patch: [{ op: 'replace', path: at, value: value / 100 }] }])];
	});
}

/** A threshold on something that was multiplied or divided and not rounded. */
function thresholdFindings(call: CallNode): Diagnostic[] {
	const drawn = call.operator === 'steps';
	if (!drawn && ![...ORDERINGS, ...EQUALITIES, 'between'].includes(call.operator)) return [];
	const literal = drawn ? undefined : call.args.find(isLiteral);
	const value = drawn ? curvePoints(call.args[1])?.[0]?.[0] : literal?.value;
	const calculated = (drawn ? call.args.slice(0, 1) : call.args).find(
		(arg): arg is CallNode =>
			arg.kind === 'call' && (arg.operator === '*' || arg.operator === '/') && isFractional(arg)
	);
	if (!calculated || typeof value !== 'number') return [];
	const rounded = { round: [printRule(calculated), SAFE_DIGITS] };
	const repairs: Repair[] = [
		{
			title: both(`先取整到 ${SAFE_DIGITS} 位小数`, `Round to ${SAFE_DIGITS} decimals first`),
			patch: [{ op: 'replace', path: calculated.at, value: rounded }]
		}
	];
	const details = { literal: readable(value) };
	return [diagnose(ruleDiagnostics, 'unrounded_threshold', call.at, details, { repairs })];
}

/** False for sums and products of whole literals, which stay exact on whole figures. */
function isFractional(call: CallNode): boolean {
	if (call.operator === '/') return true;
	return call.args.some(
		(arg) =>
			(arg.kind === 'var' && /attainment|ratio|rate/.test(arg.path ?? '')) ||
			(arg.kind === 'literal' && typeof arg.value === 'number' && !Number.isInteger(arg.value)) ||
			(arg.kind === 'call' && CALCULATIONS.includes(arg.operator) && isFractional(arg))
	);
}

function copyFindings(call: CallNode, dictionary?: Dictionary): Diagnostic[] {
	if (call.operator === 'and' || call.operator === 'or') {
		const seen = new Set<string>();
		for (const arg of call.args) {
			const key = canonicalJson(printRule(arg));
			if (!seen.has(key)) {
				seen.add(key);
				continue;
			}
			const names = dictionary ? { dictionary } : {};
			const patch: Repair['patch'] = [{ op: 'remove', path: arg.at }];
			const repairs = [{ title: both('删去重复的条件', 'Remove the copy'), patch }];
			const details = {
				condition: ruleSentence(arg, { locale: 'en', ...names }),
				condition_zh: ruleSentence(arg, { locale: 'zh-CN', ...names })
			};
			return [diagnose(ruleDiagnostics, 'duplicate_condition', arg.at, details, { repairs })];
		}
	}
	if ((call.operator === 'if' || call.operator === '?:') && call.args.length >= 3) {
		const results = call.args.filter(
			(_, index) => index % 2 === 1 || index === call.args.length - 1
		);
		const keys = new Set(results.map((result) => canonicalJson(printRule(result))));
		const [only] = results;
		if (keys.size === 1 && only && call.args.length % 2 === 1) {
			const value = printRule(only);
			const title = both('去掉条件', 'Drop the condition');
			const repairs = [{ title, patch: [{ op: 'replace' as const, path: call.at, value }] }];
			const details = { value: JSON.stringify(value) };
			return [diagnose(ruleDiagnostics, 'branches_equal', call.at, details, { repairs })];
		}
	}
	return [];
}
