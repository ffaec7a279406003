import { defineProblems } from '../http/problem.ts';

/** Refusals about parameters. */
export const parameterProblems = defineProblems({
	parameter_id_refused: {
		status: 422,
		text: {
			'zh-CN': '“{id}”不能用作参数编号。',
			en: '“{id}” cannot be the id of a parameter.'
		},
		advice: {
			'zh-CN': '请用小写字母开头，只含小写字母、数字和下划线，例如 price_floor。',
			en: 'Begin with a small letter; small letters, digits and underscores follow, as in price_floor.'
		}
	},
	parameter_period_refused: {
		status: 422,
		text: {
			'zh-CN': '“{period}”不是期间。',
			en: '“{period}” is no period.'
		},
		advice: {
			'zh-CN': '请写成 2026-01、2026-Q1 或 2026。',
			en: 'Write 2026-01, 2026-Q1 or 2026.'
		}
	},
	parameter_value_refused: {
		status: 422,
		text: { 'zh-CN': '“{found}”不是数字。', en: '“{found}” is no number.' },
		advice: {
			'zh-CN': '可以写 1200、1.2万、12%；留空表示没有值。',
			en: 'Write 1200, 1.2万 or 12 %; left empty, there is no value.'
		}
	},
	parameter_name_missing: {
		status: 422,
		text: { 'zh-CN': '参数需要名称。', en: 'A parameter needs a name.' },
		advice: { 'zh-CN': '请至少填写一种语言的名称。', en: 'Give the name in one language at least.' }
	}
});
