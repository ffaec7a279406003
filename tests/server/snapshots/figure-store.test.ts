/** Invariant: the store says what maps of maps would say, in whatever order facts come. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FigureStore } from '#lib/server/snapshots/figure-store.ts';

const SEED = 20261122;

const fact = fc.record({
	subjectKind: fc.constantFrom('employee', 'unit'),
	subjectId: fc.constantFrom('E1', 'E2', 'E3', 'south'),
	metric: fc.constantFrom('sales', 'visits'),
	period: fc.constantFrom('2025-01', '2025-02', '2025-03', '2025'),
	value: fc.option(fc.integer({ min: -9, max: 9 }), { nil: null })
});

test(`a later fact corrects an earlier one, and a fact without a value takes it away (seed ${SEED})`, () => {
	fc.assert(
		fc.property(fc.array(fact, { maxLength: 120 }), fc.nat(119), (facts, asked) => {
			const store = new FigureStore();
			const expected = new Map<string, Map<string, number>>();
			for (const [at, one] of facts.entries()) {
				store.add(one);
				const key = `${one.metric} ${one.subjectKind} ${one.subjectId}`;
				const periods = expected.get(key) ?? new Map<string, number>();
				expected.set(key, periods);
				if (one.value === null) periods.delete(one.period);
				else periods.set(one.period, one.value);
				// Asking in between must not freeze what was told until then.
				if (at === asked) store.told(one.metric, store.subjects.of(one.subjectKind, one.subjectId));
			}
			for (const [key, periods] of expected) {
				const [metric = '', kind, id = ''] = key.split(' ');
				const subject = store.subjects.of(kind === 'unit' ? 'unit' : 'employee', id);
				const told = store.told(metric, subject);
				expect(new Map(told)).toEqual(periods);
				expect(told.size).toBe(periods.size);
				for (const period of ['2025-01', '2025-02', '2025-03', '2025', '1999'])
					expect(told.get(period)).toBe(periods.get(period));
			}
		}),
		{ seed: SEED, numRuns: 400 }
	);
});
