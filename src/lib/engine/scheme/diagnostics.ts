/** What can be wrong with the structure of a scheme or a metric, said once in both languages. */
import { defineDiagnostics } from '../diagnostics/diagnostic.ts';

export const schemeDiagnostics = defineDiagnostics({
	json_syntax: {
		severity: 'error',
		message: {
			'zh-CN': '第 {line} 行第 {column} 列不是合法的 JSON：{problem_zh}。',
			en: 'Line {line}, column {column} is not valid JSON: {problem}.'
		},
		advice: { 'zh-CN': '{advice_zh}', en: '{advice}' },
		help: {
			'zh-CN': '方案是一个 JSON 文档。语法有误时不会猜测作者的意思，而是指出第一处读不下去的位置。',
			en: 'A scheme is one JSON document. Where the syntax is broken nothing is guessed: the first place that cannot be read is named.'
		}
	},
	key_duplicate: {
		severity: 'error',
		message: {
			'zh-CN': '键“{key}”在同一个对象里出现了两次（第 {line} 行第 {column} 列）。',
			en: 'The key “{key}” stands twice in one object (line {line}, column {column}).'
		},
		advice: {
			'zh-CN': '只保留一个；两个值中后一个会悄悄盖住前一个。',
			en: 'Keep one of them; the later one would silently hide the earlier.'
		},
		help: {
			'zh-CN': '重复的键多半是复制后忘了改名，读取时会丢掉其中一个，所以拒绝。',
			en: 'A key that stands twice is mostly a copy that was not renamed. One of the two would be lost, so the document is refused.'
		}
	},
	key_unknown: {
		severity: 'error',
		message: { 'zh-CN': '这里没有“{key}”这个字段。', en: 'There is no field “{key}” here.' },
		advice: {
			'zh-CN': '{hint_zh}可用的字段：{known}。',
			en: '{hint}Fields that are known here: {known}.'
		},
		help: {
			'zh-CN': '未列出的字段会被拒绝，这样拼错的字段不会被当作不存在。',
			en: 'Fields that are not listed are refused, so that a misspelt one is never taken for an absent one.'
		}
	},
	key_missing: {
		severity: 'error',
		message: { 'zh-CN': '缺少字段“{key}”。', en: 'The field “{key}” is missing.' },
		advice: { 'zh-CN': '补上“{key}”：{about_zh}', en: 'Add “{key}”: {about}' },
		help: {
			'zh-CN': '没有默认值的字段必须写出来，规则的含义不靠猜测。',
			en: 'A field without a default must be written out: the meaning of a scheme is never guessed.'
		}
	},
	key_reserved: {
		severity: 'error',
		message: {
			'zh-CN': '“{key}”是保留的名称，不能使用。',
			en: '“{key}” is a reserved name and cannot be used.'
		},
		advice: { 'zh-CN': '换一个名称。', en: 'Choose another name.' },
		help: {
			'zh-CN': '这些名称在程序里会触及对象的原型，因此一律拒绝。',
			en: 'These names reach the prototype of objects in programs, so they are always refused.'
		}
	},
	type_wrong: {
		severity: 'error',
		message: {
			'zh-CN': '这里应为{expected_zh}，实际是 {found}。',
			en: 'This should be {expected}, but it is {found}.'
		},
		advice: { 'zh-CN': '改成{expected_zh}。', en: 'Write {expected} instead.' },
		help: {
			'zh-CN': '每个字段只有一种写法，详见方案格式说明。',
			en: 'Every field has one form; the description of the scheme format lists them.'
		}
	},
	value_not_allowed: {
		severity: 'error',
		message: { 'zh-CN': '“{found}”不在可选值之中。', en: '“{found}” is not one of the choices.' },
		advice: { 'zh-CN': '{hint_zh}可选值：{allowed}。', en: '{hint}Choose one of: {allowed}.' },
		help: {
			'zh-CN': '该字段只接受列出的词。',
			en: 'This field takes only the words that are listed.'
		}
	},
	number_out_of_range: {
		severity: 'error',
		message: {
			'zh-CN': '数值 {found} 超出范围，应为{expected_zh}。',
			en: 'The number {found} is out of range; it should be {expected}.'
		},
		advice: { 'zh-CN': '改成{expected_zh}。', en: 'Write {expected} instead.' },
		help: {
			'zh-CN': '小数位、上下限等设置有固定范围，超出后结果无法精确。',
			en: 'Decimals, limits and the like have a fixed range, beyond which results could not be exact.'
		}
	},
	id_malformed: {
		severity: 'error',
		message: { 'zh-CN': '“{id}”不能作标识。', en: '“{id}” cannot be an id.' },
		advice: {
			'zh-CN': '标识以字母开头，只含字母、数字、“_”和“-”，例如 {example}。',
			en: 'An id starts with a letter and has only letters, digits, “_” and “-”, such as {example}.'
		},
		help: {
			'zh-CN': '标识是词，用于引用、比较版本和导出，改名等于换了一个对象。',
			en: 'Ids are words: rules, comparisons and exports refer to things by them.'
		}
	},
	id_style: {
		severity: 'warning',
		message: {
			'zh-CN': '标识“{id}”不是通用写法（{style}）。',
			en: 'The id “{id}” is not written the usual way ({style}).'
		},
		advice: { 'zh-CN': '建议写成 {suggestion}。', en: 'Write it as {suggestion}.' },
		help: {
			'zh-CN':
				'方案、规则包用短横线（kebab-case），考核项、红线、等级、指标、参数用下划线（snake_case）。',
			en: 'Schemes and packs are written in kebab-case; items, adjustments, gates, grades, metrics and parameters in snake_case.'
		}
	},
	id_duplicate: {
		severity: 'error',
		message: {
			'zh-CN': '标识“{id}”重复，第一次出现在 {first}。',
			en: 'The id “{id}” is used twice, first at {first}.'
		},
		advice: { 'zh-CN': '给其中一个换一个标识。', en: 'Give one of them another id.' },
		help: {
			'zh-CN': '标识在一个方案内唯一，否则版本对比与计算明细无法对应。',
			en: 'Ids are unique, or comparisons and explanations could not tell two things apart.'
		}
	},
	list_length: {
		severity: 'error',
		message: {
			'zh-CN': '列表有 {found} 项，应为{expected_zh}。',
			en: 'The list has {found} entries; it should have {expected}.'
		},
		advice: { 'zh-CN': '增减列表的条目。', en: 'Add or remove entries.' },
		help: {
			'zh-CN': '空的考核项或过长的列表都无法核算。',
			en: 'A scheme without items, or with a list beyond the limit, cannot be scored.'
		}
	},
	text_empty: {
		severity: 'error',
		message: { 'zh-CN': '文字不能为空。', en: 'The text must not be empty.' },
		advice: { 'zh-CN': '写上给人看的文字。', en: 'Write what people shall read.' },
		help: {
			'zh-CN': '名称与说明会显示给员工与审批人，中英文都要有。',
			en: 'Names and messages are shown to employees and approvers, in both languages.'
		}
	},
	document_too_large: {
		severity: 'error',
		message: {
			'zh-CN': '文档有 {found} 字节，上限是 {limit}。',
			en: 'The document has {found} bytes; the limit is {limit}.'
		},
		advice: {
			'zh-CN': '把方案拆成几个，或删去用不到的示例。',
			en: 'Split the scheme, or remove examples that are not needed.'
		},
		help: {
			'zh-CN': '上限保证任何方案都能在瞬间检查完。',
			en: 'The limit makes sure that every scheme is checked in a moment.'
		}
	},
	document_too_deep: {
		severity: 'error',
		message: {
			'zh-CN': '嵌套超过 {limit} 层。',
			en: 'The document is nested deeper than {limit} levels.'
		},
		advice: { 'zh-CN': '减少嵌套。', en: 'Nest less.' },
		help: {
			'zh-CN': '没有人写得出、也没有人读得懂嵌套这么深的规则。',
			en: 'Nobody writes, or reads, rules nested this deep.'
		}
	},
	metric_unknown: {
		severity: 'error',
		message: { 'zh-CN': '没有指标“{metric}”。', en: 'There is no metric “{metric}”.' },
		advice: {
			'zh-CN': '{hint_zh}先定义该指标，或改用已有指标。',
			en: '{hint}Define the metric first, or use one that exists.'
		},
		help: {
			'zh-CN': '考核项引用指标库中的指标，一个指标在客户内只有一个定义。',
			en: 'An item refers to a metric of the client; a metric has one definition.'
		}
	},
	metric_without_data: {
		severity: 'warning',
		message: {
			'zh-CN': '考核项“{item}”的指标“{metric}”在数据中没有对应的列。',
			en: 'The data has no column for the metric “{metric}” of item “{item}”.'
		},
		advice: {
			'zh-CN': '导入 metric.{metric}，否则该项总是缺失。',
			en: 'Import metric.{metric}, or the item is always missing.'
		},
		help: {
			'zh-CN': '没有数据的考核项按缺失处理，可能使所有人都没有分数。',
			en: 'An item without data counts as missing, which may leave everybody without a score.'
		}
	},
	weight_missing: {
		severity: 'error',
		message: {
			'zh-CN': '考核项“{item}”没有权重。',
			en: 'The item “{item}” has no weight.'
		},
		advice: {
			'zh-CN': '写上权重（百分数），或把 weighting 改为 "points"。',
			en: 'Give it a weight in percent, or set weighting to "points".'
		},
		help: {
			'zh-CN': '百分比方案里每个考核项都要有权重，合计 100。',
			en: 'In a scheme of percentages every item has a weight, and they total 100.'
		}
	},
	weight_with_points: {
		severity: 'error',
		message: {
			'zh-CN': '考核项“{item}”写了权重，但方案按分值相加。',
			en: 'The item “{item}” has a weight, but the scheme adds points.'
		},
		advice: {
			'zh-CN': '删去权重，或把 weighting 改为 "percent"。',
			en: 'Remove the weight, or set weighting to "percent".'
		},
		help: {
			'zh-CN': '分值方案里考核项的得分已经是最终分值，权重会被误读。',
			en: 'Where a scheme adds points, item scores are points already: a weight would be misread.'
		}
	},
	exclude_with_points: {
		severity: 'error',
		message: {
			'zh-CN': '考核项“{item}”缺失时不能“剔除”：方案按分值相加。',
			en: 'The item “{item}” cannot be excluded when missing: the scheme adds points.'
		},
		advice: {
			'zh-CN': '改用 "block"、"zero" 或 {"score": n}。',
			en: 'Use "block", "zero" or {"score": n}.'
		},
		help: {
			'zh-CN': '剔除后把其余权重放大到 100，只有百分比方案才有权重可放大。',
			en: 'Excluding scales the other weights to 100; only a scheme of percentages has weights to scale.'
		}
	},
	weights_not_100: {
		severity: 'error',
		message: {
			'zh-CN': '权重合计 {total}，不是 100（{weights}）。',
			en: 'The weights are not 100: {weights} totals {total}.'
		},
		advice: {
			'zh-CN': '{change_zh}，或按“一键配平”。',
			en: '{change}, or balance them.'
		},
		help: {
			'zh-CN':
				'权重说明每项占总分多少。合计不是 100 时总分不可比较，因此不能发布；草稿预览会暂时按 100 折算并注明。',
			en: 'Weights say how much of the total each item decides. When they do not total 100 the scores cannot be compared, so the scheme cannot be published; the preview of a draft scales them to 100 and says so.'
		}
	},
	grades_not_ordered: {
		severity: 'error',
		message: {
			'zh-CN': '等级“{grade}”从 {from} 分起，没有低于前一等级“{before}”的 {before_from} 分。',
			en: 'The grade “{grade}” starts at {from}, not below {before_from} of “{before}” before it.'
		},
		advice: {
			'zh-CN': '等级从最好写到最差，起点分逐级降低。',
			en: 'List grades best first, each starting lower than the one before.'
		},
		help: {
			'zh-CN': '评级取第一个起点不高于得分的等级，顺序错误会使后面的等级永远用不到。',
			en: 'A score gets the first grade that starts at or below it; in the wrong order a grade could never be given.'
		}
	},
	grade_unknown: {
		severity: 'error',
		message: { 'zh-CN': '没有等级“{grade}”。', en: 'There is no grade “{grade}”.' },
		advice: {
			'zh-CN': '{hint_zh}已有等级：{known}。',
			en: '{hint}Grades of this scheme: {known}.'
		},
		help: {
			'zh-CN': '红线可以限制最高等级，须引用本方案的等级。',
			en: 'A gate may name a best possible grade, which must be one of the scheme.'
		}
	},
	total_range: {
		severity: 'error',
		message: {
			'zh-CN': '总分下限 {min} 不低于上限 {max}。',
			en: 'The lowest total {min} is not below the highest {max}.'
		},
		advice: { 'zh-CN': '交换或修改 min 与 max。', en: 'Swap or change min and max.' },
		help: {
			'zh-CN': '总分会截断到上下限之间。',
			en: 'The total is clamped between the two.'
		}
	},
	expectation_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '示例“{example}”期望的“{key}”不是可核对的结果。',
			en: 'The example “{example}” expects “{key}”, which is not a result that can be compared.'
		},
		advice: {
			'zh-CN':
				'{hint_zh}可核对：status、score、grade、payout、insights、items.<考核项>.score、items.<考核项>.points。',
			en: '{hint}Results are: status, score, grade, payout, insights, items.<item>.score, items.<item>.points.'
		},
		help: {
			'zh-CN': '示例（典型员工）在发布前必须全部成立。',
			en: 'Examples are golden employees: all of them must hold before a scheme is published.'
		}
	},
	given_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '示例“{example}”给定的“{path}”不是变量。',
			en: 'The example “{example}” gives “{path}”, which is not a variable.'
		},
		advice: {
			'zh-CN':
				'写成 employee.<属性>、metric.<指标>、target.<指标>、team.<指标>.actual 或 param.<参数>。',
			en: 'Write employee.<attribute>, metric.<id>, target.<id>, team.<id>.actual or param.<name>.'
		},
		help: {
			'zh-CN': '没有给定的变量就是缺失。写错的路径会让示例悄悄地少一个值，所以拒绝。',
			en: 'What an example does not give is missing. A misspelt path would silently take a value away, so it is refused.'
		}
	},
	example_period: {
		severity: 'error',
		message: {
			'zh-CN': '示例“{example}”的期间“{found}”不是一个{expected}期间。',
			en: 'The period “{found}” of the example “{example}” is not a {expected}.'
		},
		advice: { 'zh-CN': '写成例如 {sample}。', en: 'Write, for example, {sample}.' },
		help: {
			'zh-CN': '示例的期间须与方案的考核期一致。',
			en: 'An example is of a period of the scheme’s length.'
		}
	},
	field_conflict: {
		severity: 'error',
		message: {
			'zh-CN': '“{key}”与“{other}”不能这样组合：{why_zh}',
			en: '“{key}” and “{other}” do not fit together: {why}'
		},
		advice: {
			'zh-CN': '改正“{key}”或“{other}”。',
			en: 'Change “{key}” or “{other}”.'
		},
		help: {
			'zh-CN': '指标的几个字段互相依赖，例如按比率汇总需要分子与分母。',
			en: 'Some fields of a metric need each other: a ratio, for example, needs its numerator and denominator.'
		}
	},
	metric_cycle: {
		severity: 'error',
		message: {
			'zh-CN': '指标互相引用成环：{path}。',
			en: 'The metrics are defined by each other in a circle: {path}.'
		},
		advice: {
			'zh-CN': '让环中至少一个指标不再引用其他指标。',
			en: 'Let one metric of the circle no longer refer to the others.'
		},
		help: {
			'zh-CN': '派生指标必须最终落到采集到的数据上。',
			en: 'A derived metric must rest on collected data in the end.'
		}
	}
});
