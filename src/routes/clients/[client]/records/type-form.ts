/** A record type as the rows of a form, and back. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { RecordColumn, RecordType } from '#lib/packs/pack.ts';

type Words = { 'zh-CN': string; en: string };

export interface ColumnForm {
	id: string;
	name: Words;
	type: RecordColumn['type'];
	/** One choice a line. */
	values: string;
	isKey: boolean;
	/** Kept while records exist: its id and type are fixed. */
	readonly isFixed: boolean;
}

export interface TypeForm {
	id: string;
	name: Words;
	columns: ColumnForm[];
	date: string;
	subject: string;
	correctionDays: number | null;
}

export const newColumn = (): ColumnForm => ({
	id: '',
	name: { 'zh-CN': '', en: '' },
	type: 'text',
	values: '',
	isKey: false,
	isFixed: false
});

/** The form of a type; of a new one a start that most exports share. */
export function toForm(type: RecordType | null, hasRecords: boolean): TypeForm {
	if (!type) {
		return {
			id: '',
			name: { 'zh-CN': '', en: '' },
			columns: [
				{ ...newColumn(), id: 'number', name: { 'zh-CN': '单号', en: 'Number' }, isKey: true },
				{ ...newColumn(), id: 'employee', name: { 'zh-CN': '工号', en: 'Employee id' } },
				{ ...newColumn(), id: 'date', name: { 'zh-CN': '日期', en: 'Date' }, type: 'date' }
			],
			date: 'date',
			subject: 'employee',
			correctionDays: null
		};
	}
	return {
		id: type.id,
		name: { ...type.name },
		columns: type.columns.map(({ id, name, type: kind, values }) => ({
			id,
			name: { ...name },
			type: kind,
			values: (values ?? []).join('\n'),
			isKey: type.key.includes(id),
			isFixed: hasRecords
		})),
		date: type.date,
		subject: type.subject,
		correctionDays: type.correction_days ?? null
	};
}

/** One language stands for both where the other is blank. */
function both({ 'zh-CN': zh, en }: Words): LocalText {
	return { 'zh-CN': zh.trim() || en.trim(), en: en.trim() || zh.trim() };
}

/** The type that a form describes; judged where it is saved. */
export function toRecordType(form: TypeForm): RecordType {
	return {
		id: form.id.trim(),
		name: both(form.name),
		key: form.columns.filter(({ isKey }) => isKey).map(({ id }) => id.trim()),
		date: form.date,
		subject: form.subject,
		columns: form.columns.map(({ id, name, type, values }) => {
			const choices = values
				.split('\n')
				.map((line) => line.trim())
				.filter(Boolean);
			return {
				id: id.trim(),
				name: both(name),
				type,
				...(type === 'choice' ? { values: choices } : {})
			};
		}),
		...(form.correctionDays === null ? {} : { correction_days: form.correctionDays })
	};
}
