/** What can be wrong with a table of people and periods. */
import { defineDiagnostics } from '../diagnostics/diagnostic.ts';

export const tableDiagnostics = defineDiagnostics({
	table_empty: {
		severity: 'error',
		message: { 'zh-CN': '表格没有表头。', en: 'The table has no header.' },
		advice: {
			'zh-CN': '第一行写列名，至少有 employee.id 和 period.id。',
			en: 'Put column names into the first line, employee.id and period.id among them.'
		},
		help: {
			'zh-CN': '表格第一行是列名，列名就是规则里的变量路径。',
			en: 'The first line of a table names its columns by the paths that rules use.'
		}
	},
	column_missing: {
		severity: 'error',
		message: {
			'zh-CN': '缺少必需的列“{column}”。',
			en: 'The required column “{column}” is missing.'
		},
		advice: {
			'zh-CN': '加上这一列；每行说明是谁、哪一期。',
			en: 'Add it: every row says who and which period.'
		},
		help: {
			'zh-CN': 'employee.id 与 period.id 决定一行属于谁、属于哪一期。',
			en: 'employee.id and period.id say whose row it is and of which period.'
		}
	},
	column_unknown: {
		severity: 'error',
		message: { 'zh-CN': '不认识列名“{column}”。', en: 'The column name “{column}” is not known.' },
		advice: {
			'zh-CN':
				'{hint_zh}列名可为 employee.<属性>、period.id、metric.<指标>、target.<指标>、team.<指标>.actual、team.<指标>.target、param.<参数>。',
			en: '{hint}A column is employee.<attribute>, period.id, metric.<id>, target.<id>, team.<id>.actual, team.<id>.target or param.<name>.'
		},
		help: {
			'zh-CN': '列名即变量路径，写错的列名会被拒绝，而不是被忽略。',
			en: 'Column names are variable paths; a misspelt one is refused, not ignored.'
		}
	},
	column_derived: {
		severity: 'warning',
		message: {
			'zh-CN': '列“{column}”由其他列推算，表中的值不会使用。',
			en: 'The column “{column}” is derived from others; the values in the table are not used.'
		},
		advice: { 'zh-CN': '删去这一列。', en: 'Remove the column.' },
		help: {
			'zh-CN': '完成率、期间的年份与天数等总是推算得出，不可能与来源不一致。',
			en: 'Attainment and the parts of a period are always derived, so that they cannot contradict their source.'
		}
	},
	column_duplicate: {
		severity: 'error',
		message: { 'zh-CN': '列“{column}”出现了两次。', en: 'The column “{column}” stands twice.' },
		advice: { 'zh-CN': '只保留一列。', en: 'Keep one of them.' },
		help: {
			'zh-CN': '同名的两列无法判断以哪一列为准。',
			en: 'With two columns of one name nobody could say which one counts.'
		}
	},
	row_length: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行有 {found} 个单元格，表头有 {expected} 列。',
			en: 'Line {line} has {found} cells; the header has {expected}.'
		},
		advice: {
			'zh-CN': '检查该行的逗号与引号。',
			en: 'Look at the commas and quotes of that line.'
		},
		help: {
			'zh-CN': '行的长度与表头不一致时，后面的值会错位。',
			en: 'Where a line is longer or shorter than the header, values would slip into wrong columns.'
		}
	},
	cell_required: {
		severity: 'error',
		message: { 'zh-CN': '第 {line} 行的“{column}”为空。', en: 'Line {line} has no “{column}”.' },
		advice: { 'zh-CN': '补上该值。', en: 'Fill it in.' },
		help: {
			'zh-CN': '没有员工或期间的行不知道属于谁。',
			en: 'A row without an employee or a period belongs to nobody.'
		}
	},
	cell_not_numeric: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行的“{column}”应为数字，实际是“{found}”。',
			en: 'Line {line}, “{column}”: a number is expected, “{found}” was found.'
		},
		advice: {
			'zh-CN': '写成 1234.5 这样的数字；缺失请留空。{count_zh}',
			en: 'Write a number such as 1234.5; leave the cell empty if it is missing.{count}'
		},
		help: {
			'zh-CN': '指标、目标、团队与参数列必须是数字。千分位、百分号与单位请在导入时去掉。',
			en: 'Columns of metrics, targets, teams and parameters are numbers, without thousands separators, percent signs or units.'
		}
	},
	period_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行的期间“{found}”不存在。',
			en: 'Line {line}: there is no period “{found}”.'
		},
		advice: {
			'zh-CN': '写成 2025-01、2025-Q1、2025-H1 或 2025。',
			en: 'Write 2025-01, 2025-Q1, 2025-H1 or 2025.'
		},
		help: {
			'zh-CN': '期间有四种写法：月、季、半年、年。',
			en: 'Periods are months, quarters, halves or years.'
		}
	},
	row_duplicate: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行与第 {first} 行是同一员工同一期间（{employee}，{period}）。',
			en: 'Line {line} is of the same employee and period as line {first} ({employee}, {period}).'
		},
		advice: {
			'zh-CN': '每人每期只保留一行。{count_zh}',
			en: 'Keep one row for each employee and period.{count}'
		},
		help: {
			'zh-CN': '两行数据不同，就无法判断以哪一行为准。',
			en: 'Where two rows differ, nobody could say which one counts.'
		}
	}
});
