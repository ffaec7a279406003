/** A replay in one sentence. The words are neutral: they say what changes, not whether it is good. */
import type { LocalText } from '../diagnostics/diagnostic.ts';
import { numberText, percentText } from '../logic/number-text.ts';
import { roundHalfAway } from '../logic/number.ts';
import { EXPECTED_COVERAGE } from './checks.ts';
import type { ReplayReport } from './report.ts';

type VerdictInput = Pick<
	ReplayReport,
	'dataset' | 'coverage' | 'summary' | 'baseline' | 'currency'
>;

function signed(value: number, digits: number): string {
	const rounded = roundHalfAway(value, digits);
	return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${numberText(Math.abs(rounded))}`;
}

function signedShare(value: number): string {
	const rounded = roundHalfAway(value, 3);
	return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${percentText(Math.abs(rounded))}`;
}

/** Amounts as people say them: 3.2 万 in Chinese, grouped digits in English. */
function amount(value: number, currency: string | null): LocalText {
	const many = Math.abs(value) >= 10000;
	const zh = signed(many ? value / 10000 : value, many ? 1 : 0);
	const isYuan = currency === null || currency === 'CNY';
	const unit = isYuan ? (many ? '万元' : '元') : `${many ? '万 ' : ''}${currency}`;
	return { 'zh-CN': `${zh} ${unit}`, en: `${signed(value, 0)} ${currency ?? ''}`.trim() };
}

/** True when so many rows lack a score that the figures must be read with care. */
export function isCoverageLow(report: Pick<ReplayReport, 'coverage'>): boolean {
	const { rows, scored, not_scored } = report.coverage;
	const concerned = rows - not_scored.uncovered;
	return concerned === 0 || scored / concerned < EXPECTED_COVERAGE;
}

/** The verdict of a replay in both languages. */
export function verdictOf(report: VerdictInput): LocalText {
	const { summary } = report;
	const { periods } = report.dataset;
	const subjects = report.coverage.scored_subjects;
	const [first = '', last = first] = [periods[0], periods.at(-1)];
	const many = periods.length > 1;
	const intro: LocalText = {
		'zh-CN': many
			? `用 ${first} 至 ${last} 的 ${periods.length} 期数据重算 ${subjects} 人`
			: `用 ${first} 的数据重算 ${subjects} 人`,
		en: many
			? `Re-scored ${subjects} people over ${periods.length} periods (${first} to ${last})`
			: `Re-scored ${subjects} people in ${first}`
	};
	const count = many ? '人期' : '人';
	if (!report.baseline) return firstVerdict(report, intro, count);

	const people = (n: number): string =>
		many ? `person-period${n === 1 ? '' : 's'}` : n === 1 ? 'person' : 'people';
	const { up, down, same, grade_up, grade_down, newly_scored, no_longer_scored } = summary;
	const mean = summary.mean_delta ?? 0;
	const zh = [
		`${up} ${count}分数上升、${down} ${count}下降、${same} ${count}不变`,
		`平均 ${signed(mean, 1)} 分`,
		`等级变化 ${grade_up + grade_down} ${count}（升 ${grade_up} / 降 ${grade_down}）`
	];
	const en = [
		`the score rises for ${up} ${people(up)}, falls for ${down}, stays the same for ${same}`,
		`${signed(mean, 1)} points on average`,
		`${grade_up + grade_down} grades change (${grade_up} up, ${grade_down} down)`
	];
	if (newly_scored + no_longer_scored > 0) {
		zh.push(`新有分数 ${newly_scored} ${count}，不再有分数 ${no_longer_scored} ${count}`);
		en.push(`${newly_scored} newly scored, ${no_longer_scored} no longer scored`);
	}
	if (summary.payout_delta !== null) {
		const change = amount(summary.payout_delta, report.currency);
		const before = summary.payout_before ?? 0;
		const growth = before === 0 ? '' : signedShare(summary.payout_delta / before);
		zh.push(`预计奖金 ${change['zh-CN']}${growth && `（${growth}）`}`);
		en.push(`payouts ${change.en}${growth && ` (${growth})`}`);
	}
	return {
		'zh-CN': `${intro['zh-CN']}：${zh.join('；')}。`,
		en: `${intro.en}: ${en.join('; ')}.`
	};
}

/** Without a baseline nothing is compared: the sentence says what the draft gives. */
function firstVerdict(report: VerdictInput, intro: LocalText, count: string): LocalText {
	const { coverage, summary } = report;
	const mean = summary.mean_after;
	const zh = [`${coverage.scored} ${count}有分数`];
	const en = [`${coverage.scored} of ${coverage.rows} rows have a score`];
	if (mean !== null) {
		zh.push(`平均 ${numberText(roundHalfAway(mean, 1))} 分`);
		en.push(`${numberText(roundHalfAway(mean, 1))} points on average`);
	}
	if (summary.payout_after !== null) {
		const change = amount(summary.payout_after, report.currency);
		zh.push(`预计奖金 ${change['zh-CN'].replace(/^[+±]/, '')}`);
		en.push(`payouts ${change.en.replace(/^[+±]/, '')}`);
	}
	return {
		'zh-CN': `${intro['zh-CN']}（没有可比的版本）：${zh.join('；')}。`,
		en: `${intro.en} (nothing to compare with): ${en.join('; ')}.`
	};
}
