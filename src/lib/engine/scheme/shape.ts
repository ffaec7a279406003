/**
 * The one description of a document format. The validator walks it (`read-shape.ts`) and the JSON
 * Schema for editors is printed from it (`json-schema.ts`), so both always say the same.
 */
import type { LocalText } from '../diagnostics/diagnostic.ts';
import type { ValueType } from '../logic/rule.ts';

/** Where a rule stands decides which variables it may read (`variables.ts`). */
export const RULE_PLACES = ['subject', 'item', 'total', 'outcome', 'metric', 'record'] as const;
export type RulePlace = (typeof RULE_PLACES)[number];

export interface Field {
	readonly shape: Shape;
	readonly about: LocalText;
	readonly optional?: boolean;
}

export interface ObjectShape {
	readonly kind: 'object';
	readonly fields: Readonly<Record<string, Field>>;
}

export type Shape =
	| ObjectShape
	| {
			readonly kind: 'list';
			readonly of: Shape;
			readonly least?: number;
			readonly most?: number;
			/** Entries carry an `id` that is unique in the list. */
			readonly ids?: boolean;
	  }
	/** `{"zh-CN": …, "en": …}`. */
	| { readonly kind: 'local_text' }
	/** A word. `style` is the house's way of writing it: another way is a warning, not an error. */
	| { readonly kind: 'id'; readonly style: 'kebab' | 'snake' }
	| { readonly kind: 'choice'; readonly of: readonly string[] }
	| {
			readonly kind: 'number';
			readonly least?: number;
			readonly most?: number;
			readonly whole?: boolean;
	  }
	| { readonly kind: 'string'; readonly filled?: boolean }
	| { readonly kind: 'boolean' }
	| { readonly kind: 'rule'; readonly place: RulePlace; readonly gives: ValueType }
	/** Two ascending numbers. */
	| { readonly kind: 'interval' }
	/** Any JSON, e.g. notes and views. */
	| { readonly kind: 'json'; readonly object?: boolean }
	/** An object with exactly one of these fields. */
	| { readonly kind: 'one_field'; readonly fields: Readonly<Record<string, Field>> }
	/** The first shape whose JSON type fits is the one that is read. */
	| { readonly kind: 'either'; readonly of: readonly Shape[] };

/** Words: a letter, then letters, digits, `_` or `-`. */
export const ID_PATTERN = /^[A-Za-z][A-Za-z0-9_-]*$/;
export const ID_STYLES = {
	kebab: /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
	snake: /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/
} as const;

/** Names that reach the prototype of an object in careless code; never allowed as a key or an id. */
export const RESERVED_KEYS: ReadonlySet<string> = new Set([
	'__proto__',
	'constructor',
	'prototype'
]);

/** Declares a field that must be there. */
export function field(shape: Shape, zh: string, en: string): Field {
	return { shape, about: { 'zh-CN': zh, en } };
}

/** Declares a field that may be left out. */
export function optional(shape: Shape, zh: string, en: string): Field {
	return { shape, about: { 'zh-CN': zh, en }, optional: true };
}
