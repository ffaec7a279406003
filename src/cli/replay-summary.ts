/** A replay report as lines for a person. */
import type { Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';

const WORDS = {
	'zh-CN': {
		coverage: '覆盖',
		rows: '行',
		scored: '已核算',
		up: '上升',
		down: '下降',
		same: '不变',
		mean: '平均分',
		grades: '等级上升 / 下降',
		payout: '奖金合计',
		movers: '变化最大',
		checks: '检查',
		reference: '与 json-logic-js 核对',
		mismatches: '处不一致'
	},
	en: {
		coverage: 'coverage',
		rows: 'rows',
		scored: 'scored',
		up: 'up',
		down: 'down',
		same: 'same',
		mean: 'mean score',
		grades: 'grades up / down',
		payout: 'payout in all',
		movers: 'largest changes',
		checks: 'checks',
		reference: 'checked by json-logic-js',
		mismatches: 'mismatches'
	}
} as const;

/** Movers that a terminal shows; the JSON has them all. */
const SHOWN = 10;

/** The figures of a report, one idea a line. */
export function replaySummary(report: ReplayReport, locale: Locale): string {
	const words = WORDS[locale];
	const { coverage, summary, reference_check: reference } = report;
	const number = (value: number | null): string => (value === null ? '–' : String(value));
	const lines = [
		`${words.coverage}: ${coverage.scored} / ${coverage.rows} ${words.rows}`,
		...coverage.reasons.map(
			({ code, item, rows }) => `  ${code}${item === null ? '' : ` ${item}`}: ${rows}`
		),
		`${words.up} ${summary.up}, ${words.down} ${summary.down}, ${words.same} ${summary.same}`,
		`${words.mean}: ${number(summary.mean_before)} → ${number(summary.mean_after)}`,
		`${words.grades}: ${summary.grade_up} / ${summary.grade_down}`,
		`${words.payout}: ${number(summary.payout_before)} → ${number(summary.payout_after)}`,
		...(report.movers.length === 0 ? [] : [`${words.movers}:`]),
		...report.movers
			.slice(0, SHOWN)
			.map(
				({ employee, period, before, after, grade_before, grade_after }) =>
					`  ${employee} ${period}: ${number(before)} ${grade_before ?? '–'} → ${number(after)} ${grade_after ?? '–'}`
			),
		`${words.checks}:`,
		...report.checks.map(({ status, message }) => `  ${status.toUpperCase()} ${message[locale]}`),
		`${words.reference}: ${reference.sampled} ${words.rows}, ${reference.mismatches} ${words.mismatches}`
	];
	return `${lines.join('\n')}\n`;
}
