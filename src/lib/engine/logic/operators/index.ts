/** Every operator of the dialect. What is not listed does not exist. */
import { abs } from './abs.ts';
import { add } from './add.ts';
import { all } from './all.ts';
import { and } from './and.ts';
import { atLeast } from './at-least.ts';
import { atMost } from './at-most.ts';
import { between } from './between.ts';
import { cat } from './cat.ts';
import { ceil } from './ceil.ts';
import { clamp } from './clamp.ts';
import { coalesce } from './coalesce.ts';
import { curve } from './curve.ts';
import { divide } from './divide.ts';
import { equal } from './equal.ts';
import { filter } from './filter.ts';
import { floor } from './floor.ts';
import { greaterThan } from './greater-than.ts';
import { ifElse, ternary } from './if.ts';
import { isIn } from './in.ts';
import { lessThan } from './less-than.ts';
import { map } from './map.ts';
import { maximum } from './maximum.ts';
import { merge } from './merge.ts';
import { minimum } from './minimum.ts';
import { missing, missingSome } from './missing.ts';
import { multiply } from './multiply.ts';
import { none } from './none.ts';
import { not } from './not.ts';
import { notEqual } from './not-equal.ts';
import type { Operator } from './operator.ts';
import { or } from './or.ts';
import { reduce } from './reduce.ts';
import { remainder } from './remainder.ts';
import { round } from './round.ts';
import { some } from './some.ts';
import { steps } from './steps.ts';
import { strictEqual } from './strict-equal.ts';
import { strictNotEqual } from './strict-not-equal.ts';
import { substr } from './substr.ts';
import { subtract } from './subtract.ts';
import { truthy } from './truthy.ts';
import { variable } from './var.ts';

const RECORDS: readonly Operator[] = [
	variable,
	ifElse,
	ternary,
	and,
	or,
	not,
	truthy,
	equal,
	strictEqual,
	notEqual,
	strictNotEqual,
	lessThan,
	atMost,
	greaterThan,
	atLeast,
	between,
	isIn,
	add,
	subtract,
	multiply,
	divide,
	remainder,
	minimum,
	maximum,
	clamp,
	round,
	floor,
	ceil,
	abs,
	curve,
	steps,
	coalesce,
	missing,
	missingSome,
	cat,
	substr,
	merge,
	map,
	filter,
	reduce,
	all,
	some,
	none
];

/** Operators by the name that rules write; a Map, so that no name reaches a prototype. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
	RECORDS.map((record) => [record.name, record])
);
