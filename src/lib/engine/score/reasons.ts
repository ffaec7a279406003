/** Why a scorecard has no score, in words. Codes that scoring itself does not know are said as such. */
import { fillText, type LocalText } from '../diagnostics/diagnostic.ts';
import type { ScoreReason } from './scorecard.ts';

const REASONS: Readonly<Record<string, LocalText>> = {
	not_covered: { 'zh-CN': '方案不适用于此人', en: 'the scheme does not apply to this person' },
	missing_actual: { 'zh-CN': '“{item}”没有实际值', en: '“{item}” has no actual value' },
	missing_target: { 'zh-CN': '“{item}”没有目标', en: '“{item}” has no target' },
	zero_target: {
		'zh-CN': '“{item}”的目标是 0，无法计算完成率',
		en: '“{item}” has a target of 0, so there is no attainment'
	},
	missing_score: { 'zh-CN': '“{item}”算不出得分', en: '“{item}” gives no score' },
	no_items: { 'zh-CN': '没有可计分的考核项', en: 'no item is left to count' },
	bad_weight: {
		'zh-CN': '“{item}”的权重缺失、为负或不是数字',
		en: 'the weight of “{item}” is missing, negative or not a number'
	},
	weights_not_100: { 'zh-CN': '权重合计不是 100', en: 'the weights do not total 100' },
	not_finite: { 'zh-CN': '结果超出数字范围', en: 'the result is beyond the range of numbers' },
	step_budget: { 'zh-CN': '规则 {at} 的计算步数超限', en: 'the rule at {at} takes too many steps' },
	depth_budget: { 'zh-CN': '规则 {at} 嵌套过深', en: 'the rule at {at} is nested too deep' },
	memory_budget: { 'zh-CN': '规则 {at} 占用内存超限', en: 'the rule at {at} takes too much memory' }
};

const OTHER: LocalText = {
	'zh-CN': '规则 {at} 无法计算（{code}）',
	en: 'the rule at {at} cannot be evaluated ({code})'
};

/** Codes of reasons that scoring gives, for filters and help. */
export const REASON_CODES: readonly string[] = Object.keys(REASONS);

/** A reason in both languages; items are named where names are given. */
export function reasonText(
	reason: ScoreReason,
	names: ReadonlyMap<string, LocalText> = new Map()
): LocalText {
	const entry = (Object.hasOwn(REASONS, reason.code) && REASONS[reason.code]) || OTHER;
	const name = reason.item === undefined ? undefined : names.get(reason.item);
	const details = { code: reason.code, at: reason.at ?? '/' };
	return {
		'zh-CN': fillText(entry, { ...details, item: name?.['zh-CN'] ?? reason.item ?? '' })['zh-CN'],
		en: fillText(entry, { ...details, item: name?.en ?? reason.item ?? '' }).en
	};
}

/** A reason as one word, as tables print it: the code and what it is about. */
export function reasonCode(reason: ScoreReason): string {
	const about = reason.item ?? reason.at;
	return about === undefined ? reason.code : `${reason.code}:${about}`;
}
