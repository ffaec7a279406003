/** Findings about a whole file and its mapping: nothing can be imported until they are mended. */
import { defineDiagnostics } from '#lib/engine/diagnostics/diagnostic.ts';

export const fileDiagnostics = defineDiagnostics({
	import_file_empty: {
		severity: 'error',
		message: { 'zh-CN': '文件是空的。', en: 'The file is empty.' },
		advice: { 'zh-CN': '请重新导出后再上传。', en: 'Export it again, then upload it.' },
		help: {
			'zh-CN': '文件长度为零，常见于导出中断。',
			en: 'The file has no bytes; usually the export was interrupted.'
		}
	},
	import_file_too_large: {
		severity: 'error',
		message: {
			'zh-CN': '文件有 {found} 字节，上限是 {limit} 字节。',
			en: 'The file has {found} bytes; the limit is {limit}.'
		},
		advice: {
			'zh-CN': '请按年份或部门拆成几个文件。',
			en: 'Split it into several files, by year or by department.'
		},
		help: {
			'zh-CN': '上限保护服务器内存，避免影响其他用户。',
			en: 'The limit protects the memory of the server and everybody else on it.'
		}
	},
	import_too_many_rows: {
		severity: 'error',
		message: {
			'zh-CN': '文件有 {found} 行以上，上限是 {limit} 行。',
			en: 'The file has {found} rows or more; the limit is {limit}.'
		},
		advice: { 'zh-CN': '请按年份拆成几个文件。', en: 'Split it into several files, by year.' },
		help: {
			'zh-CN': '一次导入在一个事务里提交，行数有上限才能保持短暂。',
			en: 'An import is committed in one transaction, which a limit keeps short.'
		}
	},
	import_too_many_columns: {
		severity: 'error',
		message: {
			'zh-CN': '文件的列数超过上限 {limit}。',
			en: 'The file has more columns than the limit of {limit}.'
		},
		advice: {
			'zh-CN': '请检查分隔符，或删去不需要的列。',
			en: 'Check the delimiter, or delete columns that are not needed.'
		},
		help: {
			'zh-CN': '列数异常通常是分隔符选错了。',
			en: 'Too many columns usually mean a wrong delimiter.'
		}
	},
	import_not_text: {
		severity: 'error',
		message: {
			'zh-CN': '这是一个压缩包，不是表格文件。',
			en: 'This is a zip archive, not a table.'
		},
		advice: {
			'zh-CN': '请解压后上传其中的 CSV 或 XLSX 文件。',
			en: 'Unpack it and upload the CSV or XLSX file inside.'
		},
		help: {
			'zh-CN': '压缩包里没有工作簿。',
			en: 'There is no workbook in the archive.'
		}
	},
	import_workbook_old: {
		severity: 'error',
		message: {
			'zh-CN': '这是旧格式（.xls）或带密码的工作簿。',
			en: 'This is a workbook in the old format (.xls), or one with a password.'
		},
		advice: {
			'zh-CN': '请去掉密码，在 Excel 或 WPS 中另存为 .xlsx 后上传。',
			en: 'Remove the password, save it as .xlsx in Excel or WPS, then upload that.'
		},
		help: {
			'zh-CN': '旧格式无法在打开之前检查内容是否安全。',
			en: 'The old format cannot be looked into before it is opened.'
		}
	},
	import_workbook_broken: {
		severity: 'error',
		message: {
			'zh-CN': '工作簿已损坏，或不是 Excel 写出的样子。',
			en: 'The workbook is damaged, or is not as a spreadsheet writes it.'
		},
		advice: {
			'zh-CN': '请在 Excel 或 WPS 中打开并重新保存，再上传。',
			en: 'Open it in Excel or WPS, save it again, then upload it.'
		},
		help: {
			'zh-CN': '读不完整的文件会丢掉数据，所以不读。',
			en: 'A file that cannot be read whole would lose data, so it is not read.'
		}
	},
	import_workbook_bomb: {
		severity: 'error',
		message: {
			'zh-CN': '工作簿展开后过大，已拒绝打开。',
			en: 'The workbook would unpack to far too much; it was not opened.'
		},
		advice: {
			'zh-CN': '请只把需要的区域复制到新的工作簿后上传。',
			en: 'Copy the cells that are needed into a new workbook, then upload that.'
		},
		help: {
			'zh-CN': '上限：2000 个部件、展开后 200 MB、压缩比 200。',
			en: 'The limits are 2,000 parts, 200 MB unpacked, and a ratio of 200.'
		}
	},
	import_workbook_encrypted: {
		severity: 'error',
		message: { 'zh-CN': '工作簿带有密码。', en: 'The workbook has a password.' },
		advice: { 'zh-CN': '请去掉密码后上传。', en: 'Remove the password, then upload it.' },
		help: {
			'zh-CN': '这里不保存任何文件密码。',
			en: 'Passwords of files are not kept here.'
		}
	},
	import_sheet_hidden: {
		severity: 'warning',
		message: { 'zh-CN': '工作表“{sheet}”是隐藏的。', en: 'The sheet “{sheet}” is hidden.' },
		advice: {
			'zh-CN': '请确认确实要导入隐藏的工作表。',
			en: 'Make sure that a hidden sheet is what you mean to import.'
		},
		help: {
			'zh-CN': '隐藏的工作表常是旧数据或底稿，不会自动选用。',
			en: 'Hidden sheets are often old data; none is used unless it is chosen.'
		}
	},
	import_columns_hidden: {
		severity: 'hint',
		message: {
			'zh-CN': '有隐藏的列：{columns}。',
			en: 'Some columns are hidden: {columns}.'
		},
		advice: {
			'zh-CN': '隐藏的列照样可以映射；不需要时请忽略。',
			en: 'They may be mapped like others; ignore those you do not need.'
		},
		help: {
			'zh-CN': '表里看不见的数据也在文件里。',
			en: 'What a sheet does not show is in the file all the same.'
		}
	},
	import_formulas_empty: {
		severity: 'warning',
		message: {
			'zh-CN': '有 {count} 个公式没有保存结果，这些单元格是空的。',
			en: '{count} formulas hold no result; their cells are empty.'
		},
		advice: {
			'zh-CN': '如需要这些值，请在 Excel 或 WPS 中打开、保存后重新上传。',
			en: 'If you need them, open and save the file in Excel or WPS, then upload it again.'
		},
		help: {
			'zh-CN': '公式从不在服务器上执行，只读取文件里已有的结果。',
			en: 'No formula is ever executed here; only results that the file holds are read.'
		}
	},
	import_merges_filled: {
		severity: 'hint',
		message: {
			'zh-CN': '{count} 处纵向合并的单元格，其值用于合并的每一行。',
			en: '{count} cells merged over several rows: their value holds for each of them.'
		},
		advice: {
			'zh-CN': '请在预览中确认。',
			en: 'Check them in the preview.'
		},
		help: {
			'zh-CN': '文件里只有第一行存有合并单元格的值。',
			en: 'A file holds the value of merged cells in their first row only.'
		}
	},
	import_encoding_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '无法确定文件的编码（已尝试：{tried}）。',
			en: 'The encoding of the file is not clear (tried: {tried}).'
		},
		advice: {
			'zh-CN': '请选择导出时使用的编码，或另存为“CSV UTF-8”。',
			en: 'Choose the encoding it was exported with, or save it as “CSV UTF-8”.'
		},
		help: {
			'zh-CN': '用错编码会得到乱码姓名，所以宁可先问。',
			en: 'A wrong encoding stores names as nonsense, so we ask instead of guessing.'
		}
	},
	import_csv_broken: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行的引号没有成对。',
			en: 'The quotation marks in line {line} do not match.'
		},
		advice: {
			'zh-CN': '请检查该行的双引号：单元格内的双引号要写成两个。',
			en: 'Check the double quotes of that line: inside a cell they are written twice.'
		},
		help: {
			'zh-CN': '引号不成对时，后面的列和行都会错位。',
			en: 'With an unmatched quote every later cell and line would shift.'
		}
	},
	import_header_missing: {
		severity: 'error',
		message: { 'zh-CN': '没有找到表头行。', en: 'No header row was found.' },
		advice: {
			'zh-CN': '请指出表头在第几行，或在第一行写上列名。',
			en: 'Say which line holds the header, or write column names into the first line.'
		},
		help: {
			'zh-CN': '列按名称映射，没有列名就无法确认含义。',
			en: 'Columns are mapped by name; without names their meaning cannot be confirmed.'
		}
	},
	import_header_duplicate: {
		severity: 'warning',
		message: {
			'zh-CN': '有几列都叫“{column}”，后面的已加上序号。',
			en: 'Several columns are called “{column}”; the later ones were numbered.'
		},
		advice: {
			'zh-CN': '请在预览中确认映射的是哪一列。',
			en: 'Check in the preview which of them is mapped.'
		},
		help: {
			'zh-CN': '同名列需要区分，否则可能取错数据。',
			en: 'Columns of the same name have to be told apart, or the wrong one may be taken.'
		}
	},
	import_no_rows: {
		severity: 'error',
		message: { 'zh-CN': '表头下面没有数据行。', en: 'There are no data rows below the header.' },
		advice: { 'zh-CN': '请检查导出的筛选条件。', en: 'Check the filter of the export.' },
		help: { 'zh-CN': '只有表头的文件不会改变任何数据。', en: 'A header alone changes nothing.' }
	},
	import_column_missing: {
		severity: 'error',
		message: {
			'zh-CN': '映射用到的列“{column}”不在文件里。文件的列：{found}。',
			en: 'The mapping uses the column “{column}”, which the file does not have. It has: {found}.'
		},
		advice: {
			'zh-CN': '请为字段“{field}”另选一列，或补上该列。',
			en: 'Choose another column for “{field}”, or add the column.'
		},
		help: {
			'zh-CN': '使用已保存的映射时，文件少了一列就会这样。',
			en: 'This happens when a saved mapping meets a file with a column less.'
		}
	},
	import_field_missing: {
		severity: 'error',
		message: {
			'zh-CN': '必填字段“{field}”还没有对应的列。',
			en: 'The required field “{field}” has no column.'
		},
		advice: {
			'zh-CN': '请选择一列，或为全部行填写同一个值。',
			en: 'Choose a column, or give one value for all rows.'
		},
		help: {
			'zh-CN': '没有人员编号或期间，数据不知道属于谁、属于何时。',
			en: 'Without employee and period a figure belongs to nobody and no time.'
		}
	},
	import_field_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '没有名为“{field}”的字段。',
			en: 'There is no field called “{field}”.'
		},
		advice: {
			'zh-CN': '请从列表中选择，或先登记该指标。',
			en: 'Choose one from the list, or register the metric first.'
		},
		help: {
			'zh-CN': '字段来自人员属性和已登记的指标。',
			en: 'Fields are the attributes of people and the registered metrics.'
		}
	},
	import_field_twice: {
		severity: 'error',
		message: {
			'zh-CN': '字段“{field}”对应了两列。',
			en: 'Two columns are mapped to “{field}”.'
		},
		advice: { 'zh-CN': '请只保留一列。', en: 'Keep one of them.' },
		help: { 'zh-CN': '两列写入同一字段时，结果取决于顺序。', en: 'Which one would win is chance.' }
	},
	import_no_values: {
		severity: 'error',
		message: {
			'zh-CN': '没有任何一列对应要导入的内容。',
			en: 'No column is mapped to anything to import.'
		},
		advice: {
			'zh-CN': '请至少映射一个指标或属性。',
			en: 'Map at least one metric or attribute.'
		},
		help: {
			'zh-CN': '只映射编号和期间的文件不会带来任何数据。',
			en: 'A file of ids and periods alone brings no data.'
		}
	}
});
