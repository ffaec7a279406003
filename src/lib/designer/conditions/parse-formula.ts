/** Reads a formula as a rule: the counterpart of `print-formula.ts`. */
import { OPERATORS } from '#lib/engine/logic/operators/index.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { Dictionary, Rule, ValueType } from '#lib/engine/logic/rule.ts';
import { nearestName } from '#lib/engine/logic/suggest.ts';
import { tokensOf } from '../document-path.ts';
import { FormulaProblem } from './formula-problem.ts';
import { tokensOfFormula, type Token } from './formula-tokens.ts';
import { BINDS, INFIXES, OPERATOR_OF_NAME, RESERVED } from './formula-words.ts';

/** What was read, with its place in the text. */
interface Read {
	readonly rule: Rule;
	readonly from: number;
	readonly to: number;
	/** The operator that this reading calls without parentheses around it. */
	readonly open?: string;
	readonly operator?: string;
	readonly parts: readonly Read[];
}

export interface FormulaOptions {
	/** Variables that exist; names in either language are read as well as paths. */
	readonly dictionary?: Dictionary;
	readonly expects?: ValueType;
}

export type FormulaResult =
	| { readonly rule: Rule; readonly problem: null }
	| { readonly rule: null; readonly problem: FormulaProblem; readonly message?: LocalMessage };

type LocalMessage = { readonly 'zh-CN': string; readonly en: string };

const DEEPEST = 60;
const INFIX_OF = new Map(INFIXES.map((infix) => [infix.sign, infix]));

/** The rule of a formula, checked like every rule; or the first problem with its place. */
export function parseFormula(text: string, options: FormulaOptions = {}): FormulaResult {
	try {
		const read = new Reader(text, options.dictionary).whole();
		const checked = parseRule(read.rule, options);
		const finding = checked.diagnostics.find(({ severity }) => severity === 'error');
		if (!finding) return { rule: read.rule, problem: null };
		const { from, to } = placeIn(read, tokensOf(finding.at));
		return {
			rule: null,
			problem: new FormulaProblem('refused', from, to),
			message: {
				'zh-CN': `${finding.message['zh-CN']}${finding.advice['zh-CN']}`,
				en: `${finding.message.en} ${finding.advice.en}`
			}
		};
	} catch (error) {
		if (error instanceof FormulaProblem) return { rule: null, problem: error };
		throw error;
	}
}

/** The part of the text that a pointer into the rule means. */
function placeIn(read: Read, tokens: readonly string[]): Read {
	const [operator, index, ...rest] = tokens;
	const isList = read.operator === undefined;
	const position = isList ? operator : index;
	const part = position === undefined ? undefined : read.parts[Number(position)];
	if (!part) return read;
	return placeIn(part, isList ? tokens.slice(1) : rest);
}

class Reader {
	readonly #tokens: readonly Token[];
	readonly #dictionary: Dictionary | undefined;
	#at = 0;
	#depth = 0;

	constructor(text: string, dictionary: Dictionary | undefined) {
		this.#tokens = tokensOfFormula(text);
		this.#dictionary = dictionary;
	}

	whole(): Read {
		const first = this.#peek();
		if (first.kind === 'end') throw new FormulaProblem('empty', 0, 0);
		const read = this.#expression(0);
		const rest = this.#peek();
		if (rest.kind !== 'end')
			throw new FormulaProblem('end_expected', rest.from, rest.to, { found: rest.text });
		return read;
	}

	#peek(ahead = 0): Token {
		const token = this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1);
		if (!token) throw new FormulaProblem('empty', 0, 0);
		return token;
	}

	#next(): Token {
		const token = this.#peek();
		this.#at += 1;
		return token;
	}

	#isSign(text: string, ahead = 0): boolean {
		const token = this.#peek(ahead);
		return token.kind === 'sign' && token.text === text;
	}

	#expression(least: number): Read {
		this.#depth += 1;
		if (this.#depth > DEEPEST) {
			const { from, to } = this.#peek();
			throw new FormulaProblem('too_deep', from, to);
		}
		let left = this.#prefix();
		for (;;) {
			const token = this.#peek();
			const infix =
				token.kind === 'sign' || token.kind === 'word' ? INFIX_OF.get(token.text) : undefined;
			if (!infix || infix.binds < least) break;
			this.#next();
			const right = this.#expression(infix.binds + 1);
			left = this.#join(left, infix.operator, infix.many, right, token);
		}
		this.#depth -= 1;
		return left;
	}

	/** Joins two operands; `a + b + c` is one sum, `a <= b <= c` one comparison of three. */
	#join(left: Read, operator: string, many: boolean, right: Read, sign: Token): Read {
		const isComparison = INFIX_OF.get(operator)?.binds === BINDS.compare;
		const isOpenComparison =
			left.open !== undefined && INFIX_OF.get(left.open)?.binds === BINDS.compare;
		if (isComparison && isOpenComparison) {
			const isRange = operator === left.open && ['<', '<='].includes(operator);
			if (!isRange || left.parts.length > 2)
				throw new FormulaProblem('comparison_chain', sign.from, sign.to);
			return this.#call(operator, [...left.parts, right], left.from, right.to, true);
		}
		const parts = many && left.open === operator ? [...left.parts, right] : [left, right];
		return this.#call(operator, parts, left.from, right.to, true);
	}

	#call(operator: string, parts: readonly Read[], from: number, to: number, open = false): Read {
		const rule = Object.fromEntries([[operator, parts.map((part) => part.rule)]]);
		return { rule, from, to, operator, parts, ...(open ? { open: operator } : {}) };
	}

	#prefix(): Read {
		const token = this.#peek();
		if ((token.kind === 'word' || token.kind === 'sign') && token.text === 'not') {
			this.#next();
			const operand = this.#expression(BINDS.not);
			return this.#call('!', [operand], token.from, operand.to);
		}
		if (this.#isSign('-')) {
			this.#next();
			const number = this.#peek();
			if (number.kind === 'number') {
				this.#next();
				return { rule: 0 - number.value, from: token.from, to: number.to, parts: [] };
			}
			const operand = this.#expression(BINDS.sign);
			return this.#call('-', [operand], token.from, operand.to);
		}
		return this.#primary();
	}

	#primary(): Read {
		const token = this.#next();
		const { from, to } = token;
		switch (token.kind) {
			case 'number':
				return { rule: token.value, from, to, parts: [] };
			case 'text':
				return { rule: token.text, from, to, parts: [] };
			case 'path':
				return { rule: { var: this.#path(token) }, from, to, parts: [] };
			case 'word':
				return this.#isSign('(') ? this.#function(token) : this.#name(token);
			case 'sign':
				if (token.text === '(') return this.#parentheses(token);
				if (token.text === '[') return this.#list(token);
		}
		throw new FormulaProblem('operand_expected', from, to, { found: token.text });
	}

	#parentheses(opening: Token): Read {
		const { rule, parts, operator } = this.#expression(0);
		const closing = this.#close(')', opening);
		const place = { from: opening.from, to: closing.to };
		return { rule, parts, ...place, ...(operator === undefined ? {} : { operator }) };
	}

	#list(opening: Token): Read {
		const parts = this.#operands(']', opening);
		const { to } = this.#peek(-1);
		return { rule: parts.map(({ rule }) => rule), from: opening.from, to, parts };
	}

	#operands(closing: ')' | ']', opening: Token): Read[] {
		const parts: Read[] = [];
		if (!this.#isSign(closing)) {
			parts.push(this.#expression(0));
			while (this.#isSign(',')) {
				this.#next();
				parts.push(this.#expression(0));
			}
		}
		this.#close(closing, opening);
		return parts;
	}

	#close(sign: ')' | ']', opening: Token): Token {
		const token = this.#next();
		if (token.kind === 'sign' && token.text === sign) return token;
		throw new FormulaProblem('closing_expected', opening.from, opening.to, { sign });
	}

	#function(name: Token): Read {
		const opening = this.#next();
		if (name.text === 'var') return this.#variable(name, opening);
		const operator =
			OPERATOR_OF_NAME.get(name.text) ?? (OPERATORS.has(name.text) ? name.text : undefined);
		if (operator === undefined) {
			const near = nearestName(name.text, [...OPERATORS.keys(), ...OPERATOR_OF_NAME.keys()]);
			throw new FormulaProblem('unknown_function', name.from, name.to, {
				name: name.text,
				near: near ?? ''
			});
		}
		const parts = this.#operands(')', opening);
		return this.#call(operator, parts, name.from, this.#peek(-1).to);
	}

	/** `var(path, value if missing)`. */
	#variable(name: Token, opening: Token): Read {
		const token = this.#next();
		if (token.kind !== 'path' && token.kind !== 'word')
			throw new FormulaProblem('operand_expected', token.from, token.to, { found: token.text });
		const path = this.#path(token);
		const pathRead: Read = { rule: path, from: token.from, to: token.to, parts: [] };
		const parts = [pathRead];
		if (this.#isSign(',')) {
			this.#next();
			parts.push(this.#expression(0));
		}
		const { to } = this.#close(')', opening);
		const [, fallback] = parts;
		const rule: Rule = { var: fallback ? [path, fallback.rule] : path };
		return { rule, from: name.from, to, operator: 'var', parts };
	}

	#name(token: Token): Read {
		const { from, to, text } = token;
		if (text === 'true' || text === 'false') return { rule: text === 'true', from, to, parts: [] };
		if (text === 'null') return { rule: null, from, to, parts: [] };
		if (RESERVED.has(text)) throw new FormulaProblem('operand_expected', from, to, { found: text });
		return { rule: { var: this.#path(token) }, from, to, parts: [] };
	}

	/** The path of a variable that is written as its path or, where only one has it, by its name. */
	#path({ text }: Token): string {
		const dictionary = this.#dictionary;
		if (!dictionary || dictionary.has(text)) return text;
		const named = [...dictionary].filter(
			([, { name }]) => name?.['zh-CN'] === text || name?.en === text
		);
		const [only] = named;
		return only && named.length === 1 ? only[0] : text;
	}
}
