/** The words of a scheme's parts in both languages, as `design.md` fixes them. */
import type { LocalText } from '../diagnostics/diagnostic.ts';

export type Words = Readonly<Record<string, LocalText>>;

const word = (chinese: string, english: string): LocalText => ({ 'zh-CN': chinese, en: english });

/** One element of each list. */
export const SECTION_WORDS: Words = {
	items: word('考核项', 'item'),
	adjustments: word('加减分', 'adjustment'),
	gates: word('红线', 'gate'),
	grades: word('等级', 'grade'),
	insights: word('建议', 'insight'),
	examples: word('样例员工', 'golden employee'),
	waivers: word('豁免', 'waiver')
};

export const FIELD_WORDS: Words = {
	name: word('名称', 'name'),
	note: word('备注', 'note'),
	message: word('文字', 'wording'),
	action: word('行动', 'action'),
	metric: word('指标', 'metric'),
	class: word('类别', 'class'),
	weight: word('权重', 'weight'),
	locked: word('锁定', 'lock'),
	score: word('计分规则', 'score rule'),
	missing: word('缺失处理', 'missing data'),
	when: word('条件', 'condition'),
	points: word('分值', 'points'),
	effect: word('效果', 'effect'),
	from: word('起点', 'from'),
	min: word('下限', 'minimum'),
	max: word('上限', 'maximum'),
	decimals: word('小数位', 'decimals'),
	currency: word('币种', 'currency'),
	amount: word('金额', 'amount'),
	given: word('给定数据', 'given data'),
	expect: word('期望结果', 'expected result'),
	period: word('周期', 'period'),
	reason: word('理由', 'reason')
};

/** Parts of the whole scheme, and the values of its fixed choices. */
export const SETTING_WORDS: Words = {
	format: word('格式', 'format'),
	id: word('标识', 'id'),
	name: word('方案名称', 'name of the scheme'),
	note: word('方案备注', 'note'),
	period: word('考核周期', 'period'),
	applies_to: word('适用范围', 'applies to'),
	weighting: word('计分方式', 'weighting'),
	items: word('考核项', 'items'),
	adjustments: word('加减分', 'adjustments'),
	gates: word('红线', 'gates'),
	grades: word('等级', 'grades'),
	total: word('总分', 'total'),
	payout: word('奖金', 'payout'),
	insights: word('建议', 'insights'),
	examples: word('样例员工', 'golden employees'),
	waivers: word('豁免', 'waivers'),
	view: word('显示设置', 'presentation'),
	origin: word('来源', 'origin'),
	month: word('月度', 'monthly'),
	quarter: word('季度', 'quarterly'),
	half: word('半年度', 'half-yearly'),
	year: word('年度', 'yearly'),
	percent: word('百分比权重', 'percent weights'),
	points: word('直接计点', 'points'),
	result: word('结果', 'result'),
	process: word('过程', 'process'),
	behaviour: word('行为', 'behaviour'),
	block: word('不出分', 'no score'),
	zero: word('记 0 分', 'scores 0'),
	exclude: word('剔除并折算其余权重', 'left out, other weights scaled')
};
