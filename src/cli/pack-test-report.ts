/** What `pack test` says: PASS, FAIL and ERROR lines, and what no test reached. */
import type { Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import type { PackTestReport, TestResult } from '#lib/packs/run-pack-tests.ts';
import { traceLines } from './eval.ts';
import { colour, type Io } from './io.ts';

const WORDS = {
	'zh-CN': {
		expected: '期望',
		found: '实际',
		unreached: '没有测试到达',
		reason: '理由',
		kinds: {
			branch: '分支',
			otherwise: '否则',
			step: '档位',
			below_steps: '低于第一档',
			holds: '条件成立',
			fails: '条件不成立'
		}
	},
	en: {
		expected: 'expected',
		found: 'found',
		unreached: 'never reached',
		reason: 'reason',
		kinds: {
			branch: 'branch',
			otherwise: 'otherwise',
			step: 'step',
			below_steps: 'below the first step',
			holds: 'condition holds',
			fails: 'condition fails'
		}
	}
} as const;

const VERDICT_COLOURS = { PASS: 'green', FAIL: 'red', ERROR: 'red' } as const;

/** The report of one pack as lines. */
export function testReportLines(
	io: Io,
	folder: string,
	report: PackTestReport,
	locale: Locale
): string {
	const words = WORDS[locale];
	const lines = report.results.map((result) => resultLines(io, folder, result, locale));
	const unreached = report.unreached.map(
		({ scheme, at, kind, reason }) =>
			`${colour(io, 'yellow', words.unreached)} ${scheme} ${at} (${words.kinds[kind]})${
				reason === null ? '' : ` ${words.reason}: ${reason}`
			}\n`
	);
	const total = `${report.pack} ${report.version}: PASS ${report.passed}, FAIL ${report.failed}, ERROR ${report.errors}\n`;
	return [...lines, ...unreached, total].join('');
}

function resultLines(io: Io, folder: string, result: TestResult, locale: Locale): string {
	const words = WORDS[locale];
	const place = `${folder}/${result.file}${result.line === null ? '' : `:${result.line}`}`;
	const verdict = colour(io, VERDICT_COLOURS[result.verdict], result.verdict);
	const head = `${verdict} ${place} ${result.names[locale]}\n`;
	const error = result.error === undefined ? '' : `  ${result.error}\n`;
	const mismatches = result.mismatches.map(
		({ field, expected, found, trace }) =>
			`  ${field}: ${words.expected} ${JSON.stringify(expected)}, ${words.found} ${JSON.stringify(found)}\n${
				trace ? traceLines(trace, 1) : ''
			}`
	);
	return head + error + mismatches.join('');
}

/** The record that `--json` prints of one pack. */
export function testReportRecord(folder: string, report: PackTestReport): object {
	return {
		folder,
		pack: report.pack,
		version: report.version,
		passed: report.passed,
		failed: report.failed,
		errors: report.errors,
		tests: report.results.map(({ name, scheme, file, line, verdict, mismatches, error }) => ({
			name,
			scheme,
			file,
			line,
			verdict,
			...(mismatches.length > 0 ? { mismatches } : {}),
			...(error === undefined ? {} : { error })
		})),
		unreached: report.unreached
	};
}
