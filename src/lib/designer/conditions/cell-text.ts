/**
 * The small language of a cell: `≥100%`, `[80%, 100%)`, `A、B`, `非 A`, `空`, `-`. What is typed is
 * read into tests of the column's subject; what cannot be read stays as typed, with the reason.
 */
import type { Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Dictionary, Rule, Scalar, VariableInfo } from '#lib/engine/logic/rule.ts';
import { numberText, percentText } from '#lib/engine/logic/number-text.ts';
import { parseQuantity } from '#lib/ui/parse-number.ts';
import { getAt, isList } from '../document-path.ts';
import type { TestPart } from './condition-tree.ts';
import { ordinary } from './formula-tokens.ts';
import { parseFormula } from './parse-formula.ts';
import { printFormula } from './print-formula.ts';

/** What a cell knows of its column. */
export interface CellSubject {
	readonly subject: Rule;
	/** Of the variable, where the subject is one; a formula of ratios has the unit alone. */
	readonly info: VariableInfo | undefined;
	/** Without it any variable is taken. */
	readonly dictionary?: Dictionary;
	readonly locale: Locale;
}

const WORDS = {
	'zh-CN': { none: '空', some: '非空', not: '非 ', separator: '、', yes: '是', no: '否' },
	en: { none: 'missing', some: 'present', not: 'not ', separator: ', ', yes: 'yes', no: 'no' }
} as const;

const SIGNS: Readonly<Record<string, string>> = {
	'>=': '≥',
	'>': '>',
	'<=': '≤',
	'<': '<',
	'==': '',
	'!=': '≠',
	'===': '≡',
	'!==': '≢'
};

/** The text of a cell's tests; `''` for any value. */
export function printCell(rule: Rule, tests: readonly TestPart[], about: CellSubject): string {
	const range = printRange(rule, tests, about);
	return range ?? tests.map((test) => printTest(rule, test, about)).join(' & ');
}

function rightOf(rule: Rule, test: TestPart, index = 1): Rule {
	return getAt(rule, [...test.comparisonPath, test.operator, index]) ?? null;
}

/** `[80%, 100%)` for two tests that bound the subject from below and above. */
function printRange(rule: Rule, tests: readonly TestPart[], about: CellSubject): string | null {
	const [low, high] = tests;
	if (tests.length !== 2 || !low || !high || low.negated || high.negated) return null;
	if (!['>=', '>'].includes(low.operator) || !['<', '<='].includes(high.operator)) return null;
	const open = low.operator === '>=' ? '[' : '(';
	const close = high.operator === '<=' ? ']' : ')';
	const [from, to] = [rightOf(rule, low), rightOf(rule, high)];
	if (typeof from !== 'number' || typeof to !== 'number') return null;
	return `${open}${printValue(from, about)}, ${printValue(to, about)}${close}`;
}

function printTest(rule: Rule, test: TestPart, about: CellSubject): string {
	const words = WORDS[about.locale];
	const right = rightOf(rule, test);
	const { operator } = test;
	if (operator === '==' && right === null) return words.none;
	if (operator === '!=' && right === null) return words.some;
	if (operator === 'between') {
		const high = rightOf(rule, test, 2);
		return typeof right === 'number' && typeof high === 'number'
			? `[${printValue(right, about)}, ${printValue(high, about)}]`
			: `${asFormula(right)} .. ${asFormula(high)}`;
	}
	if (operator === 'in') {
		const list = isList(right) ? right : [right];
		const said = list.map((value) => printValue(value, about)).join(words.separator);
		const isPlain = isList(right) && right.length > 1;
		if (test.negated) return `${words.not}${isPlain ? said : `[${said}]`}`;
		return isPlain ? said : `[${said}]`;
	}
	const isFormula = typeof right === 'object' && right !== null;
	const sign = operator === '==' && isFormula ? '=' : (SIGNS[operator] ?? operator);
	if (operator === '!=' && typeof right === 'string')
		return `${words.not}${printValue(right, about)}`;
	return `${sign}${sign ? ' ' : ''}${printValue(right, about)}`;
}

/** One value as a cell writes it: by its name, in its unit. */
export function printValue(value: Rule, { info, locale }: CellSubject): string {
	if (typeof value === 'number')
		return info?.unit === 'ratio' ? percentText(value) : numberText(value);
	if (typeof value === 'boolean') return value ? WORDS[locale].yes : WORDS[locale].no;
	if (typeof value === 'string') {
		const names = info?.valueNames;
		const name = names && Object.hasOwn(names, value) ? names[value]?.[locale] : undefined;
		const shown = name ?? value;
		return /^[\p{L}_][\p{L}\p{N}_ -]*$/u.test(shown) && !isWord(shown)
			? shown
			: JSON.stringify(value);
	}
	if (value === null) return 'null';
	return asFormula(value);
}

function asFormula(value: Rule): string {
	return `=${printFormula(value) ?? JSON.stringify(value)}`;
}

/** A text that the language itself uses. */
function isWord(text: string): boolean {
	const words = Object.values(WORDS).flatMap(({ none, some, yes, no }) => [none, some, yes, no]);
	return (
		(words as readonly string[]).includes(text) ||
		/^(?:任意|any|null|true|false|缺失|有值|不是|非|not\b)|至/i.test(text)
	);
}

export type CellReading =
	| { readonly tests: readonly Rule[]; readonly unread: null }
	/** The part that could not be read. */
	| { readonly tests: null; readonly unread: string };

/** Reads what was typed into a cell as tests of its subject. */
export function readCell(typed: string, about: CellSubject): CellReading {
	const text = typed.trim();
	if (['', '-', '—', '任意', 'any'].includes(text)) return { tests: [], unread: null };
	const parts = text.match(/(?:"(?:[^"\\]|\\.)*"|[^&＆"]|")+/g) ?? [];
	const tests: Rule[] = [];
	for (const part of parts) {
		const read = readPart(part, about);
		if (!read) return { tests: null, unread: part };
		tests.push(...read);
	}
	return { tests, unread: null };
}

const COMPARED = /^(>=|<=|===|!==|==|!=|<>|>|<|=|≡|≢|≥|≤|≠)\s*(.+)$/s;
const SAME: Readonly<Record<string, string>> = {
	'=': '==',
	'<>': '!=',
	'≥': '>=',
	'≤': '<=',
	'≠': '!=',
	'≡': '===',
	'≢': '!=='
};

function readPart(part: string, about: CellSubject): readonly Rule[] | null {
	const { subject, info } = about;
	const text = part
		.trim()
		.replace(/"(?:[^"\\]|\\.)*"|[^"]+/g, (piece) =>
			piece.startsWith('"') ? piece : ordinary(piece)
		);
	if (info?.values?.includes(text) || namedValue(text, info) !== undefined)
		return readChosen(text, about);
	if (['空', '缺失', 'missing', 'null'].includes(text)) return [{ '==': [subject, null] }];
	if (['非空', '有值', 'present'].includes(text)) return [{ '!=': [subject, null] }];
	const not = /^(?:非|不是|not\s)\s*(.+)$/s.exec(text)?.[1];
	if (not !== undefined) {
		const values = readValues(not, about);
		if (!values) return null;
		const [only] = values;
		const isList = /^\[.*\]$/s.test(not.trim()) || values.length > 1;
		if (!isList && only !== undefined) return [{ '!=': [subject, only] }];
		return [{ '!': [{ in: [subject, values] }] }];
	}
	const range = readRange(text, about);
	if (range) return range;
	const compared = COMPARED.exec(text);
	if (compared) {
		const value = readValue(compared[2] ?? '', about);
		const sign = compared[1] ?? '';
		return value === undefined ? null : [{ [SAME[sign] ?? sign]: [subject, value] }];
	}
	return readChosen(text, about);
}

function readRange(text: string, about: CellSubject): readonly Rule[] | null {
	const { subject } = about;
	const [open = '', close = ''] = [text[0], text.at(-1)];
	if ('[('.includes(open) && '])'.includes(close) && text.length > 2) {
		const [low, high] = readEnds(text.slice(1, -1));
		if (low !== null && high !== null) {
			if (open === '[' && close === ']') return [{ between: [subject, low, high] }];
			return [
				{ [open === '[' ? '>=' : '>']: [subject, low] },
				{ [close === ']' ? '<=' : '<']: [subject, high] }
			];
		}
	}
	const dots = /^(["=\d.+-].*?)\s*(?:\.\.|~|至)\s*(["=\d.+-].*)$/s.exec(text);
	if (!dots) return null;
	const [low, high] = [readValue(dots[1] ?? '', about), readValue(dots[2] ?? '', about)];
	return low === undefined || high === undefined ? null : [{ between: [subject, low, high] }];
}

/** Two numbers between commas; a comma with a blank behind it is no thousands separator. */
function readEnds(text: string): readonly [number | null, number | null] {
	const spaced = text.split(/,\s+/);
	const parts = spaced.length === 2 ? spaced : text.split(',');
	if (parts.length !== 2) return [null, null];
	return [parseQuantity(parts[0] ?? ''), parseQuantity(parts[1] ?? '')];
}

function readChosen(text: string, about: CellSubject): readonly Rule[] | null {
	const values = readValues(text, about);
	const [only] = values ?? [];
	if (!values || only === undefined) return null;
	const isList = /^\[.*\]$/s.test(text) || values.length > 1;
	return [isList ? { in: [about.subject, values] } : { '==': [about.subject, only] }];
}

/** `A、B` as values; a number is never split at its thousands separators. */
function readValues(text: string, about: CellSubject): readonly Rule[] | null {
	const inner = /^\[(.*)\]$/s.exec(text.trim())?.[1] ?? text;
	const number = about.info?.type === 'string' ? null : parseQuantity(inner);
	if (number !== null) return [number];
	if (inner.trim().startsWith('=')) {
		const formula = readValue(inner, about);
		return formula === undefined ? null : [formula];
	}
	const pieces = [...inner.matchAll(/\s*("(?:[^"\\]|\\.)*"|[^,、]+)/g)].map(([, piece]) => piece);
	const values = pieces.map((value) => readValue(value ?? '', about));
	const read = values.filter((value) => value !== undefined);
	return read.length === values.length && read.length > 0 ? read : null;
}

/** One value: a formula behind `=`, a number, yes or no, a text by its id or its name. */
function readValue(typed: string, about: CellSubject): Rule | undefined {
	const text = typed.trim();
	const { info, dictionary } = about;
	if (text.startsWith('=')) {
		const { rule, problem } = parseFormula(text.slice(1), dictionary ? { dictionary } : {});
		return problem ? undefined : rule;
	}
	if (text === 'null') return null;
	if (/^".*"$/s.test(text)) {
		try {
			return JSON.parse(text) as string;
		} catch {
			return undefined;
		}
	}
	const number = parseQuantity(text);
	if (info?.type !== 'string' && number !== null) return number;
	if (info?.type !== 'string') {
		if (['是', 'yes', 'true'].includes(text)) return true;
		if (['否', 'no', 'false'].includes(text)) return false;
	}
	return readText(text, info);
}

function namedValue(text: string, info: VariableInfo | undefined): string | undefined {
	return Object.entries(info?.valueNames ?? {}).find(
		([, name]) => name['zh-CN'] === text || name.en === text
	)?.[0];
}

function readText(text: string, info: VariableInfo | undefined): Scalar | undefined {
	const named = namedValue(text, info);
	if (named !== undefined) return named;
	if (info?.type === 'number' || info?.type === 'boolean') return undefined;
	return text === '' || /[&[\]"]/.test(text) ? undefined : text;
}
