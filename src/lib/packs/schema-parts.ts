/** What the JSON Schemas of packs are built from: fields that are a must or not, with words in both languages. */
import type { Locale, LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { KEBAB_CASE, SNAKE_CASE } from './fields.ts';

/** A schema with descriptions in both languages; printing chooses one. */
export type Part = { readonly [key: string]: Json | LocalText | Part | readonly Part[] };

export interface Property {
	readonly schema: Part;
	readonly about: LocalText;
	readonly isOptional: boolean;
}

export function must(schema: Part, zh: string, en: string): Property {
	return { schema, about: { 'zh-CN': zh, en }, isOptional: false };
}

export function may(schema: Part, zh: string, en: string): Property {
	return { ...must(schema, zh, en), isOptional: true };
}

export type Properties = Readonly<Record<string, Property>>;

export function object(properties: Properties): Part {
	const entries = Object.entries(properties);
	return {
		type: 'object',
		additionalProperties: false,
		required: entries.filter(([, { isOptional }]) => !isOptional).map(([key]) => key),
		properties: Object.fromEntries(
			entries.map(([key, { schema, about }]) => [key, { ...schema, [ABOUT]: about }])
		)
	};
}

/** Where the description of both languages stands until one is chosen. */
const ABOUT = '#about';

export const STRING: Part = { type: 'string', minLength: 1 };
export const NUMBER: Part = { type: 'number' };
export const SNAKE: Part = { type: 'string', pattern: SNAKE_CASE.pattern.source };
export const KEBAB: Part = { type: 'string', pattern: KEBAB_CASE.pattern.source };
export const MONTH: Part = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$' };
export const DAY: Part = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
export const VERSION: Part = { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' };
export const PERIOD: Part = { type: 'string', pattern: '^\\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$' };
export const BOOLEAN: Part = { type: 'boolean' };
export const TEXT: Part = {
	type: 'object',
	additionalProperties: false,
	required: ['zh-CN', 'en'],
	properties: { 'zh-CN': STRING, en: STRING }
};

export const list = (items: Part, more: Part = {}): Part => ({ type: 'array', items, ...more });
export const map = (values: Part): Part => ({ type: 'object', additionalProperties: values });
export const oneOf = (words: readonly string[]): Part => ({ type: 'string', enum: [...words] });
export const twelve: Part = list(NUMBER, { minItems: 12, maxItems: 12 });

/** A schema with its descriptions in one language. */
export function inLanguage(part: unknown, locale: Locale): Json {
	if (Array.isArray(part)) return part.map((one: unknown) => inLanguage(one, locale));
	if (typeof part !== 'object' || part === null) return part as Json;
	const { [ABOUT]: about, ...rest } = part as Record<string, unknown>;
	return Object.fromEntries([
		...Object.entries(rest).map(([key, value]) => [key, inLanguage(value, locale)] as const),
		...(about === undefined ? [] : [['description', (about as LocalText)[locale]] as const])
	]);
}
