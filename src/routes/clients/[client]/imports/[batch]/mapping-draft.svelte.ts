/** The mapping that a person is at: columns, constants, condition and options, until it is sent. */
import { toWire } from '#lib/contract/base.ts';
import {
	columnTransform,
	importMapping,
	type ColumnTransform,
	type ImportMapping
} from '#lib/contract/import-mapping.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { filterForm, filterRule, type FilterForm } from './filter-rows.ts';

export interface MappingField {
	readonly id: string;
	readonly name: LocalText;
	readonly required: boolean;
	readonly type: string;
	readonly isMoney: boolean;
}

export interface Suggestion {
	readonly column: string;
	readonly field: string | null;
	readonly confidence: number;
	readonly reasons: readonly LocalText[];
	readonly samples: readonly string[];
	readonly transform?: ColumnTransform;
	readonly unit?: {
		readonly word: string;
		readonly confidence: number;
		readonly reasons: readonly LocalText[];
	};
}

export type Transform = { -readonly [K in keyof ColumnTransform]: ColumnTransform[K] };

export interface DraftColumn {
	readonly key: number;
	readonly column: string;
	field: string;
	transform: Transform;
	/** Further columns, joined behind this one. */
	joined: string[];
	join: string;
	/** Somebody should look before it is taken. */
	isDoubtful: boolean;
	readonly suggestion: Suggestion | null;
}

export interface DraftConstant {
	readonly key: number;
	field: string;
	value: string;
}

/** How employees are found: by their id as it stands, or by another rule that somebody chose. */
export type PersonRule = 'exact' | 'loose' | 'pad' | 'name' | `attribute.${string}`;

/** From here on a suggestion is taken without asking. */
const SURE = 0.9;
const TRUSTED_UNIT = 0.5;

export interface DraftStart {
	readonly kind: string;
	readonly fields: readonly MappingField[];
	readonly suggestions: readonly Suggestion[];
	/** The mapping at hand: that of the batch, or of a preset. */
	readonly saved: ImportMapping | null;
	/** The field that holds the person or unit of a record. */
	readonly subjectField: string | null;
}

export class MappingDraft {
	readonly kind: string;
	readonly fields: readonly MappingField[];
	readonly suggestions: readonly Suggestion[];
	readonly #saved: ImportMapping | null;
	readonly #personField: string;
	#keys = 0;

	columns = $state<DraftColumn[]>([]);
	constants = $state<DraftConstant[]>([]);
	filter = $state<FilterForm>({ join: 'all', rows: [], opaque: null });
	matchOn = $state('');
	createUnits = $state(true);
	validFrom = $state('');
	spreadMonths = $state<number | null>(null);

	constructor({ kind, fields, suggestions, saved, subjectField }: DraftStart) {
		this.kind = kind;
		this.fields = fields;
		this.suggestions = suggestions;
		this.#saved = saved;
		this.#personField = subjectField ?? 'employee';
		this.columns = saved ? this.#fromSaved(saved) : suggestions.map((one) => this.#suggested(one));
		this.constants = (saved?.constants ?? []).map(({ field, value }) => ({
			key: this.#key(),
			field,
			value
		}));
		this.filter = filterForm(saved);
		this.matchOn = saved?.matchOn ?? '';
		this.createUnits = saved?.createUnits ?? true;
		this.validFrom = saved?.validFrom ?? '';
		this.spreadMonths = saved?.spreadMonths ?? null;
		const lacksPeriod = fields.some(({ id, required }) => id === 'period' && required);
		if (lacksPeriod && !this.taken.has('period')) this.addConstant('period');
	}

	#key(): number {
		this.#keys += 1;
		return this.#keys;
	}

	#suggested(suggestion: Suggestion): DraftColumn {
		const { column, field, confidence, transform, unit } = suggestion;
		const isUnsure = confidence < SURE || (unit !== undefined && unit.confidence < TRUSTED_UNIT);
		return {
			key: this.#key(),
			column,
			field: field ?? '',
			transform: { ...transform },
			joined: [],
			join: ' ',
			isDoubtful: field !== null && isUnsure,
			suggestion
		};
	}

	#fromSaved(saved: ImportMapping): DraftColumn[] {
		const kept = saved.columns.map(({ field, columns, join, transform }): DraftColumn => ({
			key: this.#key(),
			column: columns[0] ?? '',
			field,
			transform: { ...transform },
			joined: columns.slice(1),
			join: join ?? ' ',
			isDoubtful: false,
			suggestion: this.suggestions.find(({ column }) => column === columns[0]) ?? null
		}));
		return this.suggestions.flatMap((suggestion) => {
			const own = kept.filter(({ column }) => column === suggestion.column);
			const unmapped = { ...this.#suggested(suggestion), field: '', isDoubtful: false };
			return own.length > 0 ? own : [unmapped];
		});
	}

	/** Fields that a column or a constant fills. */
	get taken(): ReadonlySet<string> {
		const told = this.constants.filter(({ value }) => value.trim() !== '');
		const all = [...this.columns, ...told].map(({ field }) => field);
		return new Set(all.filter((field) => field !== ''));
	}

	/** Required fields that nothing fills. */
	get missing(): readonly MappingField[] {
		const told = new Set(this.columns.map(({ field }) => field));
		for (const { field, value } of this.constants) if (value.trim() !== '') told.add(field);
		return this.fields.filter(
			({ id, required }) =>
				required && !told.has(id) && !(this.kind === 'people' && id === 'employee' && this.matchOn)
		);
	}

	/** Columns of the file that nothing is made of. */
	get ignored(): readonly string[] {
		const used = new Set(
			this.columns.flatMap(({ field, column, joined }) => (field === '' ? [] : [column, ...joined]))
		);
		return this.suggestions.map(({ column }) => column).filter((column) => !used.has(column));
	}

	typeOf(field: string): string {
		return this.fields.find(({ id }) => id === field)?.type ?? '';
	}

	isMoney(field: string): boolean {
		return field === 'value' || (this.fields.find(({ id }) => id === field)?.isMoney ?? false);
	}

	/** Says what a column means; a value for every row that was left blank gives way. */
	assign(row: DraftColumn, field: string): void {
		row.field = field;
		row.isDoubtful = false;
		this.constants = this.constants.filter(
			(constant) => constant.field !== field || constant.value.trim() !== ''
		);
	}

	/** Maps the same column to another field as well. */
	useAgain(row: DraftColumn): void {
		const at = this.columns.indexOf(row);
		const { column, suggestion } = row;
		this.columns.splice(at + 1, 0, {
			key: this.#key(),
			column,
			field: '',
			transform: {},
			joined: [],
			join: ' ',
			isDoubtful: false,
			suggestion
		});
	}

	addConstant(field = ''): void {
		this.constants.push({ key: this.#key(), field, value: '' });
	}

	removeConstant(key: number): void {
		this.constants = this.constants.filter((constant) => constant.key !== key);
	}

	/** The column that says who a row is about, where it holds ids. */
	get personColumn(): DraftColumn | undefined {
		return this.columns.find(({ field }) => field === this.#personField);
	}

	get personRule(): PersonRule {
		if (this.matchOn === 'name') return 'name';
		if (this.matchOn !== '') return `attribute.${this.matchOn}`;
		const { looseId, pad } = this.personColumn?.transform ?? {};
		return pad === undefined ? (looseId ? 'loose' : 'exact') : 'pad';
	}

	set personRule(rule: PersonRule) {
		const { transform } = this.personColumn ?? { transform: {} as Transform };
		delete transform.looseId;
		delete transform.pad;
		this.matchOn = '';
		if (rule === 'loose') transform.looseId = true;
		else if (rule === 'pad') transform.pad = 6;
		else if (rule === 'name') this.matchOn = 'name';
		else if (rule !== 'exact') this.matchOn = rule.slice('attribute.'.length);
	}

	/** As it is sent; what was set back to “as usual” is left out. */
	get wire(): Record<string, unknown> {
		const filter = filterRule(this.filter);
		const repairs = this.#saved
			? (toWire(importMapping, this.#saved) as { repairs?: unknown[] }).repairs
			: undefined;
		return {
			columns: this.columns
				.filter(({ field }) => field !== '')
				.map(({ field, column, joined, join, transform }) => ({
					field,
					columns: [column, ...joined],
					...(joined.length === 0 ? {} : { join }),
					transform: toWire(columnTransform, cleaned(transform))
				})),
			constants: this.constants
				.filter(({ field, value }) => field !== '' && value.trim() !== '')
				.map(({ field, value }) => ({ field, value: value.trim() })),
			where: [],
			repairs: repairs ?? [],
			...(filter === undefined ? {} : { filter }),
			...(this.matchOn === '' ? {} : { match_on: this.matchOn }),
			...(this.kind === 'people' ? { create_units: this.createUnits } : {}),
			...(this.validFrom === '' ? {} : { valid_from: this.validFrom }),
			...(this.spreadMonths === null ? {} : { spread_months: this.spreadMonths })
		};
	}
}

function cleaned(transform: Transform): ColumnTransform {
	return Object.fromEntries(
		Object.entries(transform).filter(
			([key, value]) =>
				value !== undefined &&
				value !== false &&
				!(key === 'values' && Object.keys(value as object).length === 0)
		)
	);
}
