import { defineProblems } from '../http/problem.ts';

/** Refusals of target cycles, proposals and reviews. */
export const targetProblems = defineProblems({
	cycle_metric_unknown: {
		status: 422,
		text: { 'zh-CN': '没有登记的指标“{metric}”。', en: 'There is no metric “{metric}”.' },
		advice: { 'zh-CN': '请从指标列表中选择。', en: 'Choose from the list of metrics.' }
	},
	cycle_range: {
		status: 422,
		text: {
			'zh-CN': '起止期间要同样长短，且不能颠倒：{from} 至 {to}。',
			en: 'First and last period must be of one length and in order: {from} to {to}.'
		},
		advice: { 'zh-CN': '例如 2026-01 至 2026-03。', en: 'For example 2026-01 to 2026-03.' }
	},
	cycle_closed: {
		status: 409,
		text: { 'zh-CN': '这一轮目标已经关闭。', en: 'This round of targets is closed.' },
		advice: { 'zh-CN': '请让人力资源另开一轮。', en: 'Ask HR to open another.' }
	},
	proposal_stale: {
		status: 409,
		text: {
			'zh-CN': '{employee} 的 {metric}（{period}）已被他人改动。',
			en: 'Somebody else changed {metric} of {employee} in {period}.'
		},
		advice: { 'zh-CN': '请刷新后再改。', en: 'Load it again, then change it.' }
	},
	proposal_not_submitted: {
		status: 409,
		text: {
			'zh-CN': '这份提案在您查看之后有改动，或没有提交。',
			en: 'This proposal changed after you looked at it, or is not submitted.'
		},
		advice: { 'zh-CN': '请刷新后再审。', en: 'Load it again, then decide.' }
	},
	proposal_agreed: {
		status: 409,
		text: {
			'zh-CN': '{employee} 的 {metric}（{period}）已经同意，不能再改。',
			en: '{metric} of {employee} in {period} was agreed and cannot change any more.'
		},
		advice: { 'zh-CN': '请与人力资源沟通，由其退回。', en: 'Ask HR to return it.' }
	},
	field_outside_cycle: {
		status: 422,
		text: {
			'zh-CN': '{metric}（{period}）不在这一轮里。',
			en: '{metric} in {period} is not part of this round.'
		},
		advice: { 'zh-CN': '请只填写表中的项目。', en: 'Fill in the fields of the sheet only.' }
	},
	nothing_to_submit: {
		status: 422,
		text: { 'zh-CN': '没有可以提交的目标。', en: 'There is no target to submit.' },
		advice: { 'zh-CN': '请先填写至少一个目标。', en: 'Fill in at least one target.' }
	},
	return_needs_comment: {
		status: 422,
		text: { 'zh-CN': '退回时请写明原因。', en: 'A return needs a comment.' },
		advice: { 'zh-CN': '写一句话说明希望怎样调整。', en: 'Say in a sentence what should change.' }
	},
	own_proposal: {
		status: 403,
		text: {
			'zh-CN': '不能审核自己提交的目标。',
			en: 'Nobody reviews targets they submitted themselves.'
		},
		advice: { 'zh-CN': '请由另一位同事审核。', en: 'Another person must review them.' }
	},
	outside_band: {
		status: 403,
		text: {
			'zh-CN': '有 {count} 个目标超出历史范围，需要审批人决定。',
			en: '{count} targets lie outside the band of history and need the approver.'
		},
		advice: { 'zh-CN': '请交给有审批权的同事。', en: 'Leave them to a colleague who may decide.' }
	}
});
