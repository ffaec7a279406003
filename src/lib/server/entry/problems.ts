import { defineProblems } from '../http/problem.ts';

/** Refusals about entering figures by hand. */
export const entryProblems = defineProblems({
	metric_not_entered: {
		status: 422,
		text: {
			'zh-CN': '“{metric}”由其他指标算出，不能填报。',
			en: '“{metric}” is computed from others and cannot be entered.'
		},
		advice: { 'zh-CN': '请选择直接观测的指标。', en: 'Choose a metric that is observed.' }
	},
	person_unknown: {
		status: 422,
		text: { 'zh-CN': '这位用户不属于这家客户公司。', en: 'This user is not of this client.' },
		advice: { 'zh-CN': '请先在“账号”中添加。', en: 'Add them under Accounts first.' }
	},
	due_day_refused: {
		status: 422,
		text: {
			'zh-CN': '截止日应为次月第 1 至 20 个工作日。',
			en: 'The due day is the 1st to 20th working day of the next month.'
		},
		advice: { 'zh-CN': '请改为 1 到 20 之间的数。', en: 'Give a number from 1 to 20.' }
	},
	assigned_already: {
		status: 409,
		text: {
			'zh-CN': '这项填报已经指派给了这位用户。',
			en: 'This is assigned to this user already.'
		},
		advice: { 'zh-CN': '请在列表中查看。', en: 'See the list.' }
	},
	not_in_sheet: {
		status: 422,
		text: {
			'zh-CN': '“{employee}”不在这张填报表中。',
			en: '“{employee}” is not in this sheet.'
		},
		advice: { 'zh-CN': '请刷新后再填。', en: 'Reload, then enter.' }
	},
	outside_range: {
		status: 422,
		text: {
			'zh-CN': '{employee} 的 {found} 超出通常范围 {low} 至 {high}。',
			en: '{found} of {employee} is outside the usual range from {low} to {high}.'
		},
		advice: {
			'zh-CN': '请核对；若确实如此，勾选“已核对”后保存。',
			en: 'Check it; if it is right, tick “checked” and save.'
		}
	},
	changed_meanwhile: {
		status: 409,
		text: {
			'zh-CN': '{employee} 的数在您填报期间被更新了。',
			en: 'The figure of {employee} changed while you entered.'
		},
		advice: {
			'zh-CN': '您填的内容还在；请核对新值后再保存。',
			en: 'What you typed is still here; compare, then save.'
		}
	}
});
