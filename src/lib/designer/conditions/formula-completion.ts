/** What the formula bar offers while somebody types: variables and functions that answer to a word. */
import { OPERATORS } from '#lib/engine/logic/operators/index.ts';
import type { Operator } from '#lib/engine/logic/operators/operator.ts';
import { matchMetric, type Pinyin } from '../library/metric-search.ts';
import { NAMED, OPERATOR_OF_NAME } from './formula-words.ts';
import { printFormula, printPath } from './print-formula.ts';
import type { VariableChoice } from './variable-choices.ts';

interface BothNames {
	readonly 'zh-CN': string;
	readonly en: string;
}

export interface Completion {
	readonly kind: 'variable' | 'function';
	/** What is put into the formula. */
	readonly text: string;
	readonly name: BothNames;
	/** Positions of characters to select afterwards count from the end of `text`. */
	readonly caretBack: number;
}

/** The word that ends at the caret, which a completion replaces. */
export interface WordAtCaret {
	readonly from: number;
	readonly text: string;
}

export function wordAt(formula: string, caret: number): WordAtCaret {
	const before = formula.slice(0, caret);
	const text = /[\p{L}\p{N}_.]*$/u.exec(before)?.[0] ?? '';
	// A word begins with a letter: digits before it are a number that is being typed.
	return /^[\d.]/.test(text) ? { from: caret, text: '' } : { from: caret - text.length, text };
}

/** Operators that a formula writes as functions. */
const FUNCTIONS: readonly Operator[] = [...OPERATORS.values()].filter(
	({ name }) => NAMED[name] === undefined && !['var', 'and', 'or', 'in'].includes(name)
);

const MOST = 9;

export function completionsOf(
	word: string,
	variables: readonly VariableChoice[],
	pinyin: Pinyin | null
): readonly Completion[] {
	if (word === '') return [];
	const found = [
		...variables.map((choice) => ({
			match: matchMetric({ id: choice.path, name: choice.name }, word, pinyin),
			completion: {
				kind: 'variable',
				text: printPath(choice.path),
				name: choice.name,
				caretBack: 0
			} satisfies Completion
		})),
		...FUNCTIONS.map(({ name, title }) => ({
			match: matchMetric({ id: name, name: title }, word, pinyin),
			completion: {
				kind: 'function',
				text: `${name}()`,
				name: title,
				caretBack: 1
			} satisfies Completion
		}))
	];
	return found
		.filter(({ match, completion }) => match > 0 && completion.text !== word)
		.sort((a, b) => b.match - a.match)
		.slice(0, MOST)
		.map(({ completion }) => completion);
}

/** The function in whose parentheses the caret stands. */
export function functionAt(formula: string, caret: number): Operator | null {
	let depth = 0;
	for (let at = caret - 1; at >= 0; at--) {
		const character = formula[at] ?? '';
		if (')）'.includes(character)) depth += 1;
		if (!'(（'.includes(character)) continue;
		if (depth === 0) {
			const name = /[\p{L}\p{N}_]+$/u.exec(formula.slice(0, at))?.[0];
			const operator = name === undefined ? undefined : (OPERATOR_OF_NAME.get(name) ?? name);
			const known = operator === undefined ? undefined : OPERATORS.get(operator);
			if (known) return known;
		} else depth -= 1;
	}
	return null;
}

/** The first example of an operator as a formula: `round(1.005, 2) = 1.01`. */
export function exampleOf(operator: Operator): string | null {
	const example = operator.examples.find(({ data }) => data === undefined) ?? operator.examples[0];
	const text = example && printFormula(example.rule);
	return example && text ? `${text} = ${JSON.stringify(example.result)}` : null;
}
