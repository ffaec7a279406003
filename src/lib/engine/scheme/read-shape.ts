/**
 * Walks a document along its description and names everything that does not fit: the place, what
 * was expected, what was found and what to do. Rules are only collected here; who reads the
 * document parses them with the variables of their place.
 */
import {
	diagnose,
	LOCALES,
	pointer,
	type Diagnostic,
	type DiagnosticDetails,
	type DiagnoseOptions
} from '../diagnostics/diagnostic.ts';
import type { Rule, ValueType } from '../logic/rule.ts';
import { schemeDiagnostics } from './diagnostics.ts';
import { nearestWord } from './nearest.ts';
import {
	ID_PATTERN,
	ID_STYLES,
	RESERVED_KEYS,
	type Field,
	type RulePlace,
	type Shape
} from './shape.ts';

/** A rule that the walk came across. */
export interface FoundRule {
	readonly at: string;
	readonly rule: Rule;
	readonly place: RulePlace;
	readonly gives: ValueType;
}

export interface ShapeReading {
	readonly diagnostics: Diagnostic[];
	readonly rules: FoundRule[];
}

/** Nesting beyond this is refused before anything recurses into it. */
export const DOCUMENT_DEPTH = 64;

type Code = keyof typeof schemeDiagnostics;

const TYPE_WORDS: Readonly<Record<string, readonly [string, string]>> = {
	object: ['对象', 'an object'],
	list: ['列表', 'a list'],
	local_text: ['中英文文字 {"zh-CN": …, "en": …}', 'a text {"zh-CN": …, "en": …}'],
	id: ['标识', 'an id'],
	choice: ['可选值之一', 'one of the choices'],
	number: ['数字', 'a number'],
	string: ['文字', 'a text'],
	boolean: ['true 或 false', 'true or false'],
	rule: ['规则', 'a rule'],
	interval: ['两个递增的数字 [低, 高]', 'two ascending numbers [low, high]'],
	one_field: ['只有一个字段的对象', 'an object with exactly one field']
};

/** What a JSON value is, as a person would say it; long values are shortened. */
export function describeFound(value: unknown): string {
	if (value === undefined) return 'undefined';
	if (value === null || typeof value === 'number' || typeof value === 'boolean')
		return String(value);
	if (typeof value === 'string')
		return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
	return Array.isArray(value) ? `[…] (${value.length})` : '{…}';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** “Did you mean …?” in both languages, empty where nothing is close. */
export function hintDetails(word: string, known: Iterable<string>): DiagnosticDetails {
	const near = nearestWord(word, known);
	return near === null
		? { hint: '', hint_zh: '' }
		: { hint: `Did you mean “${near}”? `, hint_zh: `是不是“${near}”？` };
}

/** Turns any word into the house's way of writing an id. */
function restyle(id: string, style: 'kebab' | 'snake'): string {
	const joint = style === 'kebab' ? '-' : '_';
	return id
		.replace(/([a-z0-9])([A-Z])/g, `$1${joint}$2`)
		.toLowerCase()
		.replace(/[-_]+/g, joint)
		.replace(/^[-_]|[-_]$/g, '');
}

/** Depth of nested arrays and objects, counted without recursion so that no input overflows it. */
export function exceedsDepth(value: unknown, limit: number): boolean {
	let level: unknown[] = [value];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > limit) return true;
		const next: unknown[] = [];
		for (const entry of level) {
			if (typeof entry !== 'object' || entry === null) continue;
			for (const child of Object.values(entry))
				if (typeof child === 'object' && child !== null) next.push(child);
		}
		level = next;
	}
	return false;
}

/** Reads `value` as `shape`; the findings and the rules come back, the value is not changed. */
export function readShape(value: unknown, shape: Shape, at = ''): ShapeReading {
	const reading: ShapeReading = { diagnostics: [], rules: [] };
	if (exceedsDepth(value, DOCUMENT_DEPTH)) {
		reading.diagnostics.push(
			diagnose(schemeDiagnostics, 'document_too_deep', at, { limit: DOCUMENT_DEPTH })
		);
		return reading;
	}
	walk(value, shape, at, reading);
	return reading;
}

function report(
	reading: ShapeReading,
	code: Code,
	at: string,
	details: DiagnosticDetails,
	options?: DiagnoseOptions
): void {
	reading.diagnostics.push(diagnose(schemeDiagnostics, code, at, details, options));
}

function reportType(reading: ShapeReading, at: string, kind: string, value: unknown): void {
	const [zh, en] = TYPE_WORDS[kind] ?? [kind, kind];
	report(reading, 'type_wrong', at, { expected: en, expected_zh: zh, found: describeFound(value) });
}

function walk(value: unknown, shape: Shape, at: string, reading: ShapeReading): void {
	switch (shape.kind) {
		case 'object':
			return walkFields(value, shape.fields, at, reading);
		case 'one_field':
			return walkOneField(value, shape.fields, at, reading);
		case 'list':
			return walkList(value, shape, at, reading);
		case 'either':
			return walkEither(value, shape.of, at, reading);
		case 'local_text':
			return walkLocalText(value, at, reading);
		case 'id':
			return walkId(value, shape.style, at, reading);
		case 'choice':
			if (typeof value !== 'string') return reportType(reading, at, 'choice', value);
			if (!shape.of.includes(value))
				report(reading, 'value_not_allowed', at, {
					found: value.slice(0, 80),
					allowed: shape.of.join(', '),
					...hintDetails(value, shape.of)
				});
			return;
		case 'number':
			return walkNumber(value, shape, at, reading);
		case 'string':
			if (typeof value !== 'string') return reportType(reading, at, 'string', value);
			if (shape.filled && value.trim() === '') report(reading, 'text_empty', at, {});
			return;
		case 'boolean':
			if (typeof value !== 'boolean') reportType(reading, at, 'boolean', value);
			return;
		case 'interval':
			if (
				!Array.isArray(value) ||
				value.length !== 2 ||
				!value.every((end) => typeof end === 'number' && Number.isFinite(end)) ||
				!(Number(value[0]) <= Number(value[1]))
			)
				reportType(reading, at, 'interval', value);
			return;
		case 'rule':
			if (value === undefined) return reportType(reading, at, 'rule', value);
			reading.rules.push({ at, rule: value as Rule, place: shape.place, gives: shape.gives });
			return;
		case 'json':
			if (shape.object && !isObject(value)) reportType(reading, at, 'object', value);
	}
}

function walkFields(
	value: unknown,
	fields: Readonly<Record<string, Field>>,
	at: string,
	reading: ShapeReading
): void {
	if (!isObject(value)) return reportType(reading, at, 'object', value);
	const known = Object.keys(fields);
	for (const key of Object.keys(value)) {
		if (RESERVED_KEYS.has(key)) report(reading, 'key_reserved', pointer(at, key), { key });
		else if (!Object.hasOwn(fields, key))
			report(reading, 'key_unknown', pointer(at, key), {
				key: key.slice(0, 80),
				known: known.join(', '),
				...hintDetails(key, known)
			});
	}
	for (const [key, described] of Object.entries(fields)) {
		const entry = Object.hasOwn(value, key) ? value[key] : undefined;
		if (entry !== undefined) walk(entry, described.shape, pointer(at, key), reading);
		else if (!described.optional)
			report(reading, 'key_missing', at, {
				key,
				about: described.about.en,
				about_zh: described.about['zh-CN']
			});
	}
}

function walkOneField(
	value: unknown,
	fields: Readonly<Record<string, Field>>,
	at: string,
	reading: ShapeReading
): void {
	if (!isObject(value)) return reportType(reading, at, 'one_field', value);
	const optionalFields = Object.fromEntries(
		Object.entries(fields).map(([key, described]) => [key, { ...described, optional: true }])
	);
	walkFields(value, optionalFields, at, reading);
	if (Object.keys(value).length !== 1)
		report(reading, 'type_wrong', at, {
			expected: `exactly one of ${Object.keys(fields).join(', ')}`,
			expected_zh: `${Object.keys(fields).join('、')} 之中的恰好一个`,
			found: describeFound(value)
		});
}

function walkList(
	value: unknown,
	shape: Extract<Shape, { kind: 'list' }>,
	at: string,
	reading: ShapeReading
): void {
	if (!Array.isArray(value)) return reportType(reading, at, 'list', value);
	const entries: readonly unknown[] = value;
	const { least = 0, most = Infinity } = shape;
	if (entries.length < least || entries.length > most) {
		const [zh, en] =
			entries.length < least
				? [`至少 ${least} 项`, `at least ${least}`]
				: [`至多 ${most} 项`, `at most ${most}`];
		report(reading, 'list_length', at, { found: entries.length, expected: en, expected_zh: zh });
		if (entries.length > most) return;
	}
	const seen = new Map<string, string>();
	entries.forEach((entry, index) => {
		const place = pointer(at, index);
		walk(entry, shape.of, place, reading);
		if (!shape.ids || !isObject(entry) || typeof entry['id'] !== 'string') return;
		const first = seen.get(entry['id']);
		if (first === undefined) seen.set(entry['id'], pointer(place, 'id'));
		else report(reading, 'id_duplicate', pointer(place, 'id'), { id: entry['id'], first });
	});
}

/** A shape fits when it reads the JSON type of the value; the last one reports if none does. */
function walkEither(
	value: unknown,
	shapes: readonly Shape[],
	at: string,
	reading: ShapeReading
): void {
	const fits = (shape: Shape): boolean => {
		if (typeof value === 'string')
			return shape.kind === 'string' || shape.kind === 'choice' || shape.kind === 'id';
		if (typeof value === 'number') return shape.kind === 'number';
		if (isObject(value))
			return shape.kind === 'object' || shape.kind === 'one_field' || shape.kind === 'local_text';
		return false;
	};
	const chosen = shapes.find(fits);
	if (chosen) return walk(value, chosen, at, reading);
	const words = shapes.map((shape) => TYPE_WORDS[shape.kind] ?? [shape.kind, shape.kind]);
	report(reading, 'type_wrong', at, {
		expected: words.map(([, en]) => en).join(' or '),
		expected_zh: words.map(([zh]) => zh).join('或'),
		found: describeFound(value)
	});
}

function walkLocalText(value: unknown, at: string, reading: ShapeReading): void {
	if (!isObject(value)) return reportType(reading, at, 'local_text', value);
	for (const key of Object.keys(value))
		if (!(LOCALES as readonly string[]).includes(key))
			report(reading, 'key_unknown', pointer(at, key), {
				key: key.slice(0, 80),
				known: LOCALES.join(', '),
				...hintDetails(key, LOCALES)
			});
	for (const locale of LOCALES) {
		const text = Object.hasOwn(value, locale) ? value[locale] : undefined;
		if (text === undefined)
			report(reading, 'key_missing', at, {
				key: locale,
				about: 'the text in this language.',
				about_zh: '该语言的文字。'
			});
		else if (typeof text !== 'string') reportType(reading, pointer(at, locale), 'string', text);
		else if (text.trim() === '') report(reading, 'text_empty', pointer(at, locale), {});
	}
}

function walkId(value: unknown, style: 'kebab' | 'snake', at: string, reading: ShapeReading): void {
	if (typeof value !== 'string') return reportType(reading, at, 'id', value);
	if (RESERVED_KEYS.has(value)) return report(reading, 'key_reserved', at, { key: value });
	const example = style === 'kebab' ? 'operations-coordinator' : 'on_time_rate';
	if (!ID_PATTERN.test(value) || value.length > 80)
		report(reading, 'id_malformed', at, { id: value.slice(0, 80), example });
	else if (!ID_STYLES[style].test(value))
		report(reading, 'id_style', at, {
			id: value,
			style: style === 'kebab' ? 'kebab-case' : 'snake_case',
			suggestion: restyle(value, style)
		});
}

function walkNumber(
	value: unknown,
	shape: Extract<Shape, { kind: 'number' }>,
	at: string,
	reading: ShapeReading
): void {
	if (typeof value !== 'number' || !Number.isFinite(value))
		return reportType(reading, at, 'number', value);
	const { least = -Infinity, most = Infinity, whole = false } = shape;
	if (value >= least && value <= most && (!whole || Number.isInteger(value))) return;
	const range =
		least === -Infinity
			? [`不大于 ${most}`, `at most ${most}`]
			: most === Infinity
				? [`不小于 ${least}`, `at least ${least}`]
				: [`${least} 到 ${most}`, `${least} to ${most}`];
	report(reading, 'number_out_of_range', at, {
		found: value,
		expected: `${whole ? 'a whole number ' : ''}${range[1] ?? ''}`,
		expected_zh: `${range[0] ?? ''}${whole ? '的整数' : ''}`
	});
}
