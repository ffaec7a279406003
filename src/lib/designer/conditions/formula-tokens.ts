/**
 * The tokens of a formula. Full-width signs and Chinese punctuation count as the ordinary ones, so
 * nobody has to leave the input method; every token knows where it stands in the text.
 */
import { FormulaProblem } from './formula-problem.ts';

export interface Token {
	readonly kind: 'number' | 'text' | 'path' | 'word' | 'sign' | 'end';
	readonly from: number;
	readonly to: number;
	/** Sign or word; a text without its quotes, a path without its braces. */
	readonly text: string;
	/** Of a number. */
	readonly value: number;
}

const SIGNS = ['===', '!==', '<=', '>=', '==', '!=', '<>', '&&', '||', ...'=<>+-*/%()[],!'];

const SAME_SIGN: Readonly<Record<string, string>> = {
	'<>': '!=',
	'&&': 'and',
	'||': 'or',
	'!': 'not',
	'=': '=='
};

const SAME_WORD: Readonly<Record<string, string>> = {
	且: 'and',
	并且: 'and',
	或: 'or',
	或者: 'or',
	非: 'not',
	不: 'not',
	属于: 'in',
	缺失: 'null',
	真: 'true',
	假: 'false'
};

const ORDINARY: Readonly<Record<string, string>> = {
	'\u3000': ' ',
	'、': ',',
	'“': '"',
	'”': '"',
	'【': '[',
	'】': ']',
	'×': '*',
	'÷': '/',
	'−': '-',
	'–': '-'
};

const TWO_SIGNS: Readonly<Record<string, string>> = { '≥': '>=', '≤': '<=', '≠': '!=' };

/** The same text with ordinary signs, one character for one. */
export function ordinary(text: string): string {
	return text
		.split('')
		.map((character) => {
			const code = character.charCodeAt(0);
			const isWide = code >= 0xff01 && code <= 0xff5e;
			return isWide ? String.fromCharCode(code - 0xfee0) : (ORDINARY[character] ?? character);
		})
		.join('');
}

const LARGE: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 };
const NUMBER = /^(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?/i;
const WORD = /^[\p{L}_][\p{L}\p{N}_.]*/u;

export function tokensOfFormula(text: string): readonly Token[] {
	const tokens: Token[] = [];
	const plain = ordinary(text);
	let at = 0;
	const push = (kind: Token['kind'], to: number, written: string, value = 0): void => {
		tokens.push({ kind, from: at, to, text: written, value });
		at = to;
	};
	while (at < plain.length) {
		const rest = plain.slice(at);
		const [character = ''] = rest;
		if (/\s/.test(character)) {
			at += 1;
			continue;
		}
		const number = NUMBER.exec(rest)?.[0];
		const word = WORD.exec(rest)?.[0];
		const sign = TWO_SIGNS[character] ?? SIGNS.find((known) => rest.startsWith(known));
		if (number !== undefined) {
			const unit = rest[number.length] ?? '';
			const value = Number(number);
			// A percent sign right behind a number belongs to it; the remainder is written with blanks.
			if (unit === '%') push('number', at + number.length + 1, number, tidy(value / 100));
			else if (LARGE[unit] !== undefined)
				push('number', at + number.length + 1, number, tidy(value * LARGE[unit]));
			else push('number', at + number.length, number, value);
		} else if (character === '"') {
			push('text', ...readText(text, plain, at));
		} else if (character === '{') {
			push('path', ...readPath(text, plain, at));
		} else if (word !== undefined) {
			push('word', at + word.length, SAME_WORD[word] ?? word);
		} else if (sign !== undefined) {
			const width = TWO_SIGNS[character] === undefined ? sign.length : 1;
			push('sign', at + width, SAME_SIGN[sign] ?? sign);
		} else {
			throw new FormulaProblem('unknown_sign', at, at + 1, { sign: character });
		}
	}
	tokens.push({ kind: 'end', from: text.length, to: text.length, text: '', value: 0 });
	return tokens;
}

/** Removes the noise of binary arithmetic: 1.1万 is 11000. */
function tidy(value: number): number {
	return Number(value.toPrecision(15));
}

function readText(text: string, plain: string, from: number): [number, string] {
	let to = from + 1;
	while (to < plain.length && plain[to] !== '"') to += plain[to] === '\\' ? 2 : 1;
	if (to >= plain.length) throw new FormulaProblem('text_not_closed', from, text.length);
	try {
		return [to + 1, JSON.parse(`"${text.slice(from + 1, to)}"`) as string];
	} catch {
		throw new FormulaProblem('text_broken', from, to + 1);
	}
}

function readPath(text: string, plain: string, from: number): [number, string] {
	let to = from + 1;
	let path = '';
	for (; to < plain.length; to++) {
		if (plain[to] !== '}') path += text[to];
		else if (plain[to + 1] === '}') {
			path += '}';
			to += 1;
		} else return [to + 1, path];
	}
	throw new FormulaProblem('path_not_closed', from, text.length);
}
