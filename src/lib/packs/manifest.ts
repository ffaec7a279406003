/** Reads `pack.yaml`. */
import type { Json } from '#lib/engine/logic/rule.ts';
import { SNAKE_CASE, KEBAB_CASE, checkWords, Fields } from './fields.ts';
import { pointer } from '#lib/engine/diagnostics/diagnostic.ts';
import { foundWords, isObject } from './fields.ts';
import type { FileReport } from './finding.ts';
import type { PackAttribute, PackManifest, PackParam, PackParamValue, PackValue } from './pack.ts';
import { parseRange, parseVersion } from './semver.ts';

/** Gives the manifest, or null after reporting what is wrong. */
export function readManifest(
	fields: Fields,
	report: FileReport,
	engineVersion: string | null
): PackManifest | null {
	const id = fields.id('id', KEBAB_CASE);
	const version = fields.string('version', 'a version such as 1.0.0');
	const engine = fields.string('engine', 'a range of engine versions such as ^0.1.0');
	const name = fields.text('name');
	const description = fields.text('description');
	const industry = fields.id('industry', KEBAB_CASE);
	const authors = fields
		.strings('authors', true)
		.filter((author) => checkWords(author, fields.place('authors'), report) !== undefined);
	const licence = fields.string('licence', 'a licence such as MIT');
	const params = fields.records('params').flatMap((param) => readParam(param));
	reportDuplicates(params, fields.place('params'), report);
	const requires = readRequires(fields, report);
	fields.finish();

	if (version !== undefined && !parseVersion(version)) {
		fields.fail('version_form', 'version', { found: version });
	}
	if (engine !== undefined) {
		const range = parseRange(engine);
		const running = engineVersion === null ? null : parseVersion(engineVersion);
		if (!range) fields.fail('engine_range', 'engine', { found: engine });
		else if (running && !range(running)) {
			fields.fail('engine_unsupported', 'engine', { range: engine, found: engineVersion ?? '-' });
		}
	}
	if (
		id === undefined ||
		version === undefined ||
		engine === undefined ||
		!name ||
		!description ||
		industry === undefined ||
		licence === undefined
	) {
		return null;
	}
	return { id, version, engine, name, description, industry, authors, licence, params, requires };
}

function readParam(fields: Fields): PackParam[] {
	const id = fields.id('id', SNAKE_CASE);
	const name = fields.text('name');
	const unit = fields.string('unit', 'a unit');
	const value = fields.number('default');
	const months = readMonths(fields);
	const values = fields.records('values').flatMap(readParamValue);
	const min = fields.optionalNumber('min');
	const max = fields.optionalNumber('max');
	const note = fields.optionalText('note');
	fields.finish();
	if (id === undefined || !name || unit === undefined || value === undefined) return [];
	for (const [field, given] of [
		['default', [value]],
		['months', months ?? []],
		['values', values.map((dated) => dated.value)]
	] as const) {
		for (const figure of given) {
			if (figure >= (min ?? -Infinity) && figure <= (max ?? Infinity)) continue;
			fields.fail('param_outside', field, {
				found: figure,
				min: min ?? '-',
				max: max ?? '-'
			});
		}
	}
	return [
		{
			id,
			name,
			unit,
			default: value,
			...(months ? { months } : {}),
			...(values.length > 0 ? { values } : {}),
			...(min === undefined ? {} : { min }),
			...(max === undefined ? {} : { max }),
			...(note ? { note } : {})
		}
	];
}

function readMonths(fields: Fields): readonly number[] | undefined {
	if (fields.raw('months') === undefined) return undefined;
	const months = fields.list('months').filter((entry) => typeof entry === 'number');
	if (months.length === MONTHS && fields.list('months').length === MONTHS) return months;
	fields.fail('field_type', 'months', {
		expected: 'twelve numbers',
		found: `${months.length} numbers`
	});
	return undefined;
}

const MONTHS = 12;

/** A month or a day, as dates of parameters are written. */
const FROM = /^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/;

function readParamValue(fields: Fields): PackParamValue[] {
	const from = fields.string('from', 'a month such as 2026-01');
	const value = fields.number('value');
	const unit = fields.optionalString('unit');
	fields.finish();
	if (from === undefined || value === undefined) return [];
	if (!FROM.test(from)) {
		fields.fail('field_type', 'from', {
			expected: 'a month such as 2026-01',
			found: foundWords(from)
		});
		return [];
	}
	return [{ from, value, ...(unit === undefined ? {} : { unit }) }];
}

function readRequires(fields: Fields, report: FileReport): PackManifest['requires'] {
	const requires = fields.optionalRecord('requires');
	if (!requires) return { attributes: [], records: [], metrics: [] };
	const attributes = requires
		.records('attributes')
		.flatMap((attribute) => readAttribute(attribute, report));
	reportDuplicates(attributes, requires.place('attributes'), report);
	const records = requires.strings('records');
	const metrics = requires.strings('metrics');
	requires.finish();
	return { attributes, records, metrics };
}

function readAttribute(fields: Fields, report: FileReport): PackAttribute[] {
	const id = fields.id('id', SNAKE_CASE);
	const name = fields.text('name');
	const type = fields.oneOf('type', ['text', 'number', 'boolean', 'date']);
	const values = fields
		.list('values')
		.flatMap((entry, index) => readValue(entry, pointer(fields.place('values'), index), report));
	reportDuplicates(
		values.map((value) => ({ id: valueOf(value) })),
		fields.place('values'),
		report
	);
	fields.finish();
	if (id === undefined || !name || !type) return [];
	return [{ id, name, type, ...(values.length > 0 ? { values } : {}) }];
}

/** A value alone, or with its name in both languages. */
function readValue(entry: Json, at: string, report: FileReport): (string | PackValue)[] {
	if (typeof entry === 'string') return [entry];
	if (!isObject(entry)) {
		report.add('field_type', at, { expected: 'a text', found: foundWords(entry) });
		return [];
	}
	const fields = Fields.open(entry, at, report);
	const value = fields?.string('value');
	const name = fields?.text('name');
	fields?.finish();
	return value === undefined || !name ? [] : [{ value, name }];
}

/** The value as data hold it. */
export function valueOf(value: string | PackValue): string {
	return typeof value === 'string' ? value : value.value;
}

/** Reports ids that a list uses twice. */
export function reportDuplicates(
	entries: readonly { readonly id: string }[],
	at: string,
	report: FileReport
): void {
	const seen = new Set<string>();
	for (const { id } of entries) {
		if (seen.has(id)) report.add('id_duplicate', at, { id });
		seen.add(id);
	}
}
