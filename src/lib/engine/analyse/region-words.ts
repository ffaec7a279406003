/**
 * Regions as rules and in words. A region is written as a rule first, so that it is said by the
 * same templates as every other condition and can be used as one in a repair.
 */
import type { LocalText, Locale } from '../diagnostics/diagnostic.ts';
import { printRule } from '../logic/print.ts';
import type { Dictionary, Rule, Scalar, Value } from '../logic/rule.ts';
import { ruleSentence } from '../logic/sentence.ts';
import type { Cell, Domain } from './cells.ts';
import type { RegionChoice } from './weight-proof.ts';

export const EVERYONE: LocalText = { 'zh-CN': '所有人', en: 'everyone' };

/** The conditions of a region; none where it is everybody. */
export function regionRules(choices: readonly RegionChoice[]): Rule[] {
	return choices.map(({ domain, cells, condition }) => {
		if (condition) {
			const rule = printRule(condition.node);
			const cell = domain.cells[cells[0] ?? 0];
			return cell?.kind === 'open' && !cell.truth ? { '!': [rule] } : rule;
		}
		return cellsRule(domain, new Set(cells));
	});
}

/** A region in words, joined the way a person lists conditions. */
export function regionWords(choices: readonly RegionChoice[], dictionary?: Dictionary): LocalText {
	const rules = regionRules(choices);
	if (rules.length === 0) return EVERYONE;
	const say = (locale: Locale): string[] =>
		rules.map((rule) => {
			const said = ruleSentence(rule, { locale, ...(dictionary ? { dictionary } : {}) });
			const isLoose = typeof rule === 'object' && rule !== null && Object.hasOwn(rule, 'or');
			if (!isLoose || rules.length === 1) return said;
			return locale === 'en' ? `(${said})` : `（${said}）`;
		});
	return { 'zh-CN': say('zh-CN').join('，且'), en: say('en').join(' and ') };
}

/** An employee in words: each variable with its value. */
export function employeeWords(employee: ReadonlyMap<string, Value>): string {
	const parts = [...employee]
		.filter(([, value]) => value !== null)
		.map(
			([path, value]) => `${path} = ${typeof value === 'string' ? `“${value}”` : String(value)}`
		);
	return parts.join(', ');
}

/** The condition that a variable is in one of these cells. */
export function cellsRule(domain: Domain, chosen: ReadonlySet<number>): Rule {
	const variable: Rule = { var: domain.path };
	const cells = domain.cells.map((cell, index) => ({ cell, chosen: chosen.has(index) }));
	const missing = cells.find(({ cell }) => cell.kind === 'missing');
	const present = cells.filter(({ cell }) => cell.kind !== 'missing');
	const withMissing = missing?.chosen === true;
	if (present.every((one) => one.chosen)) return withMissing ? true : { '!=': [variable, null] };
	if (present.every((one) => !one.chosen)) return { '==': [variable, null] };

	const isRest = ({ kind }: Cell): boolean => kind === 'other_text' || kind === 'number_text';
	const numbers = present.filter(({ cell }) => cell.kind === 'number');
	const ranges = present.filter(({ cell }) => cell.kind === 'text_range');
	const named = present.filter(({ cell }) => cell.kind === 'text' || cell.kind === 'boolean');
	const rest = present.filter(({ cell }) => isRest(cell));
	const parts: Rule[] = [];
	if (ranges.length > 0) parts.push(...textRuns(domain, chosen));
	else if (rest.some((one) => one.chosen) || isUndecidedRest(numbers, named)) {
		// “Any other” is said by what it is not.
		const out = named.filter((one) => !one.chosen).map(({ cell }) => scalarOf(cell));
		const rule = membership(variable, out);
		const excluded: Rule =
			out.length === 1 ? { '!=': [variable, out[0] ?? null] } : { '!': [rule] };
		const whole: Rule =
			missing && !withMissing ? { and: [excluded, { '!=': [variable, null] }] } : excluded;
		return out.length === 0 ? { '!=': [variable, null] } : whole;
	} else {
		const inside = named.filter((one) => one.chosen).map(({ cell }) => scalarOf(cell));
		if (inside.length > 0) parts.push(membership(variable, inside));
		parts.push(...numberRuns(domain, chosen));
	}
	if (withMissing) parts.push({ '==': [variable, null] });
	const [only] = parts;
	return parts.length === 1 && only !== undefined ? only : { or: parts };
}

/** Only numbers are left of what is not named, and the names alone decide. */
function isUndecidedRest(
	numbers: readonly { readonly chosen: boolean }[],
	named: readonly { readonly chosen: boolean }[]
): boolean {
	return numbers.length === 1 && numbers[0]?.chosen === true && named.some((one) => !one.chosen);
}

function scalarOf(cell: Cell): Scalar {
	return cell.kind === 'text' || cell.kind === 'boolean' ? cell.value : null;
}

function membership(variable: Rule, values: readonly Scalar[]): Rule {
	const [only] = values;
	return values.length === 1 && only !== undefined
		? { '==': [variable, only] }
		: { in: [variable, [...values]] };
}

interface Run {
	from: number;
	to: number;
	fromClosed: boolean;
	toClosed: boolean;
}

/** Neighbouring number cells as one condition each. */
function numberRuns(domain: Domain, chosen: ReadonlySet<number>): Rule[] {
	const runs: Run[] = [];
	let open = false;
	for (const [index, cell] of domain.cells.entries()) {
		if (cell.kind !== 'number') continue;
		if (!chosen.has(index)) {
			open = false;
			continue;
		}
		const closed = cell.from === cell.to;
		const last = runs.at(-1);
		if (open && last) {
			last.to = cell.to;
			last.toClosed = closed;
		} else {
			runs.push({ from: cell.from, to: cell.to, fromClosed: closed, toClosed: closed });
		}
		open = true;
	}
	return runs.map((run) => runRule({ var: domain.path }, run));
}

function runRule(variable: Rule, { from, to, fromClosed, toClosed }: Run): Rule {
	if (from === to) return { '==': [variable, from] };
	if (from === -Infinity && to === Infinity) return { '!=': [variable, null] };
	const lower: Rule = { [fromClosed ? '>=' : '>']: [variable, from] };
	const upper: Rule = { [toClosed ? '<=' : '<']: [variable, to] };
	if (from === -Infinity) return upper;
	if (to === Infinity) return lower;
	if (fromClosed && toClosed) return { between: [variable, from, to] };
	return { and: [lower, upper] };
}

/** Named texts and the ranges between them, in their order, as conditions. */
function textRuns(domain: Domain, chosen: ReadonlySet<number>): Rule[] {
	const variable: Rule = { var: domain.path };
	return domain.cells.flatMap((cell, index): Rule[] => {
		if (!chosen.has(index)) return [];
		if (cell.kind === 'text') return [{ '==': [variable, cell.value] }];
		if (cell.kind !== 'text_range') return [];
		const { after, before } = cell;
		const lower: Rule[] = after === null || after === '' ? [] : [{ '>': [variable, after] }];
		const upper: Rule[] = before === null ? [] : [{ '<': [variable, before] }];
		const parts = [...lower, ...upper];
		const [only] = parts;
		if (only === undefined) return [{ '!=': [variable, null] }];
		return parts.length === 1 ? [only] : [{ and: parts }];
	});
}
