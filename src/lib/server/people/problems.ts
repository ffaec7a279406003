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
	},
	person_id_missing: {
		status: 422,
		text: { 'zh-CN': '员工需要工号。', en: 'A person needs an id.' },
		advice: { 'zh-CN': '请填写工号。', en: 'Give the id.' }
	},
	valid_from_refused: {
		status: 422,
		text: { 'zh-CN': '“{found}”不是日期。', en: '“{found}” is no date.' },
		advice: { 'zh-CN': '请写成 2026-01-31。', en: 'Write it as 2026-01-31.' }
	},
	unit_not_empty: {
		status: 409,
		text: {
			'zh-CN': '部门里还有 {people} 人和 {units} 个下级部门。',
			en: 'The unit still has {people} people and {units} units below it.'
		},
		advice: {
			'zh-CN': '请先把他们调到别的部门，再关闭。',
			en: 'Move them to another unit first, then close it.'
		}
	},
	attribute_id_refused: {
		status: 422,
		text: {
			'zh-CN': '“{id}”不能用作属性编号。',
			en: '“{id}” cannot be the id of an attribute.'
		},
		advice: {
			'zh-CN':
				'请用小写字母开头，只含小写字母、数字和下划线，例如 contract_type；姓名、部门和上级有自己的位置。',
			en: 'Begin with a small letter; small letters, digits and underscores follow, as in contract_type. Name, unit and manager have places of their own.'
		}
	},
	attribute_name_missing: {
		status: 422,
		text: { 'zh-CN': '属性需要名称。', en: 'An attribute needs a name.' },
		advice: { 'zh-CN': '请至少填写一种语言的名称。', en: 'Give the name in one language at least.' }
	},
	attribute_choice_twice: {
		status: 422,
		text: { 'zh-CN': '选项“{value}”出现了两次。', en: 'The value “{value}” stands twice.' },
		advice: { 'zh-CN': '请只保留一行。', en: 'Keep one of the lines.' }
	},
	attribute_choices_missing: {
		status: 422,
		text: {
			'zh-CN': '选择类的属性需要 1 至 {most} 个选项。',
			en: 'A choice needs 1 to {most} values.'
		},
		advice: { 'zh-CN': '请列出选项，或改用文本。', en: 'List the values, or make it a text.' }
	},
	attribute_value_refused: {
		status: 422,
		text: {
			'zh-CN': '“{attribute}”不能是“{found}”，应为：{expected_zh}。',
			en: '“{attribute}” cannot be “{found}”; expected is {expected}.'
		},
		advice: {
			'zh-CN': '请改正，或在“属性”中增加选项。',
			en: 'Correct it, or add the value under “Attributes”.'
		}
	},
	attribute_type_fixed: {
		status: 422,
		text: { 'zh-CN': '“{id}”必须是数字。', en: '“{id}” has to be a number.' },
		advice: {
			'zh-CN': '方案要用它计算；请保留数字类型。',
			en: 'Schemes calculate with it; leave it a number.'
		}
	}
});
