/** Reads `records/<id>.yaml` and `presets/<id>.yaml`. */
import { KEBAB_CASE, SNAKE_CASE, type Fields } from './fields.ts';
import type { FileReport } from './finding.ts';
import { reportDuplicates } from './manifest.ts';
import {
	PRESET_KINDS,
	PRESET_TRANSFORMS,
	type ImportPreset,
	type PresetTransform,
	type RecordColumn,
	type RecordType
} from './pack.ts';

/** Types a column of a record may have. */
export const COLUMN_TYPES = ['text', 'number', 'money', 'date', 'boolean', 'choice'] as const;

/** Gives the record type, or null after reporting what is wrong. */
export function readRecordType(fields: Fields, report: FileReport): RecordType | null {
	const id = fields.id('id', SNAKE_CASE);
	const name = fields.text('name');
	const key = fields.strings('key', true);
	const date = fields.string('date', 'a column of type date');
	const subject = fields.string('subject', 'the column that holds the employee or unit');
	const correctionDays = fields.optionalNumber('correction_days');
	const columns = fields.records('columns', true).flatMap(readColumn);
	fields.finish();
	if (correctionDays !== undefined && !isDays(correctionDays)) {
		fields.fail('field_type', 'correction_days', {
			expected: 'a whole number of days from 0 to 3660',
			found: String(correctionDays)
		});
	}
	if (key.length === 0) {
		fields.fail('field_type', 'key', { expected: 'at least one column', found: '[]' });
	}
	const dated = columns.find((column) => column.id === date);
	if (dated && dated.type !== 'date') {
		fields.fail('field_type', 'date', { expected: 'a column of type date', found: dated.type });
	}
	reportDuplicates(columns, fields.place('columns'), report);

	const known = columns.map((column) => column.id);
	const named = [
		...key.map((column) => ['key', column] as const),
		...(date === undefined ? [] : [['date', date] as const]),
		...(subject === undefined ? [] : [['subject', subject] as const])
	];
	for (const [field, column] of named) {
		if (!known.includes(column)) {
			fields.fail('reference_unknown', field, {
				what: 'column',
				id: column,
				known: known.join(', ')
			});
		}
	}
	if (id === undefined || !name || date === undefined || subject === undefined) return null;
	const window = correctionDays === undefined ? {} : { correction_days: correctionDays };
	return { id, name, key, date, subject, columns, ...window };
}

/** Ten years: longer than anybody corrects anything. */
function isDays(value: number): boolean {
	return Number.isInteger(value) && value >= 0 && value <= 3660;
}

function readColumn(fields: Fields): RecordColumn[] {
	const id = fields.id('id', SNAKE_CASE);
	const name = fields.text('name');
	const type = fields.oneOf('type', COLUMN_TYPES);
	const values = fields.strings('values', type === 'choice');
	fields.finish();
	if (id === undefined || !name || !type) return [];
	return [{ id, name, type, ...(values.length > 0 ? { values } : {}) }];
}

/** Gives the import preset, or null after reporting what is wrong. */
export function readPreset(fields: Fields): ImportPreset | null {
	const id = fields.id('id', KEBAB_CASE);
	const name = fields.text('name');
	const kind = fields.oneOf('for', PRESET_KINDS);
	const match = fields.strings('match', true);
	const columns = readPresetColumns(fields);
	const period = fields.optionalRecord('period');
	const column = period?.string('column', 'a header of the export');
	const notation = period?.string('notation', 'a notation such as YYYY-MM');
	period?.finish();
	fields.finish();
	if (id === undefined || !name || !kind) return null;
	const periodPart =
		column === undefined || notation === undefined ? {} : { period: { column, notation } };
	return { id, name, for: kind, match, columns, ...periodPart };
}

function readPresetColumns(fields: Fields): ImportPreset['columns'] {
	const columns = new Map<string, { aliases: readonly string[]; transform?: PresetTransform }>();
	fields.required('columns', 'target fields with the headers that hold them');
	const record = fields.optionalRecord('columns');
	for (const target of record?.keys() ?? []) {
		const column = record?.optionalRecord(target);
		if (!column) continue;
		const aliases = column.strings('aliases', true);
		const isTransformed = column.raw('transform') !== undefined;
		const transform = isTransformed ? column.oneOf('transform', PRESET_TRANSFORMS) : undefined;
		column.finish();
		columns.set(target, { aliases, ...(transform ? { transform } : {}) });
	}
	return columns;
}
