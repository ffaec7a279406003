/** A report without what its reader may not see. */
import type { ReplayReport } from '#lib/engine/replay/report.ts';

/** Checks whose sentence tells amounts. */
const PAY_CHECKS = new Set(['payout', 'payout_growth']);

/** The report for those who may see people and scores, but no pay. */
export function withoutPay(report: ReplayReport): ReplayReport {
	return {
		...report,
		summary: { ...report.summary, payout_before: null, payout_after: null, payout_delta: null },
		checks: report.checks.filter(({ code }) => !PAY_CHECKS.has(code)),
		currency: null
	};
}
