/**
 * YAML as packs may use it: mappings, sequences and scalars of the YAML 1.2 core schema.
 *
 * Size and nesting are checked before the parser builds anything, because its time grows with the
 * square of the keys. Anchors, aliases, tags and directives are refused by their tokens.
 */
import {
	isMap,
	isPair,
	isScalar,
	isSeq,
	LineCounter,
	parseDocument,
	Parser,
	Lexer,
	CST
} from 'yaml';
import { pointer } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { FileReport, lineLookup, type LineOf, type PackFinding } from './finding.ts';
import { PACK_LIMITS, utf8Bytes } from './limits.ts';

/** Names that reach the object machinery of JavaScript; no field, id or variable needs them. */
const UNSAFE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export interface ReadText {
	/** Null when the file could not be read; findings say why. */
	readonly value: Json | null;
	readonly lineOf: LineOf;
}

const FORBIDDEN: ReadonlyMap<string, string> = new Map([
	['anchor', '&'],
	['alias', '*'],
	['tag', '!'],
	['directive', '%'],
	['directive-line', '%']
]);

/** Reads one YAML file of a pack. */
export function readYaml(text: string, file: string, findings: PackFinding[]): ReadText {
	const lines = new Map<string, number>();
	const lineOf = lineLookup(lines);
	const report = new FileReport(file, findings, lineOf);
	const nothing: ReadText = { value: null, lineOf };

	if (!isReadableText(text, PACK_LIMITS.fileBytes, report)) return nothing;
	if (!hasPlainTokens(text, report)) return nothing;

	const counter = new LineCounter();
	const document = parseDocument(text, {
		version: '1.2',
		schema: 'core',
		merge: false,
		strict: true,
		uniqueKeys: false,
		prettyErrors: false,
		lineCounter: counter
	});
	const problem = document.errors[0];
	if (problem) {
		report.add(
			'yaml_syntax',
			'',
			{ problem: problem.message },
			counter.linePos(problem.pos[0]).line
		);
		return nothing;
	}

	const before = findings.length;
	const value = toJson(document.contents, '', { lines, counter, report });
	return findings.length > before ? nothing : { value, lineOf };
}

interface Conversion {
	readonly lines: Map<string, number>;
	readonly counter: LineCounter;
	readonly report: FileReport;
}

function toJson(node: unknown, at: string, conversion: Conversion): Json {
	const { lines, counter, report } = conversion;
	const lineAt = (start: number | undefined): number =>
		start === undefined ? 1 : counter.linePos(start).line;

	if (isScalar(node)) {
		if (!lines.has(at)) lines.set(at, lineAt(node.range?.[0]));
		const value = node.value;
		if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
		if (typeof value === 'number' && Number.isFinite(value)) return value;
		report.add('field_type', at, {
			expected: 'a number that a computer can hold',
			found: String(value)
		});
		return null;
	}
	if (isSeq(node)) {
		if (!lines.has(at)) lines.set(at, lineAt(node.range?.[0]));
		return node.items.map((item, index) => toJson(item, pointer(at, index), conversion));
	}
	if (isMap(node)) {
		if (!lines.has(at)) lines.set(at, lineAt(node.range?.[0]));
		const fields = new Map<string, Json>();
		for (const pair of node.items) {
			if (!isPair(pair) || !isScalar(pair.key)) {
				report.add('yaml_syntax', at, { problem: 'A key must be a plain text.' });
				continue;
			}
			const key = String(pair.key.source ?? pair.key.value);
			const place = pointer(at, key);
			const line = lineAt(pair.key.range?.[0]);
			if (UNSAFE_KEYS.has(key)) {
				report.add('key_unsafe', at, { key }, line);
				continue;
			}
			if (fields.has(key)) {
				report.add('key_duplicate', place, { key, first: lines.get(place) ?? line }, line);
				continue;
			}
			lines.set(place, line);
			fields.set(key, pair.value === null ? null : toJson(pair.value, place, conversion));
		}
		return Object.fromEntries(fields);
	}
	return null;
}

/** Refuses a text that is too large or holds control characters, before any parser sees it. */
export function isReadableText(text: string, limit: number, report: FileReport): boolean {
	const bytes = utf8Bytes(text);
	if (bytes > limit) {
		report.add('file_too_large', '', { found: bytes, limit });
		return false;
	}
	const hidden = HIDDEN.exec(text);
	if (hidden) {
		const line = text.slice(0, hidden.index).split('\n').length;
		report.add('file_not_text', '', { problem: codePoint(hidden[0]) }, line);
		return false;
	}
	return true;
}

/** Controls other than tab and line ends, the replacement character, a stray byte order mark. */
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd\ufeff]/;

function codePoint(character: string): string {
	return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Walks the tokens once: no anchor, alias, tag or directive, one document, bounded nesting. */
function hasPlainTokens(text: string, report: FileReport): boolean {
	const parser = new Parser();
	let line = 1;
	let isScalarText = false;
	let hasContent = false;
	for (const lexeme of new Lexer().lex(text)) {
		const type: ReturnType<typeof CST.tokenType> = isScalarText ? null : CST.tokenType(lexeme);
		isScalarText = type === 'scalar';
		const sign = type === null ? undefined : FORBIDDEN.get(type);
		if (sign !== undefined) {
			report.add('yaml_forbidden', '', { found: `${sign} (${lexeme.slice(0, 40).trim()})` }, line);
			return false;
		}
		if ((type === 'doc-start' && hasContent) || type === 'doc-end') {
			report.add('yaml_forbidden', '', { found: lexeme }, line);
			return false;
		}
		hasContent ||= type === null || type === 'doc-start';
		for (const _token of parser.next(lexeme));
		if (parser.stack.length > PACK_LIMITS.depth) {
			report.add('yaml_too_deep', '', { limit: PACK_LIMITS.depth }, line);
			return false;
		}
		line += countLines(lexeme);
	}
	return true;
}

function countLines(text: string): number {
	let lines = 0;
	for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) lines += 1;
	return lines;
}
