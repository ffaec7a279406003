/**
 * Invariant: whatever stands where a rule should stand, the answer comes within 100 ms, names what is
 * wrong, and nothing was read through a prototype.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import { logicDiagnostics } from '#lib/engine/logic/diagnostics.ts';
import { evaluateOnJson, evaluateRule, type Evaluated } from '#lib/engine/logic/interpret.ts';
import { parseRule, type ParsedRule } from '#lib/engine/logic/parse.ts';
import { printRule } from '#lib/engine/logic/print.ts';
import { ruleSentence } from '#lib/engine/logic/sentence.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { randomHostileRule, targetedRules } from '../generators/hostile.ts';
import { Random, seedOf } from '../generators/random.ts';
import { hostileRow, type Tripwires } from './rows.ts';

interface HostileCase {
	readonly heading: string;
	readonly description: string;
	readonly rule: Json;
	/** The rule is refused with this code. */
	readonly code?: string;
	/** Its evaluation is stopped with this code. */
	readonly stops?: string;
	/** It gives this value; `any` if only the time matters. */
	readonly value?: Json;
}

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const cases = files.flatMap((name) => {
	let heading = name;
	const entries = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as (string | HostileCase)[];
	return entries.flatMap((entry) => {
		if (typeof entry !== 'string') return [{ ...entry, heading }];
		heading = entry.replace(/^#\s*/, '');
		return [];
	});
});

const LONGEST_MS = 100;
const tripwires: Tripwires = { reads: [] };
const row = hostileRow(tripwires);
const nested: Json = { list: [1, 2, [3]], orders: [{ qty: 1 }], text: 'abc' };

/** Runs until one is quick enough: another process may hold the machine, but not every time. */
const MOST_ATTEMPTS = 25;

/** The time of the shortest run; a rule that is slow by itself is slow in all of them. */
function timed<T>(run: () => T): { value: T; ms: number } {
	let ms = Number.POSITIVE_INFINITY;
	for (let attempt = 1; ; attempt++) {
		const start = performance.now();
		const value = run();
		ms = Math.min(ms, performance.now() - start);
		if (ms <= LONGEST_MS || attempt === MOST_ATTEMPTS) return { value, ms };
	}
}

interface Outcome {
	readonly parsed: ParsedRule;
	readonly evaluated: Evaluated;
	readonly ms: number;
}

/** Everything that is done with a rule, even after it was refused. */
function face(rule: Json): Outcome {
	const parsing = timed(() => parseRule(rule));
	const { node } = parsing.value;
	const evaluating = timed(() => evaluateRule(node, row));
	const others = [
		timed(() => evaluateRule(node, row, { trace: true })),
		timed(() => evaluateOnJson(node, nested)),
		timed(() => printRule(node)),
		timed(() => ruleSentence(node, { locale: 'zh-CN' }) + ruleSentence(node, { locale: 'en' }))
	];
	return {
		parsed: parsing.value,
		evaluated: evaluating.value,
		ms: Math.max(parsing.ms, evaluating.ms, ...others.map(({ ms }) => ms))
	};
}

/** True if a value is JSON, through and through, and so holds no function. */
function isJson(value: unknown): boolean {
	if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
	if (typeof value !== 'object') return false;
	return Object.values(value).every(isJson);
}

const KNOWN_CODES = new Set(Object.keys(logicDiagnostics));

function expectHarmless(rule: Json, { parsed, evaluated, ms }: Outcome, name: string): void {
	const shown = (): string => `${name}: ${JSON.stringify(rule)?.slice(0, 300)}`;
	if (ms > LONGEST_MS) expect.fail(`${ms} ms for ${shown()}`);
	for (const { code, at } of parsed.diagnostics) {
		if (!KNOWN_CODES.has(code) || typeof at !== 'string') expect.fail(`${code} for ${shown()}`);
	}
	if (evaluated.error && !KNOWN_CODES.has(evaluated.error.code)) {
		expect.fail(`${evaluated.error.code} for ${shown()}`);
	}
	if (!isJson(evaluated.value)) expect.fail(`No JSON came of ${shown()}`);
	const reads = tripwires.reads.splice(0);
	if (reads.length > 0) expect.fail(`Read ${reads.join()} in ${shown()}`);
}

const prototypes = [Object, Array, String, Number, Boolean, Function, Map].map(
	({ prototype }) => [prototype, Reflect.ownKeys(prototype).length] as const
);

afterAll(() => {
	for (const [prototype, keys] of prototypes) expect(Reflect.ownKeys(prototype).length).toBe(keys);
});

describe('hostile rules kept as files', () => {
	it.each(cases)('$heading: $description', ({ rule, code, stops, value, description }) => {
		const outcome = face(rule);
		expectHarmless(rule, outcome, description);
		const codes = outcome.parsed.diagnostics.map((diagnostic) => diagnostic.code);
		if (code !== undefined) return expect(codes).toContain(code);
		expect(hasErrors(outcome.parsed.diagnostics), codes.join()).toBe(false);
		if (stops !== undefined) return expect(outcome.evaluated.error?.code).toBe(stops);
		expect(outcome.evaluated.error).toBeUndefined();
		if (value !== 'any') expect(outcome.evaluated.value).toEqual(value);
	});
});

describe('hostile rules that are made', () => {
	it('2,000 that aim at a weakness', { timeout: 120_000 }, () => {
		const seed = seedOf(135);
		const counts = { refused: 0, stopped: 0, harmless: 0 };
		let slowest = 0;
		for (const { family, rule } of targetedRules(new Random(seed), 2_000)) {
			const outcome = face(rule);
			expectHarmless(rule, outcome, `${family}, seed ${seed}`);
			slowest = Math.max(slowest, outcome.ms);
			if (hasErrors(outcome.parsed.diagnostics)) counts.refused++;
			else if (outcome.evaluated.error) counts.stopped++;
			else counts.harmless++;
		}
		console.log(
			`Hostile, targeted: seed ${seed}, ${JSON.stringify(counts)}, slowest ${slowest.toFixed(1)} ms`
		);
		expect(counts.refused).toBeGreaterThan(500);
		expect(counts.stopped).toBeGreaterThan(100);
	});

	it('10,000 that are random', { timeout: 120_000 }, () => {
		const seed = seedOf(10_000);
		const random = new Random(seed);
		const counts = { refused: 0, stopped: 0, harmless: 0 };
		let slowest = 0;
		for (let i = 0; i < 10_000; i++) {
			const rule = randomHostileRule(random);
			const outcome = face(rule);
			expectHarmless(rule, outcome, `rule ${i}, seed ${seed}`);
			slowest = Math.max(slowest, outcome.ms);
			if (hasErrors(outcome.parsed.diagnostics)) counts.refused++;
			else if (outcome.evaluated.error) counts.stopped++;
			else counts.harmless++;
		}
		console.log(
			`Hostile, random: seed ${seed}, ${JSON.stringify(counts)}, slowest ${slowest.toFixed(1)} ms`
		);
		expect(counts.refused).toBeGreaterThan(3_000);
		expect(counts.harmless).toBeGreaterThan(500);
	});
});

describe('prototypes', () => {
	it('with getters planted on them are never read', () => {
		const reads: string[] = [];
		const planted = ['qty', 'accumulator', 'current', 'polluted', 'text'];
		for (const name of planted) {
			Object.defineProperty(Object.prototype, name, {
				configurable: true,
				get: () => reads.push(name)
			});
		}
		try {
			const random = new Random(seedOf(9));
			const rules: Json[] = [
				...random.times(300, () => randomHostileRule(random)),
				{ map: [{ var: 'orders' }, { var: 'qty' }] },
				{ reduce: [{ var: 'list' }, { var: 'polluted' }, 0] },
				{ var: 'polluted' }
			];
			for (const rule of rules) {
				const { node } = parseRule(rule);
				evaluateRule(node, row);
				evaluateOnJson(node, nested);
				evaluateOnJson(node, {});
			}
		} finally {
			for (const name of planted) delete (Object.prototype as Record<string, unknown>)[name];
		}
		expect(reads).toEqual([]);
		expect(tripwires.reads).toEqual([]);
	});

	// Freezing cannot be undone: last in the file, which runs in a worker of its own.
	it('that are frozen change nothing', () => {
		const random = new Random(seedOf(9));
		const rules = random.times(300, () => randomHostileRule(random));
		const before = rules.map((rule) => evaluateRule(parseRule(rule).node, row));
		for (const [prototype] of prototypes) Object.freeze(prototype);
		const after = rules.map((rule) => evaluateRule(parseRule(rule).node, row));
		expect(JSON.stringify(after)).toBe(JSON.stringify(before));
	});
});
