/**
 * The raw material of rules: JSON as it was written, and the values that rules give.
 *
 * A rule is any JSON value: an object with one key is a call of an operator, an array a list of
 * rules, everything else stands for itself (see the dialect in this folder's README).
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
	readonly [key: string]: Json;
}

/** A JSON Logic expression as it is stored: key order and literal forms are the author's. */
export type Rule = Json;

/** What a rule may give. `null` is missing. */
export type Value = Json;

/** A scalar, as table cells and variables hold it. */
export type Scalar = null | boolean | number | string;

/** The types that a variable or an expression can have, as far as it is known without data. */
export type ValueType = 'number' | 'string' | 'boolean' | 'array' | 'object' | 'any';

/**
 * Variables of one row. Keys are full dotted paths (`employee.level`, `metric.collected_revenue`),
 * never nested objects, so reading one is one own-property look-up and reaches no prototype.
 */
export type Variables = ReadonlyMap<string, Value>;

/** What is known of one variable path when a rule is saved. */
export interface VariableInfo {
	readonly type: ValueType;
	/** Unit as in `formats.md`: ratio, count, score, hours, days, money or free text. */
	readonly unit?: string;
	readonly name?: { readonly 'zh-CN': string; readonly en: string };
	/** Known values of a text variable, for help and for the proof of weights. */
	readonly values?: readonly string[];
	/** What these values are called, where their ids are not their names. */
	readonly valueNames?: {
		readonly [value: string]: { readonly 'zh-CN': string; readonly en: string };
	};
	/** Range that values are expected in. */
	readonly valid?: readonly [number, number];
}

/** The variables that a client, a table or a pack supplies. An unlisted path is an error at save. */
export type Dictionary = ReadonlyMap<string, VariableInfo>;
