/** Reads `pack.yaml`. */
import { SNAKE_CASE, KEBAB_CASE, checkWords, type Fields } from './fields.ts';
import type { FileReport } from './finding.ts';
import type { PackAttribute, PackManifest, PackParam } from './pack.ts';
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
	const params = fields.records('params').flatMap(readParam);
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
	const min = fields.optionalNumber('min');
	const max = fields.optionalNumber('max');
	const note = fields.optionalText('note');
	fields.finish();
	if (id === undefined || !name || unit === undefined || value === undefined) return [];
	for (const [field, given] of [['default', [value]] as const, ['months', months ?? []] as const]) {
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

function readRequires(fields: Fields, report: FileReport): PackManifest['requires'] {
	const requires = fields.optionalRecord('requires');
	if (!requires) return { attributes: [], records: [], metrics: [] };
	const attributes = requires.records('attributes').flatMap(readAttribute);
	reportDuplicates(attributes, requires.place('attributes'), report);
	const records = requires.strings('records');
	const metrics = requires.strings('metrics');
	requires.finish();
	return { attributes, records, metrics };
}

function readAttribute(fields: Fields): PackAttribute[] {
	const id = fields.id('id', SNAKE_CASE);
	const name = fields.text('name');
	const type = fields.oneOf('type', ['text', 'number', 'boolean', 'date']);
	const values = fields.strings('values');
	fields.finish();
	if (id === undefined || !name || !type) return [];
	return [{ id, name, type, ...(values.length > 0 ? { values } : {}) }];
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
