/**
 * Reads JSON text as a person wrote it: a mistake is named with line, column and advice, a key that
 * stands twice is found (JSON.parse would silently keep the later one), and every value knows where
 * it stands, so that a finding with a JSON Pointer can be underlined in the text.
 */
import { diagnose, pointer, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Json } from '../logic/rule.ts';
import { schemeDiagnostics } from './diagnostics.ts';
import { DOCUMENT_DEPTH } from './read-shape.ts';

/** Where a value stands in the text: offsets of its first character and behind its last. */
export interface TextSpan {
	readonly start: number;
	readonly end: number;
	readonly line: number;
	readonly column: number;
}

export interface JsonReading {
	/** The value, or undefined where the text is not JSON. */
	readonly value: Json | undefined;
	readonly diagnostics: readonly Diagnostic[];
	/** Span of every value by its JSON Pointer. */
	readonly spans: ReadonlyMap<string, TextSpan>;
}

type Words = readonly [zh: string, en: string];

class SyntaxProblem extends Error {
	readonly offset: number;
	readonly problem: Words;
	readonly advice: Words;

	constructor(offset: number, problem: Words, advice: Words) {
		super(problem[1]);
		this.offset = offset;
		this.problem = problem;
		this.advice = advice;
	}
}

const FULL_WIDTH: Readonly<Record<string, string>> = {
	'，': ',',
	'：': ':',
	'“': '"',
	'”': '"',
	'｛': '{',
	'｝': '}',
	'［': '[',
	'］': ']',
	'【': '[',
	'】': ']'
};

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[\u0020\t\n\r]*/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES: Readonly<Record<string, string>> = {
	'"': '"',
	'\\': '\\',
	'/': '/',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t'
};

class JsonTextReader {
	readonly #text: string;
	readonly #lineStarts: number[] = [0];
	#offset = 0;
	readonly spans = new Map<string, TextSpan>();
	readonly diagnostics: Diagnostic[] = [];

	constructor(text: string) {
		this.#text = text;
		for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1))
			this.#lineStarts.push(i + 1);
	}

	/** One-based line and column of an offset. */
	place(offset: number): { line: number; column: number } {
		let low = 0;
		let high = this.#lineStarts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
	}

	document(): Json {
		if (this.#text.startsWith('\uFEFF')) this.#offset = 1;
		const value = this.#value('', 0);
		this.#space();
		if (this.#offset < this.#text.length)
			this.#fail(
				['文档结束后还有内容', 'text follows after the end of the document'],
				['删去多余内容，或检查是否多了一个右括号。', 'Remove it, or look for a bracket too many.']
			);
		return value;
	}

	#match(pattern: RegExp): string | null {
		pattern.lastIndex = this.#offset;
		const match = pattern.exec(this.#text);
		if (!match) return null;
		this.#offset += match[0].length;
		return match[0];
	}

	#space(): void {
		this.#match(SPACE);
	}

	#fail(problem: Words, advice: Words): never {
		const found = this.#text[this.#offset];
		const ascii = found === undefined ? undefined : FULL_WIDTH[found];
		if (found !== undefined && ascii !== undefined)
			throw new SyntaxProblem(
				this.#offset,
				[`出现了全角符号“${found}”`, `“${found}” is a full-width character`],
				[`改为半角“${ascii}”。`, `Write “${ascii}” instead.`]
			);
		if (found === "'")
			throw new SyntaxProblem(
				this.#offset,
				['用了单引号', 'a single quote'],
				['JSON 的文字用双引号。', 'JSON texts are in double quotes.']
			);
		if (found === '/' && ['/', '*'].includes(this.#text[this.#offset + 1] ?? ''))
			throw new SyntaxProblem(
				this.#offset,
				['JSON 里不能写注释', 'JSON has no comments'],
				['把说明写进 note 字段。', 'Put the remark into a note field.']
			);
		if (found === undefined)
			throw new SyntaxProblem(
				this.#offset,
				['文档在这里中断', 'the document breaks off here'],
				['检查右括号与引号是否齐全。', 'Look for a missing bracket or quote.']
			);
		throw new SyntaxProblem(this.#offset, problem, advice);
	}

	#expectedValue(): never {
		const found = this.#text[this.#offset];
		if (found === '}' || found === ']')
			this.#fail(
				['多了一个逗号，后面没有内容', 'a comma with nothing after it'],
				['删去前面的逗号。', 'Remove the comma before it.']
			);
		this.#fail(
			['这里应是一个值', 'a value is expected'],
			[
				'写数字、带双引号的文字、true、false、null、[…] 或 {…}。',
				'Write a number, a text in double quotes, true, false, null, […] or {…}.'
			]
		);
	}

	#value(at: string, depth: number): Json {
		this.#space();
		const start = this.#offset;
		if (depth > DOCUMENT_DEPTH)
			this.#fail(
				[`嵌套超过 ${DOCUMENT_DEPTH} 层`, `nested deeper than ${DOCUMENT_DEPTH} levels`],
				['减少嵌套。', 'Nest less.']
			);
		const value = this.#read(at, depth);
		this.spans.set(at, { start, end: this.#offset, ...this.place(start) });
		return value;
	}

	#read(at: string, depth: number): Json {
		const character = this.#text[this.#offset];
		if (character === '{') return this.#object(at, depth);
		if (character === '[') return this.#list(at, depth);
		if (character === '"') return this.#string();
		for (const [word, value] of [
			['true', true],
			['false', false],
			['null', null]
		] as const) {
			if (this.#text.startsWith(word, this.#offset)) {
				this.#offset += word.length;
				return value;
			}
		}
		const number = this.#match(NUMBER);
		if (number === null) return this.#expectedValue();
		const value = Number(number);
		if (!Number.isFinite(value)) {
			this.#offset -= number.length;
			this.#fail(
				['数字太大', 'the number is too large'],
				['写绝对值小于 1.8e308 的数字。', 'Write a number below 1.8e308.']
			);
		}
		return value;
	}

	#list(at: string, depth: number): Json {
		this.#offset++;
		const list: Json[] = [];
		this.#space();
		if (this.#text[this.#offset] === ']') {
			this.#offset++;
			return list;
		}
		for (;;) {
			list.push(this.#value(pointer(at, list.length), depth + 1));
			this.#space();
			const next = this.#text[this.#offset];
			if (next !== ',' && next !== ']')
				this.#fail(
					['两项之间应有逗号', 'a comma is expected between entries'],
					['补上逗号，或用 ] 结束列表。', 'Put a comma, or close the list with ].']
				);
			this.#offset++;
			if (next === ']') return list;
		}
	}

	#object(at: string, depth: number): Json {
		this.#offset++;
		const entries = new Map<string, Json>();
		this.#space();
		if (this.#text[this.#offset] === '}') {
			this.#offset++;
			return {};
		}
		for (;;) {
			this.#space();
			const start = this.#offset;
			if (this.#text[start] === '}') this.#expectedValue();
			if (this.#text[start] !== '"')
				this.#fail(
					['这里应是带双引号的键', 'a key in double quotes is expected'],
					['例如 "id": …', 'For example "id": …']
				);
			const key = this.#string();
			this.#space();
			if (this.#text[this.#offset] !== ':')
				this.#fail(
					[`键“${key}”后面应有冒号`, `a colon is expected after the key “${key}”`],
					['补上冒号。', 'Put a colon.']
				);
			this.#offset++;
			if (entries.has(key))
				this.diagnostics.push(
					diagnose(
						schemeDiagnostics,
						'key_duplicate',
						pointer(at, key),
						{ key, ...this.place(start) },
						{ line: this.place(start).line }
					)
				);
			entries.set(key, this.#value(pointer(at, key), depth + 1));
			this.#space();
			const next = this.#text[this.#offset];
			if (next !== ',' && next !== '}')
				this.#fail(
					['两个字段之间应有逗号', 'a comma is expected between fields'],
					['补上逗号，或用 } 结束对象。', 'Put a comma, or close the object with }.']
				);
			this.#offset++;
			// fromEntries defines own properties, so a key `__proto__` stays an ordinary (refused) key.
			if (next === '}') return Object.fromEntries(entries);
		}
	}

	#string(): string {
		this.#offset++;
		let result = '';
		for (;;) {
			result += this.#match(PLAIN) ?? '';
			const character = this.#text[this.#offset];
			if (character === '"') {
				this.#offset++;
				return result;
			}
			if (character !== '\\')
				this.#fail(
					['文字没有用双引号结束', 'the text is not closed by a double quote'],
					['补上双引号；换行写作 \\n。', 'Close it; write a line break as \\n.']
				);
			result += this.#escape();
		}
	}

	#escape(): string {
		const code = this.#text[this.#offset + 1] ?? '';
		const plain = Object.hasOwn(ESCAPES, code) ? ESCAPES[code] : undefined;
		if (plain !== undefined) {
			this.#offset += 2;
			return plain;
		}
		const hex = this.#text.slice(this.#offset + 2, this.#offset + 6);
		if (code !== 'u' || !/^[0-9a-fA-F]{4}$/.test(hex))
			this.#fail(
				['无法识别的转义', 'an escape that JSON does not know'],
				['反斜杠写作 \\\\。', 'Write a backslash as \\\\.']
			);
		this.#offset += 6;
		return String.fromCharCode(parseInt(hex, 16));
	}
}

/** Reads JSON text; what is wrong comes back as diagnostics with line and column. */
export function readJsonText(text: string): JsonReading {
	const reader = new JsonTextReader(text);
	try {
		const value = reader.document();
		return { value, diagnostics: reader.diagnostics, spans: reader.spans };
	} catch (problem) {
		if (!(problem instanceof SyntaxProblem)) throw problem;
		const { line, column } = reader.place(problem.offset);
		return {
			value: undefined,
			spans: reader.spans,
			diagnostics: [
				diagnose(
					schemeDiagnostics,
					'json_syntax',
					'',
					{
						line,
						column,
						problem: problem.problem[1],
						problem_zh: problem.problem[0],
						advice: problem.advice[1],
						advice_zh: problem.advice[0]
					},
					{ line }
				)
			]
		};
	}
}
