/** Findings about one row or cell: where, what was expected, what was found, what to do. */
import { defineDiagnostics } from '#lib/engine/diagnostics/diagnostic.ts';

export const rowDiagnostics = defineDiagnostics({
	import_value_missing: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：应有{field}，却是空的。',
			en: 'Line {line}, “{column}”: {field} is required but empty.'
		},
		advice: { 'zh-CN': '请补上该单元格，或删除这一行。', en: 'Fill the cell, or delete the row.' },
		help: {
			'zh-CN': '没有编号或期间的行无法归属。',
			en: 'A row without id or period cannot be attributed.'
		}
	},
	import_cell_unreadable: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：应为{expected_zh}，却是“{found}”。',
			en: 'Line {line}, “{column}”: expected {expected_en}, found “{found}”.'
		},
		advice: {
			'zh-CN': '请改正单元格，或在映射中选择该列的写法（小数点、日期顺序、单位）。',
			en: 'Correct the cell, or choose the notation of the column in the mapping (decimal mark, order of the date, unit).'
		},
		help: {
			'zh-CN': '读不懂的值不会被当作零或空。',
			en: 'A value that cannot be read is never taken as zero or as empty.'
		}
	},
	import_id_scientific: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：编号“{found}”是科学计数，已丢失位数。',
			en: 'Line {line}, “{column}”: the id “{found}” is in scientific notation and has lost digits.'
		},
		advice: {
			'zh-CN': '在 Excel 中把该列设为“文本”后重新导出。',
			en: 'Format the column as text in the spreadsheet, then export again.'
		},
		help: {
			'zh-CN': '表格软件把长编号变成 1.23E+17，后面的数字无法恢复。',
			en: 'Spreadsheets turn long ids into 1.23E+17; the lost digits cannot be restored.'
		}
	},
	import_row_repeated: {
		severity: 'warning',
		message: {
			'zh-CN': '第 {line} 行与第 {first} 行完全相同（{key}），只导入一次。',
			en: 'Line {line} repeats line {first} ({key}); it is imported once.'
		},
		advice: {
			'zh-CN': '无需处理；可以删除重复行。',
			en: 'Nothing to do; you may delete the repeat.'
		},
		help: { 'zh-CN': '完全相同的行不会改变结果。', en: 'An identical row changes nothing.' }
	},
	import_row_conflict: {
		severity: 'error',
		message: {
			'zh-CN':
				'第 {line} 行与第 {first} 行说的是同一件事（{key}），值却不同：{before} 与 {found}。',
			en: 'Line {line} and line {first} are about the same ({key}) but differ: {before} and {found}.'
		},
		advice: {
			'zh-CN': '请为全部矛盾选择规则（保留最新、最后、最先，或相加），或只保留正确的一行。',
			en: 'Choose a rule for all of them (newest, last, first, or added up), or keep only the right one.'
		},
		help: {
			'zh-CN': '取哪一行不能由先后顺序决定。',
			en: 'Which of the two is right must not depend on their order.'
		}
	},
	import_employee_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：没有编号为“{found}”的员工。',
			en: 'Line {line}, “{column}”: there is no employee “{found}”.'
		},
		advice: {
			'zh-CN': '请先导入此人，或改正编号{hint_zh}。',
			en: 'Import this person first, or correct the id{hint_en}.'
		},
		help: {
			'zh-CN': '数据只能归属于花名册中的人。',
			en: 'Figures belong to people of the roll only.'
		}
	},
	import_match_none: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：没有员工的{field}是“{found}”。',
			en: 'Line {line}, “{column}”: no employee has {field} “{found}”.'
		},
		advice: {
			'zh-CN': '请先导入带有该值的人员文件，或改正该值。',
			en: 'Import the file that carries this value first, or correct it.'
		},
		help: {
			'zh-CN': '第二个人员文件按一个关键属性并入已有人员。',
			en: 'A second file of people is joined to those known by one key attribute.'
		}
	},
	import_match_ambiguous: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：有 {count} 名员工的{field}是“{found}”。',
			en: 'Line {line}, “{column}”: {count} employees have {field} “{found}”.'
		},
		advice: {
			'zh-CN': '请换一个能唯一确定员工的属性。',
			en: 'Match on an attribute that identifies one person.'
		},
		help: {
			'zh-CN': '关键属性必须唯一，否则不知道该改谁。',
			en: 'The key must be unique, or it is not clear whom to change.'
		}
	},
	import_unit_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：没有名为“{found}”的部门。',
			en: 'Line {line}, “{column}”: there is no unit called “{found}”.'
		},
		advice: {
			'zh-CN': '请在映射中选择“新建未知部门”，或把它对应到已有部门。',
			en: 'Choose “create unknown units” in the mapping, or map it to a unit that exists.'
		},
		help: {
			'zh-CN': '拼写不同的部门名会悄悄造出第二个部门。',
			en: 'A different spelling would quietly make a second department.'
		}
	},
	import_unit_cycle: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行：部门“{found}”会成为自己的下级。',
			en: 'Line {line}: the unit “{found}” would stand below itself.'
		},
		advice: { 'zh-CN': '请改正上级部门。', en: 'Correct the unit above.' },
		help: {
			'zh-CN': '组织是一棵树，不能成环。',
			en: 'An organisation is a tree; it cannot have a loop.'
		}
	},
	import_parameter_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：没有登记的参数“{found}”。',
			en: 'Line {line}, “{column}”: no parameter “{found}” is registered.'
		},
		advice: {
			'zh-CN': '请先登记该参数，或改正名称。',
			en: 'Register it first, or correct the name.'
		},
		help: {
			'zh-CN': '规则按编号读取参数，未登记的参数没有人使用。',
			en: 'Rules read parameters by id; nobody uses one that is not registered.'
		}
	},
	import_subject_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：“{found}”既不是员工，也不是部门。',
			en: 'Line {line}, “{column}”: “{found}” is neither an employee nor a unit.'
		},
		advice: {
			'zh-CN': '请先导入此人或部门，或改正编号{hint_zh}。',
			en: 'Import the person or unit first, or correct the id{hint_en}.'
		},
		help: {
			'zh-CN': '每条记录都要归属于一个人或一个部门。',
			en: 'Every record belongs to a person or a unit.'
		}
	},
	import_record_value: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：应为{expected}，却是 {found}。',
			en: 'Line {line}, “{column}”: expected {expected}, found {found}.'
		},
		advice: {
			'zh-CN': '请改正单元格，或把该值对应到允许的取值。',
			en: 'Correct the cell, or map the value to one that is allowed.'
		},
		help: {
			'zh-CN': '记录类型规定了每列的取值。',
			en: 'The type of the records says what each column may hold.'
		}
	},
	import_manager_unknown: {
		severity: 'warning',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：上级“{found}”不在花名册中。',
			en: 'Line {line}, “{column}”: the manager “{found}” is not on the roll.'
		},
		advice: { 'zh-CN': '如属实，可先忽略。', en: 'Ignore it if that is so for now.' },
		help: {
			'zh-CN': '上级不在册不影响计分，但汇报线会缺一段。',
			en: 'Scores do not depend on it, but the line of reporting has a gap.'
		}
	},
	import_metric_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：没有登记的指标“{found}”。',
			en: 'Line {line}, “{column}”: no metric “{found}” is registered.'
		},
		advice: {
			'zh-CN': '请先登记该指标，或改正名称。',
			en: 'Register it first, or correct the name.'
		},
		help: {
			'zh-CN': '没有定义的数字无法计分。',
			en: 'A figure without a definition cannot be scored.'
		}
	},
	import_value_questioned: {
		severity: 'warning',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：{found} 超出通常范围 {low}～{high}。',
			en: 'Line {line}, “{column}”: {found} is outside the usual range {low} to {high}.'
		},
		advice: {
			'zh-CN': '请确认单位是否正确；数值会照原样导入。',
			en: 'Check the unit; the value is imported as it stands.'
		},
		help: {
			'zh-CN': '超出范围的值要问，但不会被截断。',
			en: 'Such values are questioned, never clipped.'
		}
	},
	import_period_grain: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：指标按{grain}记录，却是“{found}”。',
			en: 'Line {line}, “{column}”: the metric is observed by {grain}, found “{found}”.'
		},
		advice: {
			'zh-CN': '请换成该指标的期间；季度定额可选择“平均分到各月”。',
			en: 'Give the period of the metric; a quarterly quota can be spread over its months.'
		},
		help: {
			'zh-CN': '季度数字放进月度指标会被重复计算。',
			en: 'A quarter’s figure in a monthly metric would be counted wrongly.'
		}
	},
	import_row_superseded: {
		severity: 'hint',
		message: {
			'zh-CN': '第 {line} 行被第 {first} 行取代（{key}）：{before} → {found}。',
			en: 'Line {line} gives way to line {first} ({key}): {before} → {found}.'
		},
		advice: {
			'zh-CN': '按所选规则处理；请在预演中确认。',
			en: 'This follows the chosen rule; check it in the dry run.'
		},
		help: {
			'zh-CN': '由人选择的规则决定同一件事的哪一行有效。',
			en: 'A rule that a person chose decides which row about the same counts.'
		}
	},
	import_rate_missing: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：{day} 没有 {found} 对 {currency} 的汇率。',
			en: 'Line {line}, “{column}”: there is no rate of {found} in {currency} for {day}.'
		},
		advice: {
			'zh-CN': '请登记该日或更早的汇率，再查看预演。',
			en: 'Register a rate of that day or an earlier one, then look at the dry run again.'
		},
		help: {
			'zh-CN': '外币按期末当日有效的汇率换算成客户的报告币种，原币种与原金额一并保留。',
			en: 'Amounts are converted at the rate that holds on the last day of their period; the original is kept.'
		}
	},
	import_currency_mark: {
		severity: 'warning',
		message: {
			'zh-CN': '第 {line} 行，“{column}”：单元格标的是 {found}，按 {currency} 导入。',
			en: 'Line {line}, “{column}”: the cell is marked {found}; it is imported as {currency}.'
		},
		advice: {
			'zh-CN': '如确为 {found}，请在映射中选择该列的币种，或“按单元格标记”。',
			en: 'If it really is {found}, choose the currency of the column, or “as marked in the cell”.'
		},
		help: {
			'zh-CN': '导出文件常混用货币符号，所以不自动换算，但会提醒。',
			en: 'Exports mix currency marks carelessly, so nothing is converted unasked.'
		}
	},
	import_spread_overlap: {
		severity: 'warning',
		message: {
			'zh-CN': '第 {line} 行：{key} 在 {found} 同时属于两个定额，两部分相加。',
			en: 'Line {line}: {key} belongs to two quotas in {found}; both parts are added up.'
		},
		advice: {
			'zh-CN': '如应只算其中一个，请改正日期。',
			en: 'Correct the date if only one of them should count.'
		},
		help: {
			'zh-CN': '定额从其日期所在的月份开始；两个日期相隔不足时，中间的月份会重叠。',
			en: 'A quota begins with the month of its date; two dates too close to each other share a month.'
		}
	}
});
