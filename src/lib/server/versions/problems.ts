import { defineProblems } from '../http/problem.ts';

/** Refusals of publication. */
export const versionProblems = defineProblems({
	not_approved: {
		status: 409,
		text: {
			'zh-CN': '这份内容尚未获得批准。',
			en: 'This content has not been approved.'
		},
		advice: { 'zh-CN': '请先提交并等待批准。', en: 'Submit it and wait for the approval.' }
	},
	publish_draft_changed: {
		status: 409,
		text: {
			'zh-CN': '草稿在批准之后有改动，不能发布。',
			en: 'The draft changed after it was approved; it cannot be published.'
		},
		advice: { 'zh-CN': '请重新提交最新内容。', en: 'Submit what it says now.' }
	},
	already_published: {
		status: 409,
		text: {
			'zh-CN': '这份草稿已发布为第 {number} 版。',
			en: 'This draft was published already, as version {number}.'
		},
		advice: { 'zh-CN': '请打开该版本查看。', en: 'Open that version.' }
	},
	period_not_allowed: {
		status: 422,
		text: {
			'zh-CN': '“{period}”不是 {length} 周期的编号。',
			en: '“{period}” is no {length} period.'
		},
		advice: {
			'zh-CN': '例如 2026-01、2026-Q1、2026-H1 或 2026。',
			en: 'Write 2026-01, 2026-Q1, 2026-H1 or 2026.'
		}
	},
	effective_before_previous: {
		status: 422,
		text: {
			'zh-CN': '生效周期不能早于上一版的 {previous}。',
			en: 'It cannot take effect before the previous version, which does from {previous}.'
		},
		advice: { 'zh-CN': '请选择 {previous} 或之后的周期。', en: 'Choose {previous} or later.' }
	},
	period_already_released: {
		status: 409,
		text: {
			'zh-CN': '{period} 的绩效卡已公布，不能再改变其规则。',
			en: 'The scorecards of {period} were released; their rules cannot change any more.'
		},
		advice: { 'zh-CN': '请从之后的周期起生效。', en: 'Let it take effect from a later period.' }
	}
});
