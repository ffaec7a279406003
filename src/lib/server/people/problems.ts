import { defineProblems } from '../http/problem.ts';

/** Refusals about people and units. */
export const peopleProblems = defineProblems({
	unit_unknown: {
		status: 422,
		text: { 'zh-CN': '没有这个部门。', en: 'There is no such unit.' },
		advice: { 'zh-CN': '请从组织树中选择。', en: 'Choose one from the tree of units.' }
	},
	unit_parent_unknown: {
		status: 422,
		text: { 'zh-CN': '没有这个上级部门。', en: 'There is no such parent unit.' },
		advice: { 'zh-CN': '请从组织树中选择。', en: 'Choose one from the tree of units.' }
	},
	unit_cycle: {
		status: 422,
		text: {
			'zh-CN': '部门不能放到自己的下级里。',
			en: 'A unit cannot be placed below itself.'
		},
		advice: { 'zh-CN': '请选择另一个上级部门。', en: 'Choose another parent.' }
	},
	name_missing: {
		status: 422,
		text: { 'zh-CN': '新员工需要姓名。', en: 'A new person needs a name.' },
		advice: { 'zh-CN': '请填写姓名。', en: 'Give the name.' }
	}
});
