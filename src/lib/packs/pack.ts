/** A rule pack: the start an industry gets. Read once from files, then only data. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import type { GeneratorSpec } from './generator-spec.ts';

/** A parameter the schemes read as `param.<id>`; its default is offered at install. */
export interface PackParam {
	readonly id: string;
	readonly name: LocalText;
	readonly unit: string;
	readonly default: number;
	/** Twelve values, January first, where the business has seasons; they hold in their months. */
	readonly months?: readonly number[];
	/** Values from a month on, for everybody or for one unit and those below it. */
	readonly values?: readonly PackParamValue[];
	/** Smallest and largest value that is taken for an answer. */
	readonly min?: number;
	readonly max?: number;
	readonly note?: LocalText;
}

/** A value that a parameter has from a month on. */
export interface PackParamValue {
	/** Month `2026-01` or day `2026-01-15`. */
	readonly from: string;
	readonly value: number;
	/** A client without this unit does not get the value. */
	readonly unit?: string;
}

/** An attribute of people that the schemes read as `employee.<id>`. */
export interface PackAttribute {
	readonly id: string;
	readonly name: LocalText;
	readonly type: 'text' | 'number' | 'boolean' | 'date';
	/** Known values of a text, so that conditions on them can be proved; those with a name are read by it. */
	readonly values?: readonly (string | PackValue)[];
}

/** A value of an attribute with what people read instead of it. */
export interface PackValue {
	readonly value: string;
	readonly name: LocalText;
}

export interface PackManifest {
	readonly id: string;
	readonly version: string;
	/** Engine versions the pack fits. */
	readonly engine: string;
	readonly name: LocalText;
	readonly description: LocalText;
	readonly industry: string;
	readonly authors: readonly string[];
	readonly licence: string;
	readonly params: readonly PackParam[];
	readonly requires: {
		readonly attributes: readonly PackAttribute[];
		/** Records without which nothing can be scored. */
		readonly records: readonly string[];
		/** Metrics without which nothing can be scored. */
		readonly metrics: readonly string[];
	};
}

export interface RecordColumn {
	readonly id: string;
	readonly name: LocalText;
	readonly type: 'text' | 'number' | 'money' | 'date' | 'boolean' | 'choice';
	readonly values?: readonly string[];
}

export interface RecordType {
	readonly id: string;
	readonly name: LocalText;
	/** Columns that identify a record. */
	readonly key: readonly string[];
	readonly date: string;
	/** Column that holds the employee or unit. */
	readonly subject: string;
	readonly columns: readonly RecordColumn[];
	/**
	 * Correction window: so many days after a month's end its records still change its figures;
	 * what comes later changes them only as a visible correction. No end unless given.
	 */
	readonly correction_days?: number;
}

export const PRESET_KINDS = ['people', 'observations', 'records', 'targets'] as const;
export type PresetKind = (typeof PRESET_KINDS)[number];

export const PRESET_TRANSFORMS = ['number', 'percent', 'date', 'trim'] as const;
export type PresetTransform = (typeof PRESET_TRANSFORMS)[number];

/** How a client's export becomes fields: headers that are tried for each target field. */
export interface ImportPreset {
	readonly id: string;
	readonly name: LocalText;
	readonly for: PresetKind;
	/** Header names that recognise the export: all must be present. */
	readonly match: readonly string[];
	readonly columns: ReadonlyMap<
		string,
		{ readonly aliases: readonly string[]; readonly transform?: PresetTransform }
	>;
	readonly period?: { readonly column: string; readonly notation: string };
}

/** A sentence a manager can check. */
export interface PackTest {
	/** One text, or the sentence in both languages. */
	readonly name: string | LocalText;
	readonly scheme: string;
	readonly period: string;
	readonly given: JsonObject;
	readonly expect: JsonObject;
	/** Where it stands, for the report. */
	readonly file: string;
	readonly at: string;
	readonly line: number;
}

export interface PackScheme {
	readonly document: SchemeDocument;
	readonly source: Json;
	readonly file: string;
}

export interface Pack {
	readonly manifest: PackManifest;
	readonly metrics: ReadonlyMap<string, MetricDefinition>;
	readonly records: ReadonlyMap<string, RecordType>;
	readonly schemes: ReadonlyMap<string, PackScheme>;
	readonly tests: readonly PackTest[];
	readonly presets: ReadonlyMap<string, ImportPreset>;
	readonly generator: GeneratorSpec | null;
	readonly readme: string;
	readonly changelog: string;
	readonly sampleReadme: string | null;
	/** SHA-256 over the paths and contents of all files, whatever their order. */
	readonly hash: string;
}
