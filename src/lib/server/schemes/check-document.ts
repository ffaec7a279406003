import { analyseScheme } from '../../engine/analyse/analyse.ts';
import type { Diagnostic, LocalText, Locale } from '../../engine/diagnostics/diagnostic.ts';
import type { JsonObject } from '../../engine/logic/rule.ts';
import type { SchemeDocument } from '../../engine/scheme/document.ts';
import { runExamples } from '../../engine/score/examples.ts';
import { prepareScheme } from '../../engine/score/prepare.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { clientDictionary } from '../metrics/client-dictionary.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { readVersion } from '../versions/read.ts';
import { schemeProblems } from './problems.ts';

/** What is checked: a document, and the version that it is based on. */
export interface CheckedDraft {
	readonly schemeId: string;
	readonly baseVersion: number | null;
	readonly document: JsonObject;
}

/** What the checker says of a document with this client's metrics and variables. */
export interface DocumentCheck {
	/** Null where the structure does not hold. */
	readonly scheme: SchemeDocument | null;
	readonly diagnostics: readonly Diagnostic[];
	/** How the weights total in each branch that differs. */
	readonly weights: readonly { readonly when: LocalText; readonly total: number }[];
}

/**
 * Checks a document: structure and rules first, then what can be proved about it. The base version
 * tells which weight was just edited, so that repairs leave that one alone.
 */
export async function checkDocument(
	queries: Queries,
	{ schemeId, baseVersion, document }: CheckedDraft
): Promise<DocumentCheck> {
	const metrics = await loadMetrics(queries);
	const dictionary = await clientDictionary(queries);
	const base = baseVersion === null ? null : await readVersion(queries, schemeId, baseVersion);
	return analyseScheme(document, {
		metrics,
		dictionary,
		...(base ? { baseline: base.document } : {})
	});
}

/** Refuses a draft that may not be submitted or published, and returns it as a scheme. */
export async function assertSound(queries: Queries, draft: CheckedDraft): Promise<SchemeDocument> {
	const { scheme, diagnostics } = await checkDocument(queries, draft);
	const errors = diagnostics.filter(isRefused);
	if (!scheme || errors.length > 0) {
		throw refuse(schemeProblems, 'draft_has_errors', {
			details: { count: errors.length },
			diagnostics: errors
		});
	}
	const failed = runExamples(prepareScheme(scheme)).filter(({ passed }) => !passed);
	if (failed.length > 0) {
		const names = (locale: Locale): string[] =>
			failed.map(({ name }) => (typeof name === 'string' ? name : name[locale]));
		throw refuse(schemeProblems, 'examples_fail', {
			details: { names: names('zh-CN').join('；'), names_en: names('en').join('; ') }
		});
	}
	return scheme;
}

/** Weights that could not be proven need a waiver with a reason; a waived one is a hint. */
function isRefused({ code, severity }: Diagnostic): boolean {
	return severity === 'error' || (code === 'weights_not_proven' && severity === 'warning');
}
