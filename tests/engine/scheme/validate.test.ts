import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { schemeDiagnostics } from '#lib/engine/scheme/diagnostics.ts';
import { schemeHash, versionHash } from '#lib/engine/scheme/hash.ts';
import { readJsonText } from '#lib/engine/scheme/json-text.ts';
import { metricJsonSchema, schemeJsonSchema } from '#lib/engine/scheme/json-schema.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { checkMetricCycles, parseMetric } from '#lib/engine/scheme/metric-validate.ts';
import { parseScheme, parseSchemeText } from '#lib/engine/scheme/validate.ts';
import { dictionaryOf } from '#lib/engine/scheme/variables.ts';
import { item, read, scheme, text } from '../generators/plain-scheme.ts';

const plain = scheme({ items: [item('sales', 100, read('item.actual'))] });

function metric(id: string, more: Partial<MetricDefinition> = {}): MetricDefinition {
	return {
		id,
		name: text(id),
		unit: 'count',
		direction: 'higher',
		class: 'result',
		grain: 'employee',
		period: 'month',
		aggregation: 'sum',
		...more
	};
}

function found(diagnostics: readonly Diagnostic[]): string[] {
	return diagnostics.map(({ code, at }) => `${code} ${at}`);
}

describe('broken schemes', () => {
	const folder = new URL('./broken/', import.meta.url);
	const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

	it.each(files)('%s is refused with its place and words', (name) => {
		const file = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as {
			change: { path: string[]; value: unknown }[];
			code: string;
			at: string;
			words: string[];
		};
		const document = JSON.parse(JSON.stringify(plain)) as Record<string, unknown>;
		for (const { path, value } of file.change) set(document, path, value);
		const { diagnostics } = parseScheme(document, {
			metrics: new Map([['sales', metric('sales')]])
		});
		const hit = diagnostics.find(({ code, at }) => code === file.code && at === file.at);
		expect(hit, `found: ${found(diagnostics).join(', ')}`).toBeDefined();
		const said = `${hit?.message.en} ${hit?.advice.en} ${hit?.message['zh-CN']} ${hit?.advice['zh-CN']}`;
		for (const word of file.words) expect(said).toContain(word);
		expect(said).not.toMatch(/\{\w+\}/);
	});

	it('every code of the catalogue about schemes has a broken file', () => {
		const elsewhere = [
			'json_syntax',
			'key_duplicate',
			'document_too_large',
			'document_too_deep',
			'metric_without_data',
			'field_conflict',
			'metric_cycle'
		];
		const covered = new Set(
			files.map(
				(name) => (JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { code: string }).code
			)
		);
		const missing = Object.keys(schemeDiagnostics).filter(
			(code) => !covered.has(code) && !elsewhere.includes(code)
		);
		expect(missing).toEqual([]);
	});
});

function set(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
	const [key = '', ...rest] = path;
	if (rest.length > 0) return set(target[key] as Record<string, unknown>, rest, value);
	if (value === null) delete target[key];
	else Object.defineProperty(target, key, { value, enumerable: true, configurable: true });
}

describe('a scheme', () => {
	it('that is whole has no findings', () => {
		expect(parseScheme(plain).diagnostics).toEqual([]);
	});

	it('with a wrong content is still a scheme, with a wrong structure it is none', () => {
		const off = scheme({ items: [item('a', 60, 1), item('b', 40, 1), item('c', 10, 1)] });
		const reading = parseScheme(off);
		expect(reading.scheme).toBe(off);
		expect(reading.diagnostics[0]?.message.en).toContain('totals 110');
		expect(parseScheme({ ...plain, items: 'none' }).scheme).toBeNull();
	});

	it('weights of 33.33 + 33.33 + 33.34 total 100', () => {
		const thirds = [33.33, 33.33, 33.34].map((weight, i) => item(`i${i}`, weight, 1));
		expect(parseScheme(scheme({ items: thirds })).diagnostics).toEqual([]);
	});

	it('may read only what exists where the rule stands', () => {
		const early = scheme({ items: [item('a', 100, read('base_score'))] });
		expect(found(parseScheme(early).diagnostics)[0]).toContain('/items/0/score');
		const late = scheme({
			items: [item('a', 100, 1)],
			gates: [{ id: 'g', name: text('g'), when: { '>': [read('score'), 1] }, effect: { cap: 1 } }],
			insights: [{ id: 'i', when: { '>': [read('score'), 1] }, message: text('m') }]
		});
		expect(found(parseScheme(late).diagnostics).map((one) => one.split(' ')[1])).toEqual([
			expect.stringContaining('/gates/0/when')
		]);
	});

	it('may read any well-named attribute while no client is known, and only known ones after', () => {
		const branch = scheme({
			items: [item('sales', 100, 1)],
			applies_to: { '==': [read('employee.shift'), 'night'] }
		});
		expect(parseScheme(branch).diagnostics).toEqual([]);
		const dictionary = dictionaryOf({ metrics: new Map([['sales', metric('sales')]]) });
		expect(found(parseScheme(branch, { dictionary }).diagnostics)[0]).toContain('/applies_to');
		const own = dictionaryOf({ attributes: [['shift', { type: 'string' }]] });
		expect(parseScheme(branch, { dictionary: own }).diagnostics).toEqual([]);
	});

	it('with __proto__ among its keys is refused, and nothing is polluted', () => {
		const { diagnostics } = parseSchemeText(
			JSON.stringify(plain).replace('"id":"sales"', '"__proto__":{"polluted":1},"id":"sales"')
		);
		expect(found(diagnostics)).toContain('key_reserved /__proto__');
		expect(({} as { polluted?: number }).polluted).toBeUndefined();
	});

	it('nested a thousand levels deep is refused at once', () => {
		let deep: unknown = 1;
		for (let i = 0; i < 5000; i++) deep = { a: deep };
		expect(found(parseScheme({ ...plain, note: deep }).diagnostics)).toEqual([
			'document_too_deep '
		]);
		const words = `${'['.repeat(5000)}${']'.repeat(5000)}`;
		expect(parseSchemeText(words).diagnostics[0]?.code).toBe('json_syntax');
	});

	it('beyond the size limit is refused', () => {
		expect(found(parseScheme({ ...plain, note: 'x'.repeat(300_000) }).diagnostics)).toEqual([
			'document_too_large '
		]);
	});

	it('whose metric has no column is warned of, because the item would always be missing', () => {
		const dictionary = dictionaryOf({ attributes: [] });
		expect(found(parseScheme(plain, { dictionary }).diagnostics)).toContain(
			'metric_without_data /items/0/metric'
		);
	});
});

describe('the text of a scheme', () => {
	it.each([
		['{\n  "a": 1,\n}', 3, 1, 'comma'],
		["{'a': 1}", 1, 2, 'double quotes'],
		['{"a": 1 "b": 2}', 1, 9, 'comma'],
		['{"a"： 1}', 1, 5, ':'],
		['{"a": 1', 1, 8, 'bracket'],
		['{"a": // x\n1}', 1, 7, 'note'],
		['{"a": 1}}', 1, 9, 'bracket'],
		['{"a": tru}', 1, 7, 'true'],
		['{"a": 01}', 1, 8, 'comma'],
		['{"a": "\\x"}', 1, 8, 'backslash'],
		['{"a": 1e999}', 1, 7, '1.8e308'],
		['', 1, 1, 'bracket']
	])('%j is named with line %d, column %d', (words, line, column, advice) => {
		const { diagnostics, value } = readJsonText(words);
		expect(value).toBeUndefined();
		expect(diagnostics[0]?.details).toMatchObject({ line, column });
		expect(diagnostics[0]?.advice.en).toContain(advice);
	});

	it('reads what JSON.parse reads', () => {
		const words = `\uFEFF${JSON.stringify({ ...plain, note: ['\u2028 "\\ 中', -1.5e-7, null, {}, []] }, null, 2)}`;
		expect(readJsonText(words).value).toEqual(JSON.parse(words.slice(1)));
	});

	it('finds a key that stands twice', () => {
		const { diagnostics } = readJsonText('{"a": 1,\n "a": 2}');
		expect(diagnostics[0]).toMatchObject({ code: 'key_duplicate', line: 2, at: '/a' });
	});

	it('findings carry the line of their place', () => {
		const words = JSON.stringify({ ...plain, period: 'week' }, null, 2);
		const { diagnostics } = parseSchemeText(words);
		const line = words.split('\n').findIndex((part) => part.includes('"period"')) + 1;
		expect(diagnostics[0]).toMatchObject({ code: 'value_not_allowed', line });
	});
});

describe('hashes', () => {
	it('the same meaning in another key order has the same hash, and a view does not count', () => {
		const turned = Object.fromEntries(Object.entries(plain).reverse()) as typeof plain;
		expect(schemeHash(turned)).toBe(schemeHash(plain));
		expect(schemeHash({ ...plain, view: { columns: 2 } })).toBe(schemeHash(plain));
		expect(schemeHash({ ...plain, weighting: 'points' })).not.toBe(schemeHash(plain));
	});

	it('a version covers its metrics, in whatever order they come', () => {
		const [a, b] = [metric('a'), metric('b')];
		expect(versionHash(plain, [a, b])).toBe(versionHash(plain, [b, a]));
		expect(versionHash(plain, [a])).not.toBe(versionHash(plain, [{ ...a, unit: 'kg' }]));
	});
});

describe('metrics', () => {
	it('that are whole have no findings', () => {
		expect(parseMetric(metric('on_time_rate')).diagnostics).toEqual([]);
		expect(
			parseMetric(
				metric('repeat_rate', {
					unit: 'ratio',
					aggregation: 'ratio',
					numerator: 'repeat_orders',
					denominator: 'orders'
				})
			).diagnostics
		).toEqual([]);
	});

	it.each([
		[{ aggregation: 'ratio' }, 'field_conflict '],
		[{ direction: 'range' }, 'field_conflict '],
		[{ range: [1, 2] }, 'field_conflict /range'],
		[{ window: { periods: 0, take: 'sum' } }, 'number_out_of_range /window/periods'],
		[{ valid: [5, 1] }, 'type_wrong /valid'],
		[{ colour: 'red' }, 'key_unknown /colour'],
		[
			{ from_records: { record: 'orders', take: 'sum', date: 'day' } },
			'field_conflict /from_records'
		]
	])('%j is refused', (more, expected) => {
		expect(found(parseMetric({ ...metric('m'), ...more }).diagnostics)).toContain(expected);
	});

	it('a formula reads metrics and nothing else', () => {
		const { diagnostics } = parseMetric(metric('m', { formula: read('employee.level') }));
		expect(found(diagnostics)[0]).toContain('/formula');
	});

	it('a circle is refused with its path', () => {
		const metrics = new Map(
			[
				metric('a', { formula: { '+': [read('metric.b'), 1] } }),
				metric('b', { formula: read('metric.c') }),
				metric('c', { formula: read('metric.a') }),
				metric('d', { formula: read('metric.a') })
			].map((one) => [one.id, one])
		);
		const circles = checkMetricCycles(metrics);
		expect(circles).toHaveLength(1);
		expect(circles[0]?.message.en).toContain('a → b → c → a');
	});
});

describe('JSON Schemas', () => {
	it('name every field of the documents, described in both languages', () => {
		for (const locale of ['zh-CN', 'en'] as const) {
			const schema = schemeJsonSchema({ locale, operators: ['+', 'var'] });
			expect(Object.keys(schema['properties'] ?? {})).toEqual(
				expect.arrayContaining(['format', 'items', 'grades', 'view', 'origin'])
			);
			expect(schema['required']).toContain('weighting');
			expect(JSON.stringify(schema)).toContain('"additionalProperties":false');
			expect(metricJsonSchema({ locale })['required']).toContain('unit');
		}
	});
});
