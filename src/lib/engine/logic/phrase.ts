/**
 * Pieces of a sentence, and how tightly they hold together.
 *
 * Templates of the operators build phrases; a looser phrase inside a tighter one gets parentheses,
 * so a sentence reads back as one tree only.
 */
import type { Locale } from '../diagnostics/diagnostic.ts';
import type { CallNode, RuleNode } from './node.ts';

/** How tightly a phrase binds, loosest first. */
export const BINDS = {
	branch: 0,
	or: 1,
	and: 2,
	not: 3,
	comparison: 4,
	sum: 5,
	product: 6,
	word: 7
} as const;

export interface Phrase {
	readonly text: string;
	readonly binds: number;
}

export interface Speaker {
	readonly locale: Locale;
	/** The operand at `index`, in parentheses if it binds less than `binds`; `''` if absent. */
	operand(call: CallNode, index: number, binds?: number): string;
	/** Any node, in parentheses if it binds less than `binds`. */
	say(node: RuleNode | undefined, binds?: number): string;
	/** A list of literals or rules between brackets, or whatever else gives the list. */
	list(node: RuleNode | undefined, about?: RuleNode): string;
	/** A number as it is written in this sentence; in percent where `about` is a ratio. */
	number(value: number, about?: RuleNode): string;
	/** The display name of a variable path. */
	name(path: string): string;
}

export function phrase(text: string, binds: number = BINDS.word): Phrase {
	return { text, binds };
}

type Describe = (speaker: Speaker, call: CallNode) => Phrase;

/**
 * `a + b + c`. The first operand may bind as the operator does, later ones must bind tighter:
 * `a − b − c` is `(a − b) − c`, while `a − (b − c)` keeps its parentheses.
 */
export function infix(symbol: string, binds: number): Describe {
	return joined(symbol, binds, binds, binds + 1);
}

/** `a and b and c`: a group in a group always gets parentheses, people do not rank and over or. */
export function conjunction(word: string, binds: number): Describe {
	return joined(word, binds, BINDS.not, BINDS.not);
}

function joined(symbol: string, binds: number, first: number, later: number): Describe {
	return (speaker, call) =>
		call.args.length === 1
			? phrase(speaker.operand(call, 0, binds), binds)
			: phrase(
					call.args
						.map((_, index) => speaker.operand(call, index, index === 0 ? first : later))
						.join(` ${symbol} `),
					binds
				);
}

/** `a ≥ b`: both sides bind tighter, a comparison of comparisons gets parentheses. */
export function comparison(symbol: string): Describe {
	return (speaker, call) =>
		phrase(
			call.args
				.map((_, index) => speaker.operand(call, index, BINDS.comparison + 1))
				.join(` ${symbol} `),
			BINDS.comparison
		);
}

/** `name(a, b)` with the commas of the language. */
export function functionOf(word: string): Describe {
	return (speaker, call) =>
		phrase(
			`${word}(${call.args
				.map((_, index) => speaker.operand(call, index))
				.join(speaker.locale === 'zh-CN' ? '，' : ', ')})`
		);
}
