/** The row on which hostile rules run: own data of every kind, with traps around it. */
import type { Json, Value, Variables } from '#lib/engine/logic/rule.ts';

/** Names that only a prototype has. Reading one of them through data is what must never happen. */
export interface Tripwires {
	readonly reads: string[];
}

/** A value that notes every read of something it does not own. */
export function guarded(value: Json, tripwires: Tripwires): Json {
	if (value === null || typeof value !== 'object') return value;
	const owned = (target: object, key: string | symbol): boolean => {
		if (Object.hasOwn(target, key)) return true;
		tripwires.reads.push(String(key));
		return false;
	};
	const copy = Array.isArray(value)
		? value.map((item: Json) => guarded(item, tripwires))
		: Object.fromEntries(
				Object.entries(value).map(([key, part]) => [key, guarded(part, tripwires)])
			);
	return new Proxy(copy, {
		get: (target, key) => (owned(target, key) ? (Reflect.get(target, key) as unknown) : undefined),
		has: (target, key) => owned(target, key),
		getPrototypeOf: () => {
			tripwires.reads.push('[[Prototype]]');
			return null;
		}
	}) as Json;
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

/** The variables of the hostile row, each guarded by the tripwires. */
export function hostileRow(tripwires: Tripwires): Variables {
	const row: Record<string, unknown> = {
		text: 'abc',
		number: 5,
		list: [1, 2],
		lists: [[7, 8]],
		forty: numbers(40),
		thousand: numbers(1_000),
		orders: [{ qty: 1, constructor: 'own' }, { qty: null }, {}],
		trap: { toString: 1, valueOf: 2, toJSON: 3 }
	};
	const variables = new Map<string, Value>(
		Object.entries(row).map(([name, value]) => [name, guarded(value as Json, tripwires)])
	);
	const odd: Record<string, unknown> = {
		nan: Number.NaN,
		infinity: Number.POSITIVE_INFINITY,
		negativeZero: -0,
		function: () => 'called',
		symbol: Symbol('x'),
		bigint: 1n
	};
	for (const [name, value] of Object.entries(odd)) variables.set(name, value as Value);
	return variables;
}
