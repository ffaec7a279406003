/** An upgrade takes what only one side changed, asks about the rest, and loses nobody's edit. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { diffSchemes } from '#lib/engine/revise/diff.ts';
import { sameJson } from '#lib/engine/revise/sections.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { mergePacks, type PackMerge, type PackMergeInput } from '#lib/packs/merge-packs.ts';
import type { ImportPreset, Pack, PackAttribute, RecordType } from '#lib/packs/pack.ts';
import { packParts } from '#lib/packs/plan-install.ts';
import { randomDocument } from '../engine/revise/random-documents.ts';

const RUNS = { numRuns: 1_000, seed: 20_261_122 };
vi.setConfig({ testTimeout: 240_000 });

interface Contents {
	readonly metrics: readonly MetricDefinition[];
	readonly records: readonly RecordType[];
	readonly presets: readonly ImportPreset[];
	readonly schemes: readonly SchemeDocument[];
	readonly params: Pack['manifest']['params'];
	readonly attributes: Pack['manifest']['requires']['attributes'];
}

function packOf(contents: Contents, version: string): Pack {
	const byId = <T extends { readonly id: string }>(list: readonly T[]) =>
		new Map(list.map((one) => [one.id, one]));
	return {
		manifest: {
			id: 'random',
			version,
			engine: '*',
			name: text('random'),
			description: text('random'),
			industry: 'testing',
			authors: ['Quanheng'],
			licence: 'MIT',
			params: contents.params,
			requires: { attributes: contents.attributes, records: [], metrics: [] }
		},
		metrics: byId(contents.metrics),
		records: byId(contents.records),
		presets: byId(contents.presets),
		schemes: new Map(
			contents.schemes.map((document) => [
				document.id,
				{ document, source: document as unknown as Json, file: '' }
			])
		),
		tests: [],
		generator: null,
		readme: '',
		changelog: '',
		sampleReadme: null,
		hash: version
	};
}

const text = (en: string) => ({ 'zh-CN': `名${en}`, en });
const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Definitions that are sound whatever is combined, and differ in few ways, so that edits meet. */
const metric = (id: string): fc.Arbitrary<MetricDefinition> =>
	fc
		.record({
			name: pick(text('a'), text('b'), text('c')),
			unit: pick('count', 'money', 'score'),
			direction: pick<'higher' | 'lower'>('higher', 'lower'),
			aggregation: pick<'sum' | 'mean' | 'last'>('sum', 'mean', 'last'),
			decimals: maybe(pick(0, 1, 2)),
			description: maybe(pick(text('x'), text('y'))),
			valid: maybe(pick<readonly [number, number]>([0, 10], [0, 100]))
		})
		.map((fields) =>
			defined({ id, class: 'result', grain: 'employee', period: 'month', ...fields })
		);

const record = (id: string): fc.Arbitrary<RecordType> =>
	fc
		.record({
			name: pick(text('a'), text('b')),
			extra: fc.uniqueArray(pick('amount', 'weight', 'port'), { maxLength: 3 }),
			type: pick<'number' | 'text'>('number', 'text')
		})
		.map(({ name, extra, type }) => ({
			id,
			name,
			key: ['no'],
			date: 'on',
			subject: 'who',
			columns: [
				{ id: 'no', name: text('no'), type: 'text' as const },
				{ id: 'on', name: text('on'), type: 'date' as const },
				{ id: 'who', name: text('who'), type: 'text' as const },
				...extra.map((column) => ({ id: column, name: text(column), type }))
			]
		}));

const preset = (id: string): fc.Arbitrary<ImportPreset> =>
	fc
		.record({
			name: pick(text('a'), text('b'), text('c')),
			for: pick<'observations' | 'targets'>('observations', 'targets'),
			match: pick<readonly string[]>(['工号'], ['工号', '月份']),
			columns: fc.dictionary(
				pick('employee', 'metric.m0', 'metric.m1'),
				fc.record({ aliases: pick<readonly string[]>(['a'], ['a', 'b'], ['c']) })
			)
		})
		.map(({ columns, ...head }) => ({
			id,
			...head,
			columns: new Map(Object.entries(columns))
		}));

const param = (id: string): fc.Arbitrary<Pack['manifest']['params'][number]> =>
	fc.record({
		id: fc.constant(id),
		name: pick(text('a'), text('b')),
		unit: pick('ratio', 'months'),
		default: pick(1, 2)
	});

/** Names of the values of a position; a value may have none. */
const attribute = (id: string): fc.Arbitrary<PackAttribute> =>
	fc.dictionary(pick('sales', 'customs'), pick(text('a'), text('b'))).map((names) => ({
		id,
		name: text(id),
		type: 'text',
		values: ['pricing', ...Object.entries(names).map(([value, name]) => ({ value, name }))]
	}));

function some<T>(ids: readonly string[], make: (id: string) => fc.Arbitrary<T>) {
	return fc
		.tuple(...ids.map((id) => fc.option(make(id), { nil: undefined, freq: 6 })))
		.map((list) => list.filter((one): one is NonNullable<typeof one> => one !== undefined));
}

const contents: fc.Arbitrary<Contents> = fc.record({
	metrics: some(['m0', 'm1'], metric),
	records: some(['shipment'], record),
	presets: some(['monthly'], preset),
	params: some(['line'], param),
	attributes: some(['position'], attribute),
	schemes: some(['sales'], (id) => randomDocument.map((document) => ({ ...document, id })))
});

function defined<T extends object>(fields: T): T {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

function presentOf(pack: Pack): Map<string, Json> {
	return new Map(packParts(pack).map(({ kind, id, content }) => [`${kind}:${id}`, content]));
}

function after(present: ReadonlyMap<string, Json>, merge: PackMerge): Map<string, Json> {
	const result = new Map(present);
	for (const [key, content] of merge.results) {
		if (content === null) result.delete(key);
		else result.set(key, content);
	}
	return result;
}

/** Places of a content that differ, by path; whole parts where one side has none. */
function edits(key: string, from: Json | undefined, to: Json | undefined): readonly string[] {
	if (from === undefined || to === undefined) return sameJson(from, to) ? [] : [''];
	if (key.startsWith('scheme:')) {
		return diffSchemes(from, to)
			.filter(({ path }) => !path.some((token) => token.startsWith('#')))
			.map(({ path }) => path.join('.'));
	}
	const [a, b] = [placesOf(from as JsonObject), placesOf(to as JsonObject)];
	return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
		(field) => !sameJson(a[field], b[field])
	);
}

/** Columns count one by one, and not by their order. */
function placesOf({ columns, ...fields }: JsonObject): JsonObject {
	const entries = Array.isArray(columns)
		? (columns as readonly JsonObject[]).map((column) => [String(column['id']), column] as const)
		: Object.entries((columns ?? {}) as JsonObject);
	return {
		...fields,
		...Object.fromEntries(entries.map(([id, column]) => [`columns.${id}`, column]))
	};
}

function meets(a: string, b: string): boolean {
	return a === b || a === '' || b === '' || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

/** Edits of one side that are neither in the result nor in a conflict nor undone by the same edit. */
function lost(merge: PackMerge, input: PackMergeInput, side: 'ours' | 'theirs'): readonly string[] {
	const [base, offered] = [presentOf(input.base), presentOf(input.offered)];
	const result = after(input.present, merge);
	const own = side === 'ours' ? input.present : offered;
	return merge.parts.flatMap((part) => {
		const key = `${part.kind}:${part.id}`;
		const conflicts = part.conflicts.map(({ id }) => id.split('#')[1] ?? '');
		const missing = edits(key, result.get(key), own.get(key));
		return edits(key, base.get(key), own.get(key))
			.filter((edit) => missing.includes(edit))
			.filter((edit) => !conflicts.some((place) => meets(place, edit)))
			.filter((edit) => !(side === 'theirs' && part.outcome === 'kept' && edit === ''))
			.map((edit) => `${key}#${edit}`);
	});
}

describe('1,000 random pairs of local changes and upgrades', () => {
	test(`lose no edit of either side, and applied twice change nothing (seed ${RUNS.seed})`, () => {
		let conflicts = 0;
		let taken = 0;
		fc.assert(
			fc.property(contents, contents, contents, (first, local, next) => {
				const input: PackMergeInput = {
					base: packOf(first, '1.0.0'),
					offered: packOf(next, '1.1.0'),
					present: presentOf(packOf(local, 'local')),
					inUse: []
				};
				const merge = mergePacks(input);
				conflicts += merge.undecided.length;
				taken += merge.results.size;
				expect(lost(merge, input, 'ours')).toEqual([]);
				expect(lost(merge, input, 'theirs')).toEqual([]);
				const present = after(input.present, merge);
				expect(mergePacks({ ...input, base: input.offered, present }).results).toEqual(new Map());
				const again = mergePacks({ ...input, present });
				expect(after(present, again)).toEqual(present);
			}),
			RUNS
		);
		expect(conflicts).toBeGreaterThan(500);
		expect(taken).toBeGreaterThan(500);
	});

	test(`take the other side wherever it is chosen (seed ${RUNS.seed})`, () => {
		fc.assert(
			fc.property(contents, contents, contents, (first, local, next) => {
				const input: PackMergeInput = {
					base: packOf(first, '1.0.0'),
					offered: packOf(next, '1.1.0'),
					present: presentOf(packOf(local, 'local')),
					inUse: []
				};
				const { undecided } = mergePacks(input);
				const choices = Object.fromEntries(undecided.map((id) => [id, 'theirs' as const]));
				const decided = mergePacks({ ...input, choices });
				expect(decided.undecided).toEqual([]);
				const result = after(input.present, decided);
				const offered = presentOf(input.offered);
				for (const part of decided.parts) {
					const key = `${part.kind}:${part.id}`;
					for (const { reason, id } of part.conflicts) {
						if (id === key && reason !== 'removed_here') {
							expect(result.get(key)).toEqual(offered.get(key));
						}
					}
				}
			}),
			{ ...RUNS, numRuns: 300 }
		);
	});

	test(`the control, which simply takes the offered pack, loses edits (seed ${RUNS.seed})`, () => {
		let losses = 0;
		fc.assert(
			fc.property(contents, contents, contents, (first, local, next) => {
				const input: PackMergeInput = {
					base: packOf(first, '1.0.0'),
					offered: packOf(next, '1.1.0'),
					present: presentOf(packOf(local, 'local')),
					inUse: []
				};
				const { parts } = mergePacks(input);
				const overwritten: PackMerge = {
					parts: parts.map((part) => ({ ...part, conflicts: [] })),
					results: presentOf(input.offered),
					undecided: []
				};
				losses += lost(overwritten, input, 'ours').length;
			}),
			{ ...RUNS, numRuns: 200 }
		);
		expect(losses).toBeGreaterThan(200);
	});
});
