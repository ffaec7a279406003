import { defineProblems } from '../http/problem.ts';

/** Refusals about records, their types and what is expected of them. */
export const recordProblems = defineProblems({
	record_type_refused: {
		status: 422,
		text: {
			'zh-CN': '记录类型有 {count} 处错误。',
			en: 'The record type has {count} errors.'
		},
		advice: { 'zh-CN': '请按各处的说明修改。', en: 'Repair each as it says.' }
	},
	record_type_exists: {
		status: 409,
		text: {
			'zh-CN': '已经有标识为“{type}”的记录类型。',
			en: 'There is a record type “{type}” already.'
		},
		advice: {
			'zh-CN': '请换一个标识，或修订已有的类型。',
			en: 'Choose another id, or revise the one that exists.'
		}
	},
	record_type_stale: {
		status: 409,
		text: {
			'zh-CN': '此记录类型已被他人修订到第 {current} 版，您看到的是第 {seen} 版。',
			en: 'Somebody revised this record type to revision {current}; you saw revision {seen}.'
		},
		advice: {
			'zh-CN': '请打开最新版本后再修改。',
			en: 'Open the newest revision and make your change there.'
		}
	},
	record_type_fixed: {
		status: 422,
		text: {
			'zh-CN': '已有 {records} 条记录，“{column}”不能这样改：{why_zh}。',
			en: 'There are {records} records, so “{column}” cannot be changed like this: {why}.'
		},
		advice: {
			'zh-CN': '请保留它并另加一列，或新建一个记录类型。',
			en: 'Leave it and add another column, or make another record type.'
		}
	},
	record_type_used: {
		status: 409,
		text: {
			'zh-CN': '指标仍由此类记录汇总：{metrics}。',
			en: 'Metrics still take their figures from these records: {metrics}.'
		},
		advice: {
			'zh-CN': '请先停用或修改这些指标。',
			en: 'Retire or change those metrics first.'
		}
	},
	records_refused: {
		status: 422,
		text: {
			'zh-CN': '{count} 行记录不符合要求，全部未写入。',
			en: '{count} records do not fit; none was written.'
		},
		advice: {
			'zh-CN': '请按各行的说明改正后再发送。',
			en: 'Repair the rows as they say and send them again.'
		}
	},
	month_not_late: {
		status: 409,
		text: {
			'zh-CN': '{month} 没有等待更正的记录。',
			en: 'No records wait for a correction of {month}.'
		},
		advice: { 'zh-CN': '请刷新页面。', en: 'Load the page again.' }
	},
	reason_missing: {
		status: 422,
		text: { 'zh-CN': '更正需要写明原因。', en: 'A correction needs a reason.' },
		advice: {
			'zh-CN': '请写一句话：这些记录为什么来晚了或改变了。',
			en: 'Say in a sentence why these records came late or changed.'
		}
	},
	expectation_refused: {
		status: 422,
		text: {
			'zh-CN': '提醒规则有 {count} 处错误。',
			en: 'The reminder has {count} errors.'
		},
		advice: { 'zh-CN': '请按各处的说明修改。', en: 'Repair each as it says.' }
	},
	expectation_stale: {
		status: 409,
		text: {
			'zh-CN': '此提醒规则已被他人修改。',
			en: 'Somebody changed this reminder meanwhile.'
		},
		advice: { 'zh-CN': '请刷新后再修改。', en: 'Load it again and make your change there.' }
	}
});
