/**
 * The checks of a replay, like those of a pull request: passed, warned, failed or skipped, each
 * with a sentence. What fails here keeps a draft from being submitted.
 */
import type { Diagnostic, LocalText } from '../diagnostics/diagnostic.ts';
import { numberText, percentText } from '../logic/number-text.ts';
import { roundHalfAway } from '../logic/number.ts';
import type { PreparedScheme } from '../score/prepare.ts';
import type { ScoreColumns } from '../score/score-columns.ts';
import { runExamples } from '../score/examples.ts';
import type { ReplayCheck, ReplayReport } from './report.ts';

/** Limits that a client sets; what is not set is not checked. */
export interface Guardrails {
	/** Largest fall of one person, in points. */
	readonly largest_fall?: number;
	/** Share of rows whose grade gets worse. */
	readonly grade_down_share?: number;
	/** Growth of all payouts, as a share of those before. */
	readonly payout_growth?: number;
	/** Smallest share of rows that must have a score, uncovered ones aside. */
	readonly coverage?: number;
	/** Largest change of a unit's mean, either way, in points. */
	readonly unit_mean_delta?: number;
}

export interface CheckInput {
	readonly prepared: PreparedScheme;
	readonly columns: ScoreColumns;
	readonly report: Pick<
		ReplayReport,
		'coverage' | 'summary' | 'groups' | 'baseline' | 'reference_check'
	>;
	readonly guardrails?: Guardrails;
	/** Findings of the static checker on the draft. */
	readonly findings?: readonly Diagnostic[];
}

/** Below this share of scored rows coverage is warned of, unless a guardrail says otherwise. */
export const EXPECTED_COVERAGE = 0.95;

type Status = ReplayCheck['status'];

function check(code: string, status: Status, zh: string, en: string): ReplayCheck {
	return { code, status, message: { 'zh-CN': zh, en } };
}

function shown(value: number): string {
	return numberText(roundHalfAway(value, 2));
}

function share(value: number): string {
	return percentText(roundHalfAway(value, 4));
}

/** All checks of a replay, in the order in which the page lists them. */
export function checksOf(input: CheckInput): ReplayCheck[] {
	return [
		weightsCheck(input),
		everybodyCheck(input),
		coverageCheck(input),
		findingsCheck(input),
		examplesCheck(input),
		fallCheck(input),
		gradeCheck(input),
		payoutCheck(input),
		unitCheck(input),
		referenceCheck(input)
	];
}

function weightsCheck({ prepared, columns }: CheckInput): ReplayCheck {
	if (!prepared.percent)
		return check(
			'weights',
			'skip',
			'方案按分值相加，没有权重',
			'The scheme adds points: no weights'
		);
	const scaled = columns.scaled.reduce((sum, flag) => sum + flag, 0);
	return scaled === 0
		? check('weights', 'pass', '每个人的权重合计都是 100', 'Weights total 100 for everybody')
		: check(
				'weights',
				'fail',
				`${scaled} 行的权重合计不是 100，预览已折算；不能提交`,
				`Weights miss 100 in ${scaled} rows; this preview scaled them, the draft cannot be submitted`
			);
}

function everybodyCheck({ report }: CheckInput): ReplayCheck {
	const { error } = report.coverage.not_scored;
	return error === 0
		? check('errors', 'pass', '没有计算错误', 'No row ended in an error')
		: check('errors', 'fail', `${error} 行计算出错`, `${error} rows ended in an error`);
}

function coverageCheck({ report, guardrails }: CheckInput): ReplayCheck {
	const { rows, scored, not_scored } = report.coverage;
	const concerned = rows - not_scored.uncovered;
	if (concerned === 0)
		return check('coverage', 'fail', '方案不适用于任何人', 'The scheme applies to nobody');
	const covered = scored / concerned;
	const required = guardrails?.coverage;
	const status: Status =
		covered >= (required ?? EXPECTED_COVERAGE) ? 'pass' : required === undefined ? 'warn' : 'fail';
	return check(
		'coverage',
		status,
		`适用的 ${concerned} 行中 ${scored} 行有分数（${share(covered)}）`,
		`${scored} of the ${concerned} rows that the scheme applies to have a score (${share(covered)})`
	);
}

function findingsCheck({ findings, prepared }: CheckInput): ReplayCheck {
	if (!findings)
		return check('findings', 'skip', '未运行静态检查', 'The static checker was not run');
	const waived = new Set((prepared.document.waivers ?? []).map(({ code, at }) => `${code} ${at}`));
	const errors = findings.filter(({ severity }) => severity === 'error').length;
	const warnings = findings.filter(
		({ severity, code, at }) => severity === 'warning' && !waived.has(`${code} ${at}`)
	).length;
	return check(
		'findings',
		errors > 0 ? 'fail' : warnings > 0 ? 'warn' : 'pass',
		`静态检查：${errors} 个错误，${warnings} 个未说明理由的警告`,
		`Static checker: ${errors} errors, ${warnings} warnings without a waiver`
	);
}

function examplesCheck({ prepared }: CheckInput): ReplayCheck {
	const results = runExamples(prepared);
	if (results.length === 0)
		return check('examples', 'skip', '没有典型员工示例', 'The scheme has no golden employees');
	const failed = results.filter(({ passed }) => !passed);
	if (failed.length === 0)
		return check(
			'examples',
			'pass',
			`${results.length} 个典型员工全部符合预期`,
			`All ${results.length} golden employees come out as expected`
		);
	const name = (locale: keyof LocalText): string =>
		failed
			.map((result) => (typeof result.name === 'string' ? result.name : result.name[locale]))
			.slice(0, 3)
			.join(locale === 'zh-CN' ? '；' : '; ');
	return check(
		'examples',
		'fail',
		`${results.length} 个典型员工中 ${failed.length} 个不符合预期：${name('zh-CN')}`,
		`${failed.length} of ${results.length} golden employees do not come out as expected: ${name('en')}`
	);
}

/** What each limit is about, for the sentence that says why it was not checked. */
const LIMITS = {
	largest_fall: { 'zh-CN': '单人最大降幅', en: 'the largest fall of one person' },
	grade_down: { 'zh-CN': '等级下降的比例', en: 'the share of grades that fall' },
	payout: { 'zh-CN': '奖金总额的增长', en: 'the growth of payouts' },
	unit_mean: { 'zh-CN': '部门均分的变动', en: 'the change of a unit’s mean' }
} as const satisfies Readonly<Record<string, LocalText>>;

function unset(code: keyof typeof LIMITS): ReplayCheck {
	const limit = LIMITS[code];
	return check(code, 'skip', `没有为${limit['zh-CN']}设限`, `No limit is set for ${limit.en}`);
}

function incomparable(code: keyof typeof LIMITS): ReplayCheck {
	const limit = LIMITS[code];
	return check(
		code,
		'skip',
		`没有可比的版本，${limit['zh-CN']}无从检查`,
		`There is nothing to compare with, so ${limit.en} cannot be checked`
	);
}

function fallCheck({ report, guardrails }: CheckInput): ReplayCheck {
	const limit = guardrails?.largest_fall;
	if (limit === undefined) return unset('largest_fall');
	if (!report.baseline) return incomparable('largest_fall');
	const fall = Math.abs(report.summary.largest_fall ?? 0);
	return check(
		'largest_fall',
		fall <= limit ? 'pass' : 'fail',
		`单人最大降幅 ${shown(fall)} 分，限制 ${shown(limit)} 分`,
		`The largest fall is ${shown(fall)} points; the limit is ${shown(limit)}`
	);
}

function gradeCheck({ report, guardrails }: CheckInput): ReplayCheck {
	const limit = guardrails?.grade_down_share;
	if (limit === undefined) return unset('grade_down');
	const { up, down, same, grade_down } = report.summary;
	const rows = up + down + same;
	if (!report.baseline || rows === 0) return incomparable('grade_down');
	const found = grade_down / rows;
	return check(
		'grade_down',
		found <= limit ? 'pass' : 'fail',
		`等级下降占 ${share(found)}，限制 ${share(limit)}`,
		`Grades fall in ${share(found)} of the rows; the limit is ${share(limit)}`
	);
}

function payoutCheck({ report, guardrails }: CheckInput): ReplayCheck {
	const limit = guardrails?.payout_growth;
	if (limit === undefined) return unset('payout');
	const { payout_before, payout_delta } = report.summary;
	if (payout_before === null || payout_delta === null || payout_before === 0)
		return incomparable('payout');
	const growth = payout_delta / payout_before;
	return check(
		'payout',
		growth <= limit ? 'pass' : 'fail',
		`奖金变化 ${share(growth)}，限制 ${share(limit)}`,
		`Payouts change by ${share(growth)}; the limit is ${share(limit)}`
	);
}

function unitCheck({ report, guardrails }: CheckInput): ReplayCheck {
	const limit = guardrails?.unit_mean_delta;
	if (limit === undefined) return unset('unit_mean');
	const units = report.groups.filter(({ by }) => by === 'employee.unit');
	if (units.length === 0) return incomparable('unit_mean');
	const beyond = units.filter(({ mean_delta }) => Math.abs(mean_delta ?? 0) > limit);
	return check(
		'unit_mean',
		beyond.length === 0 ? 'pass' : 'fail',
		`${beyond.length} 个部门的均分变动超过 ${shown(limit)} 分`,
		`The mean of ${beyond.length} units changes by more than ${shown(limit)} points`
	);
}

function referenceCheck({ report }: CheckInput): ReplayCheck {
	const { sampled, mismatches } = report.reference_check;
	if (sampled === 0)
		return check('reference', 'skip', '未与参考实现核对', 'Not compared with the reference');
	return check(
		'reference',
		mismatches === 0 ? 'pass' : 'fail',
		`抽查 ${sampled} 行，与 json-logic-js 不一致 ${mismatches} 行`,
		`Of ${sampled} rows that were sampled ${mismatches} differ from json-logic-js`
	);
}
