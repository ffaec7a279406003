/**
 * The pieces that every request and response is made of.
 *
 * On the wire names are `snake_case`, in TypeScript `camelCase`; the one mapping is here. `wire()`
 * declares an object that reads snake_case (unknown keys refused, so nobody can assign a field that
 * a form does not have) and gives camelCase; `toWire()` writes a value by its schema and leaves out
 * whatever the schema does not list.
 */
import * as v from 'valibot';
import type { Json } from '../engine/logic/rule.ts';

type CamelKey<K extends string> = K extends `${infer A}_${infer B}`
	? `${A}${Capitalize<CamelKey<B>>}`
	: K;
/** The keys of an object in camelCase; the values keep their own names. */
export type CamelKeys<T> = { [K in keyof T as K extends string ? CamelKey<K> : K]: T[K] };

/** `base_version` → `baseVersion`. */
export function camelKey(key: string): string {
	return key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** An object of the interface: strict, snake_case outside, camelCase inside. */
export function wire<const E extends v.ObjectEntries>(entries: E) {
	return v.pipe(
		v.strictObject(entries),
		v.transform((value) => {
			const renamed: Record<string, unknown> = {};
			for (const [key, item] of Object.entries(value)) renamed[camelKey(key)] = item;
			return renamed as CamelKeys<typeof value>;
		})
	);
}

interface SchemaNode {
	readonly type: string;
	readonly entries?: Record<string, SchemaNode>;
	readonly item?: SchemaNode;
	readonly wrapped?: SchemaNode;
	readonly value?: SchemaNode;
	readonly pipe?: readonly SchemaNode[];
}

/** Writes a camelCase value as the schema says: listed keys only, in snake_case. */
export function toWire(schema: v.GenericSchema, value: unknown): unknown {
	return write(schema as unknown as SchemaNode, value);
}

function write(schema: SchemaNode, value: unknown): unknown {
	if (value === null || value === undefined) return value;
	const first = schema.pipe?.[0];
	if (first && first !== schema) return write(first, value);
	if (schema.entries && typeof value === 'object') {
		const body: Record<string, unknown> = {};
		for (const [key, entry] of Object.entries(schema.entries)) {
			const own = Reflect.has(value, camelKey(key)) ? camelKey(key) : key;
			const found: unknown = Reflect.get(value, own);
			if (found !== undefined) body[key] = write(entry, found);
		}
		return body;
	}
	if (schema.item && Array.isArray(value)) {
		const item = schema.item;
		return value.map((element: unknown) => write(item, element));
	}
	if (schema.wrapped) return write(schema.wrapped, value);
	if (schema.type === 'record' && schema.value && typeof value === 'object') {
		const inner = schema.value;
		return Object.fromEntries(
			Object.entries(value).map(([key, item]) => [key, write(inner, item)])
		);
	}
	return value;
}

const isJson = (value: unknown): value is Json =>
	value === null ||
	typeof value === 'string' ||
	typeof value === 'boolean' ||
	(typeof value === 'number' && Number.isFinite(value)) ||
	typeof value === 'object';

/** Any JSON; documents (schemes, metrics) are judged by the engine's own validators. */
export const json = v.custom<Json>(isJson, 'Any JSON value is expected.');

export const idText = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,127}$/));
export const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
export const day = v.pipe(v.string(), v.isoDate());
export const monthId = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/));
export const periodId = v.pipe(
	v.string(),
	v.regex(/^\d{4}(?:-(?:(?:0[1-9]|1[0-2])|Q[1-4]|H[12]))?$/)
);
export const instant = v.string();
export const revision = v.pipe(v.number(), v.integer(), v.minValue(0));
export const words = v.pipe(v.string(), v.trim(), v.maxLength(2000));
export const localText = v.strictObject({ 'zh-CN': v.string(), en: v.string() });

/** An inclusive range of periods. */
export const periodRange = v.pipe(
	v.strictObject({ from: periodId, to: periodId }),
	v.check((range) => range.from <= range.to, 'The range must not end before it begins.')
);
export type PeriodRange = v.InferOutput<typeof periodRange>;

/** A finding as the engine gives it. */
export const diagnosticBody = v.strictObject({
	code: v.string(),
	severity: v.picklist(['error', 'warning', 'hint']),
	at: v.string(),
	line: v.optional(v.number()),
	message: localText,
	advice: localText,
	details: v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()]))),
	repairs: v.optional(v.array(json)),
	/** The author's reason, where the warning is waived. */
	waived: v.optional(v.string())
});

/** problem+json (RFC 9457) with a code, advice and findings. */
export const problemBody = v.strictObject({
	type: v.string(),
	title: v.string(),
	status: v.number(),
	code: v.string(),
	detail: v.string(),
	hint: v.optional(v.string()),
	details: v.optional(json),
	diagnostics: v.optional(v.array(diagnosticBody))
});
