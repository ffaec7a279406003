/**
 * The scheme document, format `quanheng.scheme/1`: the one JSON document that says who is scored by
 * what. Stored in the database, shipped in packs, edited in the designer, read by the command line.
 * Field names are the document's own (`snake_case`), because this is the wire and file format.
 */
import type { LocalText } from '../diagnostics/diagnostic.ts';
import type { Json, JsonObject, Rule } from '../logic/rule.ts';

export const SCHEME_FORMAT = 'quanheng.scheme/1';

export const PERIOD_LENGTHS = ['month', 'quarter', 'half', 'year'] as const;
export type PeriodLength = (typeof PERIOD_LENGTHS)[number];

export const ITEM_CLASSES = ['result', 'process', 'behaviour'] as const;
export type ItemClass = (typeof ITEM_CLASSES)[number];

/** What becomes of an item without a score: see “Missing” in the scheme README. */
export type MissingPolicy = 'block' | 'zero' | 'exclude' | { readonly score: number };

export interface SchemeItem {
	readonly id: string;
	readonly metric: string;
	readonly name?: LocalText;
	readonly class: ItemClass;
	/** Rule that gives a percentage; absent where the scheme adds points. */
	readonly weight?: Rule;
	/** The weight is fixed by policy: neither balance nor repair moves it. */
	readonly locked?: boolean;
	readonly score: Rule;
	readonly missing?: MissingPolicy;
	readonly note?: Json;
}

export interface SchemeAdjustment {
	readonly id: string;
	readonly name: LocalText;
	readonly when: Rule;
	readonly points: Rule;
}

export type GateEffect =
	{ readonly cap: number } | { readonly score: number } | { readonly grade: string };

export interface SchemeGate {
	readonly id: string;
	readonly name: LocalText;
	readonly when: Rule;
	readonly effect: GateEffect;
}

export interface SchemeGrade {
	readonly id: string;
	readonly name: LocalText;
	/** Lowest rounded score of the grade. */
	readonly from: number;
}

export interface SchemeTotal {
	readonly min?: number;
	readonly max?: number;
	readonly decimals?: number;
}

/** What `total` means where it is silent. */
export const TOTAL_DEFAULTS = { min: 0, max: 120, decimals: 2 } as const;

export interface SchemePayout {
	readonly currency: string;
	readonly amount: Rule;
	readonly decimals?: number;
}

export interface SchemeInsight {
	readonly id: string;
	readonly when: Rule;
	readonly message: LocalText;
	readonly action?: string;
}

/** A golden employee: given variables and what must come out. */
export interface SchemeExample {
	readonly name: string | LocalText;
	readonly period?: string;
	readonly given: JsonObject;
	readonly expect: JsonObject;
}

export interface SchemeWaiver {
	readonly code: string;
	readonly at: string;
	readonly reason: string;
}

export interface SchemeOrigin {
	readonly pack: string;
	readonly version: string;
	readonly scheme: string;
}

export interface SchemeDocument {
	readonly format: typeof SCHEME_FORMAT;
	readonly id: string;
	readonly name: LocalText;
	readonly note?: Json;
	readonly period: PeriodLength;
	readonly applies_to: Rule;
	readonly weighting: 'percent' | 'points';
	readonly items: readonly SchemeItem[];
	readonly adjustments?: readonly SchemeAdjustment[];
	readonly gates?: readonly SchemeGate[];
	readonly total?: SchemeTotal;
	readonly grades: readonly SchemeGrade[];
	readonly payout?: SchemePayout;
	readonly insights?: readonly SchemeInsight[];
	readonly examples?: readonly SchemeExample[];
	readonly waivers?: readonly SchemeWaiver[];
	readonly view?: JsonObject;
	readonly origin?: SchemeOrigin;
}
