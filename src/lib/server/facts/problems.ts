import { defineProblems } from '../http/problem.ts';

/** Refusals about facts and what is said of them. */
export const factProblems = defineProblems({
	reason_missing: {
		status: 422,
		text: { 'zh-CN': '请说明理由。', en: 'Please give a reason.' },
		advice: {
			'zh-CN': '理由会和决定一起保存，供核对的人查看。',
			en: 'It is kept beside the decision for whoever checks it.'
		}
	},
	newer_fact: {
		status: 409,
		text: {
			'zh-CN': '您查看之后又有新的数据到达。',
			en: 'A newer figure arrived after you looked.'
		},
		advice: { 'zh-CN': '请刷新后再决定。', en: 'Reload, then decide.' }
	},
	cause_unknown: {
		status: 422,
		text: { 'zh-CN': '请选择原因类别。', en: 'Please choose what caused it.' },
		advice: {
			'zh-CN': '目标不合理、外部因素、执行问题或数据有误。',
			en: 'The target, something outside, the work, or the data.'
		}
	}
});
