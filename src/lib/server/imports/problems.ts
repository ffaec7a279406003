import { defineProblems } from '../http/problem.ts';

/** Refusals of the steps of an import. What is wrong inside a file is a diagnostic, not a problem. */
export const importProblems = defineProblems({
	import_unreadable: {
		status: 422,
		text: { 'zh-CN': '这个文件不能读取。', en: 'This file cannot be read.' },
		advice: {
			'zh-CN': '请按说明处理后重新上传。',
			en: 'Mend it as described, then upload it again.'
		}
	},
	import_reading_failed: {
		status: 422,
		text: {
			'zh-CN': '读取这个文件耗费过多，已停止。',
			en: 'Reading this file took too much; it was stopped.'
		},
		advice: {
			'zh-CN': '请只把需要的区域复制到新的工作簿，或另存为 CSV 后上传。',
			en: 'Copy what is needed into a new workbook, or save it as CSV, then upload that.'
		}
	},
	import_cancelled: {
		status: 409,
		text: {
			'zh-CN': '导入已取消，没有留下任何内容。',
			en: 'The import was cancelled; nothing of it is left.'
		},
		advice: { 'zh-CN': '需要时请重新上传。', en: 'Upload the file again if you need it.' }
	},
	import_file_gone: {
		status: 409,
		text: {
			'zh-CN': '文件原文已不再保存，不能换一种方式读取。',
			en: 'The file itself is not kept any more; it cannot be read another way.'
		},
		advice: { 'zh-CN': '请重新上传文件。', en: 'Upload the file again.' }
	},
	import_record_type: {
		status: 422,
		text: {
			'zh-CN': '请说明这些记录属于哪个类型。已登记：{known}。',
			en: 'Say which type these records have. Registered: {known}.'
		},
		advice: {
			'zh-CN': '请选择记录类型，或先登记一个。',
			en: 'Choose a record type, or register one first.'
		}
	},
	rate_refused: {
		status: 422,
		text: {
			'zh-CN': '这条汇率不能登记：{found}。',
			en: 'This rate cannot be registered: {found}.'
		},
		advice: {
			'zh-CN': '请填写另一种币种、日期和大于零的汇率（1 单位折合多少 {currency}）。',
			en: 'Give another currency, a day, and how much {currency} one unit is worth.'
		}
	},
	import_nothing_runs: {
		status: 409,
		text: { 'zh-CN': '这次导入没有正在进行的工作。', en: 'Nothing of this import is running.' },
		advice: { 'zh-CN': '请刷新后查看状态。', en: 'Reload to see its state.' }
	},
	import_incomplete: {
		status: 409,
		text: {
			'zh-CN': '上传没有完成，只保存了一部分行。',
			en: 'The upload did not finish; only some of the rows were kept.'
		},
		advice: { 'zh-CN': '请重新上传文件。', en: 'Upload the file again.' }
	},
	import_not_open: {
		status: 409,
		text: {
			'zh-CN': '这次导入已经{status_zh}，不能再更改。',
			en: 'This import is {status} and cannot be changed any more.'
		},
		advice: { 'zh-CN': '请上传新的文件。', en: 'Upload the file anew.' }
	},
	import_not_planned: {
		status: 409,
		text: {
			'zh-CN': '请先完成映射并查看预演。',
			en: 'Map the columns and look at the dry run first.'
		},
		advice: { 'zh-CN': '保存映射后会显示预演。', en: 'Saving the mapping shows the dry run.' }
	},
	import_plan_stale: {
		status: 409,
		text: {
			'zh-CN': '预演之后数据或映射发生了变化。',
			en: 'The data or the mapping changed after the dry run.'
		},
		advice: { 'zh-CN': '请查看新的预演后再提交。', en: 'Look at the new dry run, then commit.' }
	},
	import_has_rejects: {
		status: 409,
		text: {
			'zh-CN': '有 {count} 行不能导入。',
			en: '{count} rows cannot be imported.'
		},
		advice: {
			'zh-CN': '请修正文件，或确认只导入其余各行。',
			en: 'Mend the file, or confirm that the other rows are imported without them.'
		}
	},
	import_cannot_commit: {
		status: 422,
		text: { 'zh-CN': '没有可以导入的行。', en: 'There is no row that could be imported.' },
		advice: { 'zh-CN': '请先处理列出的错误。', en: 'Deal with the errors that are listed.' }
	},
	import_not_committed: {
		status: 409,
		text: {
			'zh-CN': '这次导入没有生效，无需回滚。',
			en: 'This import is not in effect; there is nothing to roll back.'
		},
		advice: { 'zh-CN': '请在列表中查看状态。', en: 'See its state in the list.' }
	}
});
