/** Warnings that the author accepts, with the reason that the approver is shown. */
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SchemeDocument } from '../scheme/document.ts';
import { ruleDiagnostics } from './rule-diagnostics.ts';

/** A finding, and the author's reason where it is waived. */
export interface AnalysedDiagnostic extends Diagnostic {
	readonly waived?: string;
}

/**
 * Marks waived warnings. They stay in the list as hints, so nobody has to guess what was accepted;
 * errors stay errors. A waiver that fits nothing is reported, or it would hide a later finding.
 */
export function applyWaivers(
	scheme: SchemeDocument,
	diagnostics: readonly Diagnostic[],
	isComplete: boolean
): AnalysedDiagnostic[] {
	const waivers = scheme.waivers ?? [];
	const used = new Set<number>();
	const marked = diagnostics.map((diagnostic): AnalysedDiagnostic => {
		const index = waivers.findIndex(
			({ code, at }) => code === diagnostic.code && at === diagnostic.at
		);
		const waiver = waivers[index];
		if (!waiver) return diagnostic;
		used.add(index);
		if (diagnostic.severity === 'error') return diagnostic;
		return { ...diagnostic, severity: 'hint', waived: waiver.reason };
	});
	const extra = waivers.flatMap((waiver, index): Diagnostic[] => {
		const waived = `${waiver.code} ${waiver.at}`.trim();
		const at = `/waivers/${index}`;
		const isError = marked.some(
			({ code, at: place, severity }) =>
				code === waiver.code && place === waiver.at && severity === 'error'
		);
		if (isError) return [diagnose(ruleDiagnostics, 'waiver_of_error', at, { waived })];
		// Without a history, waivers of findings that need one cannot be judged.
		if (used.has(index) || !isComplete) return [];
		const repairs = [
			{
				title: { 'zh-CN': '删去这条豁免', en: 'Remove the waiver' },
				patch: [{ op: 'remove' as const, path: at }]
			}
		];
		return [diagnose(ruleDiagnostics, 'waiver_unused', at, { waived }, { repairs })];
	});
	return [...marked, ...extra];
}
