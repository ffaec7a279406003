/** `quanheng check`: everything that can be said of a scheme before anybody is scored. */
import type { Command } from 'commander';
import { analyseScheme, type SchemeAnalysis } from '#lib/engine/analyse/analyse.ts';
import type { RegionTotal } from '#lib/engine/analyse/weight-findings.ts';
import { hasErrors, type Diagnostic, type Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { parseSchemeText } from '#lib/engine/scheme/validate.ts';
import { dictionaryOf } from '#lib/engine/scheme/variables.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { Inputs } from './inputs.ts';
import { EXIT, localeOf, type ExitCode, type Io } from './io.ts';
import {
	diagnosticLines,
	inFile,
	mergeFindings,
	type FileDiagnostic
} from './print-diagnostics.ts';
import { readScheme } from './read-scheme.ts';

interface CheckOptions {
	readonly metrics?: string;
	readonly data?: string;
	readonly baseline?: string;
	readonly json?: boolean;
	readonly locale?: string;
}

export function registerCheck(program: Command, io: Io, finish: (code: ExitCode) => void): void {
	program
		.command('check')
		.description('static analysis of a scheme / 检查方案')
		.argument('<scheme>', 'the scheme, JSON; - is standard input')
		.option('--metrics <folder>', 'metric files; with them unknown metrics are refused')
		.option('--data <table>', 'history, CSV: adds what only data can tell')
		.option('--baseline <scheme>', 'the scheme in force: tells which data is newly needed')
		.option('--json', 'findings and weights as JSON')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (scheme: string, options: CheckOptions) =>
			finish(await runCheck(io, scheme, options))
		);
}

async function runCheck(io: Io, path: string, options: CheckOptions): Promise<ExitCode> {
	const inputs = new Inputs(io);
	inputs.assertOneStdin(path, options.data, options.baseline);
	const locale = localeOf(io, options.locale);
	const metrics = options.metrics === undefined ? undefined : await inputs.metrics(options.metrics);
	const history = options.data === undefined ? undefined : await inputs.table(options.data);
	const baseline =
		options.baseline === undefined
			? undefined
			: (await readScheme(inputs, options.baseline, {})).scheme;
	const text = await inputs.text(path);
	const { findings, weights } = check(text, inputs.nameOf(path), {
		...(metrics ? { metrics } : {}),
		...(history ? { history } : {}),
		...(baseline ? { baseline } : {})
	});
	if (options.json)
		await io.write(`${JSON.stringify(report(findings, weights, locale), null, '\t')}\n`);
	else await io.write(lines(io, findings, weights, locale));
	return hasErrors(findings) ? EXIT.refused : EXIT.done;
}

interface CheckSetting {
	readonly metrics?: ReadonlyMap<string, MetricDefinition>;
	readonly history?: Table;
	readonly baseline?: SchemeDocument;
}

/** A finding with its file, and the reason where it is waived. */
type CheckedFinding = FileDiagnostic & { readonly waived?: string };

function check(
	text: string,
	file: string,
	setting: CheckSetting
): { findings: CheckedFinding[]; weights: readonly RegionTotal[] } {
	const { metrics, history } = setting;
	// Without a table any well-named attribute and parameter may exist; metrics are known by file.
	const dictionary = history
		? dictionaryOf({ table: history, ...(metrics ? { metrics } : {}) })
		: undefined;
	const known = { ...(metrics ? { metrics } : {}), ...(dictionary ? { dictionary } : {}) };
	const reading = parseSchemeText(text, known);
	const read = inFile(file, reading.diagnostics);
	if (!reading.scheme) return { findings: read, weights: [] };
	const analysis: SchemeAnalysis = analyseScheme(reading.scheme, { ...setting, ...known });
	const checked = inFile(file, analysis.diagnostics).map((found) => ({
		...found,
		...lineOf(found, reading.spans)
	}));
	return { findings: mergeFindings(read, checked), weights: analysis.weights };
}

/** The line of the place, or of the nearest part around it that the text has. */
function lineOf(
	{ at }: Diagnostic,
	spans: ReadonlyMap<string, { readonly line: number }>
): { readonly line?: number } {
	for (let place = at; ; place = place.slice(0, place.lastIndexOf('/'))) {
		const span = spans.get(place);
		if (span) return { line: span.line };
		if (place === '') return {};
	}
}

/** What `--json` prints; the keys are a promise to other programs. */
function report(
	findings: readonly CheckedFinding[],
	weights: readonly RegionTotal[],
	locale: Locale
): object {
	return {
		diagnostics: findings.map(({ code, severity, at, line, message, advice, repairs, waived }) => ({
			code,
			severity,
			at,
			...(line === undefined ? {} : { line }),
			message: message[locale],
			advice: advice[locale],
			...(waived === undefined ? {} : { waived }),
			...(repairs?.[0] ? { repair: worded(repairs[0], locale) } : {}),
			...(repairs && repairs.length > 1
				? { repairs: repairs.map((repair) => worded(repair, locale)) }
				: {})
		})),
		weights: weights.map(({ when, total, example }) => ({
			when: when[locale],
			total,
			...(example ? { example } : {})
		}))
	};
}

function worded(
	{ title, patch }: NonNullable<Diagnostic['repairs']>[number],
	locale: Locale
): object {
	return { title: title[locale], patch };
}

const WORDS = {
	'zh-CN': { waived: '已豁免', repair: '可修复', weights: '权重', none: '没有发现问题。' },
	en: { waived: 'waived', repair: 'repair', weights: 'weights', none: 'Nothing was found.' }
} as const;

function lines(
	io: Io,
	findings: readonly CheckedFinding[],
	weights: readonly RegionTotal[],
	locale: Locale
): string {
	const words = WORDS[locale];
	const colon = locale === 'en' ? ': ' : '：';
	const found = findings.map((finding) => {
		const waived =
			finding.waived === undefined ? '' : `  ${words.waived}${colon}${finding.waived}\n`;
		const repairs = (finding.repairs ?? []).map(
			({ title }) => `  ${words.repair}${colon}${title[locale]}\n`
		);
		return diagnosticLines(io, finding, locale) + waived + repairs.join('');
	});
	const totals = weights.map(
		({ when, total }) => `${words.weights} ${when[locale]}${colon}${total} %\n`
	);
	return `${found.join('')}${totals.join('')}${findings.length === 0 ? `${words.none}\n` : ''}`;
}
