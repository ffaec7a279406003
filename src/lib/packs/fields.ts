/** Reads the fields of one record strictly: right type, right form, nothing left over. */
import { LOCALES, pointer, type LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import type { FileReport, PackCode } from './finding.ts';

/** How the ids of one kind of thing are written. */
export interface IdForm {
	readonly pattern: RegExp;
	readonly name: string;
	readonly example: string;
}

export const SNAKE_CASE: IdForm = {
	pattern: /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/,
	name: 'snake_case',
	example: 'repeat_rate'
};
export const KEBAB_CASE: IdForm = {
	pattern: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
	name: 'kebab-case',
	example: 'freight-forwarding'
};

/** True for a plain object (not an array, not null). */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names what was found, for a message: short, never a whole document. */
export function foundWords(value: unknown): string {
	if (value === undefined) return 'nothing';
	const text = JSON.stringify(value) ?? String(value);
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** One record and the fields read from it so far. `finish` reports what nobody asked for. */
export class Fields {
	readonly at: string;
	readonly #record: JsonObject;
	readonly #report: FileReport;
	readonly #known = new Set<string>();

	private constructor(record: JsonObject, at: string, report: FileReport) {
		this.#record = record;
		this.at = at;
		this.#report = report;
	}

	/** Opens a record, or reports that the value is none. */
	static open(value: Json | undefined, at: string, report: FileReport): Fields | null {
		if (!isObject(value)) {
			report.add('field_type', at, { expected: 'an object', found: foundWords(value) });
			return null;
		}
		return new Fields(value, at, report);
	}

	place(field: string): string {
		return pointer(this.at, field);
	}

	fail(code: PackCode, field: string, details: Record<string, string | number> = {}): void {
		this.#report.add(code, this.place(field), details);
	}

	/** The raw value; `undefined` when absent. */
	raw(field: string): Json | undefined {
		this.#known.add(field);
		return Object.hasOwn(this.#record, field) ? this.#record[field] : undefined;
	}

	required(field: string, expected: string): Json | undefined {
		const value = this.raw(field);
		if (value === undefined || value === null) {
			this.#report.add('field_missing', this.at, { field, expected });
			return undefined;
		}
		return value;
	}

	string(field: string, expected = 'a text'): string | undefined {
		const value = this.required(field, expected);
		return value === undefined ? undefined : this.#asString(value, field, expected);
	}

	optionalString(field: string): string | undefined {
		const value = this.raw(field);
		return value === undefined || value === null
			? undefined
			: this.#asString(value, field, 'a text');
	}

	number(field: string, expected = 'a number'): number | undefined {
		const value = this.required(field, expected);
		if (value === undefined) return undefined;
		if (typeof value === 'number') return value;
		this.fail('field_type', field, { expected, found: foundWords(value) });
		return undefined;
	}

	optionalNumber(field: string): number | undefined {
		const value = this.raw(field);
		return value === undefined || value === null ? undefined : this.number(field);
	}

	id(field: string, form: IdForm): string | undefined {
		const value = this.string(field, `an id in ${form.name}`);
		if (value === undefined) return undefined;
		if (form.pattern.test(value)) return value;
		this.fail('id_form', field, { id: value, expected: form.name, example: form.example });
		return undefined;
	}

	oneOf<const T extends string>(field: string, allowed: readonly T[]): T | undefined {
		const value = this.string(field, `one of ${allowed.join(', ')}`);
		const known = allowed.find((word) => word === value);
		if (value !== undefined && known === undefined) {
			this.fail('field_type', field, {
				expected: `one of ${allowed.join(', ')}`,
				found: foundWords(value)
			});
		}
		return known;
	}

	text(field: string): LocalText | undefined {
		const value = this.required(field, 'a text in zh-CN and en');
		return value === undefined ? undefined : readText(value, this.place(field), this.#report);
	}

	optionalText(field: string): LocalText | undefined {
		const value = this.raw(field);
		return value === undefined || value === null
			? undefined
			: readText(value, this.place(field), this.#report);
	}

	/** The entries of a list; an absent optional list is empty. */
	list(field: string, isRequired = false): readonly Json[] {
		const value = isRequired ? this.required(field, 'a list') : this.raw(field);
		if (value === undefined || value === null) return [];
		if (Array.isArray(value)) return value as readonly Json[];
		this.fail('field_type', field, { expected: 'a list', found: foundWords(value) });
		return [];
	}

	strings(field: string, isRequired = false): readonly string[] {
		return this.list(field, isRequired).flatMap((entry, index) => {
			if (typeof entry === 'string') return [entry];
			this.#report.add('field_type', pointer(this.place(field), index), {
				expected: 'a text',
				found: foundWords(entry)
			});
			return [];
		});
	}

	/** The records of a list, each opened. */
	records(field: string, isRequired = false): readonly Fields[] {
		return this.list(field, isRequired).flatMap((entry, index) => {
			const opened = Fields.open(entry, pointer(this.place(field), index), this.#report);
			return opened ? [opened] : [];
		});
	}

	optionalRecord(field: string): Fields | null {
		const value = this.raw(field);
		if (value === undefined || value === null) return null;
		return Fields.open(value, this.place(field), this.#report);
	}

	keys(): readonly string[] {
		return Object.keys(this.#record);
	}

	/** Reports the fields that were not asked for. */
	finish(): void {
		for (const field of Object.keys(this.#record)) {
			if (this.#known.has(field)) continue;
			this.fail('field_unknown', field, { field, allowed: [...this.#known].join(', ') });
		}
	}

	#asString(value: Json, field: string, expected: string): string | undefined {
		if (typeof value === 'string' && value !== '') return value;
		this.fail('field_type', field, { expected, found: foundWords(value) });
		return undefined;
	}
}

/** Reads a text shown to people: both languages, nothing but words. */
function readText(value: Json, at: string, report: FileReport): LocalText | undefined {
	if (!isObject(value)) {
		report.add('field_type', at, {
			expected: 'a text in zh-CN and en',
			found: foundWords(value)
		});
		return undefined;
	}
	for (const key of Object.keys(value)) {
		if (!LOCALES.some((locale) => locale === key)) {
			report.add('field_unknown', pointer(at, key), { field: key, allowed: LOCALES.join(', ') });
		}
	}
	const read = LOCALES.map((locale) => {
		const text = value[locale];
		if (typeof text !== 'string' || text.trim() === '') {
			report.add('text_language_missing', at, { locale });
			return undefined;
		}
		return checkWords(text, pointer(at, locale), report);
	});
	const [chinese, english] = read;
	return chinese === undefined || english === undefined
		? undefined
		: { 'zh-CN': chinese, en: english };
}

/** Refuses markup and characters that reorder or hide text. */
export function checkWords(text: string, at: string, report: FileReport): string | undefined {
	const markup = /<[a-z!/?][^>]*>?/i.exec(text)?.[0];
	if (markup !== undefined) {
		report.add('text_unsafe', at, { found: markup.slice(0, 40) });
		return undefined;
	}
	const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069]/.exec(text)?.[0];
	if (invisible !== undefined) {
		const code = (invisible.codePointAt(0) ?? 0).toString(16).toUpperCase();
		report.add('text_unsafe', at, { found: `U+${code}` });
		return undefined;
	}
	return text;
}
