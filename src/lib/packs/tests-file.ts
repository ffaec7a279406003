/** Reads `tests/<scheme>.yaml`: sentences that a manager can check. */
import { pointer } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { Fields, foundWords, isObject } from './fields.ts';
import type { FileReport, LineOf } from './finding.ts';
import type { PackTest } from './pack.ts';

/** What a test may expect; `items.<id>.…` beside these. */
const EXPECTABLE: ReadonlySet<string> = new Set(['status', 'score', 'grade', 'payout', 'insights']);
const EXPECTABLE_ITEM = /^items\.[A-Za-z][A-Za-z0-9_-]*\.(score|points|weight)$/;

const PERIOD = /^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$/;

/** Gives the tests of one file; what is wrong with the others has been reported. */
export function readTests(value: Json, report: FileReport, lineOf: LineOf): PackTest[] {
	if (!Array.isArray(value)) {
		report.add('field_type', '', { expected: 'a list of tests', found: foundWords(value) });
		return [];
	}
	return value.flatMap((entry: Json, index) => {
		const at = pointer('', index);
		const fields = Fields.open(entry, at, report);
		const test = fields && readTest(fields, report);
		return test ? [{ ...test, file: report.file, at, line: lineOf(at) ?? 1 }] : [];
	});
}

/** A sentence in one language or in both. */
function readName(fields: Fields): PackTest['name'] | undefined {
	return isObject(fields.raw('name')) ? fields.text('name') : fields.string('name', 'a sentence');
}

function readTest(
	fields: Fields,
	report: FileReport
): Omit<PackTest, 'file' | 'at' | 'line'> | null {
	const name = readName(fields);
	const scheme = fields.string('scheme', 'the id of a scheme');
	const period = fields.string('period', 'a period such as 2025-03');
	const given = fields.required('given', 'variables and their values');
	const expect = fields.required('expect', 'what must come out');
	fields.finish();
	if (period !== undefined && !PERIOD.test(period)) {
		fields.fail('field_type', 'period', {
			expected: 'a period such as 2025-03',
			found: foundWords(period)
		});
		return null;
	}
	if (given !== undefined && !isObject(given)) {
		fields.fail('field_type', 'given', { expected: 'an object', found: foundWords(given) });
		return null;
	}
	if (expect !== undefined && !isObject(expect)) {
		fields.fail('field_type', 'expect', { expected: 'an object', found: foundWords(expect) });
		return null;
	}
	if (
		name === undefined ||
		scheme === undefined ||
		period === undefined ||
		given === undefined ||
		expect === undefined
	) {
		return null;
	}
	const expected = Object.keys(expect);
	if (expected.length === 0) fields.fail('test_empty', 'expect');
	for (const field of expected) {
		if (!EXPECTABLE.has(field) && !EXPECTABLE_ITEM.test(field)) {
			report.add('test_expect_unknown', pointer(fields.place('expect'), field), { field });
		}
	}
	return { name, scheme, period, given, expect };
}
