/** What can be wrong with a rule: when it is saved, and when it is evaluated. */
import { defineDiagnostics } from '../diagnostics/diagnostic.ts';

export const logicDiagnostics = defineDiagnostics({
	rule_not_json: {
		severity: 'error',
		message: {
			'zh-CN': '这里不是 JSON 值（{found}）。',
			en: 'This is not a JSON value ({found}).'
		},
		advice: {
			'zh-CN': '规则只能由文本、有限的数字、true、false、null、列表和对象组成。',
			en: 'A rule is made of texts, finite numbers, true, false, null, lists and objects only.'
		},
		help: {
			'zh-CN': '规则以 JSON 保存、计算哈希并在各处重现，因此只接受 JSON 能写出的值。',
			en: 'Rules are stored, hashed and reproduced as JSON, so only what JSON can write is accepted.'
		}
	},
	rule_too_large: {
		severity: 'error',
		message: {
			'zh-CN': '规则超过 {limit} 字节。',
			en: 'The rule is larger than {limit} bytes.'
		},
		advice: {
			'zh-CN': '把规则拆成几项，或把数据放进指标和参数。',
			en: 'Split the rule, or keep data in metrics and parameters.'
		},
		help: {
			'zh-CN': '规则保存、导入、安装和提交时都检查大小，使任何规则都不会拖慢他人。',
			en: 'Size is checked wherever rules enter, so that no rule can slow down others.'
		}
	},
	rule_too_deep: {
		severity: 'error',
		message: {
			'zh-CN': '规则嵌套超过 {limit} 层。',
			en: 'The rule is nested more than {limit} levels deep.'
		},
		advice: {
			'zh-CN': '用一个多分支的 if 或 steps 代替层层嵌套。',
			en: 'Use one if with several branches, or steps, instead of nesting.'
		},
		help: {
			'zh-CN': '太深的规则没人能读懂，也可能耗尽调用栈。',
			en: 'Nobody can read a rule that deep, and it could exhaust the call stack.'
		}
	},
	rule_too_many_nodes: {
		severity: 'error',
		message: {
			'zh-CN': '规则超过 {limit} 个节点。',
			en: 'The rule has more than {limit} nodes.'
		},
		advice: {
			'zh-CN': '拆分规则，或把对照表做成指标或参数。',
			en: 'Split the rule, or turn a look-up into a metric or parameters.'
		},
		help: {
			'zh-CN': '节点数是求值成本的上限，计入每个运算、列表、变量和写明的值。',
			en: 'The count bounds the cost of evaluation: every operator, list, variable and literal counts.'
		}
	},
	rule_too_many_iterations: {
		severity: 'error',
		message: {
			'zh-CN': '列表的逐项计算嵌套超过 {limit} 层。',
			en: 'More than {limit} iterations over lists are nested.'
		},
		advice: {
			'zh-CN': '先用 merge 或 filter 得到一个列表，再逐项计算。',
			en: 'Make one list first, with merge or filter, and iterate over that.'
		},
		help: {
			'zh-CN': '每多嵌套一层，计算量就再乘以列表长度。',
			en: 'Every level multiplies the work by the length of the list.'
		}
	},
	rule_not_one_operator: {
		severity: 'error',
		message: {
			'zh-CN': '规则对象必须恰好有一个运算名，这里有 {count} 个键。',
			en: 'A rule object has exactly one operator name; this one has {count} keys.'
		},
		advice: {
			'zh-CN': '写成 {"运算": [操作数, …]}；多个条件用 and 或 or 连接。',
			en: 'Write {"operator": [operand, …]}; join several conditions with and or or.'
		},
		help: {
			'zh-CN': '在 JSON Logic 中，只有一个键的对象是运算；其他对象会被原样当作数据，多半是笔误。',
			en: 'In JSON Logic an object with one key is a call; any other object is silently data, mostly by mistake.'
		}
	},
	unknown_operator: {
		severity: 'error',
		message: { 'zh-CN': '没有名为 {operator} 的运算。', en: 'There is no operator {operator}.' },
		advice: {
			'zh-CN': '检查拼写{suggestion}，或从运算列表中选择。',
			en: 'Check the spelling{suggestion_en}, or pick one from the list of operators.'
		},
		help: {
			'zh-CN': '运算名必须与列出的完全一致。log 和 method 不存在：规则只计算，不向外写也不调用。',
			en: 'Names must match the list exactly. log and method do not exist: rules compute, they neither write nor call.'
		}
	},
	unknown_variable: {
		severity: 'error',
		message: { 'zh-CN': '没有名为 {variable} 的变量。', en: 'There is no variable {variable}.' },
		advice: {
			'zh-CN': '检查拼写{suggestion}，或先添加提供它的指标、属性或参数。',
			en: 'Check the spelling{suggestion_en}, or first add the metric, attribute or parameter that supplies it.'
		},
		help: {
			'zh-CN': '没有任何数据提供的变量永远缺失，规则会悄悄得出别的结果，因此在保存时拒绝。',
			en: 'A variable that no data supplies is always missing and the rule would quietly mean something else, so it is refused on saving.'
		}
	},
	variable_out_of_reach: {
		severity: 'error',
		message: {
			'zh-CN': '逐项计算的规则里读不到 {variable}，那里只有列表的当前项。',
			en: 'Inside an iteration {variable} cannot be read: only the item is there.'
		},
		advice: {
			'zh-CN':
				'用 {"var": ""} 读取当前项（reduce 中用 current 和 accumulator），把其他变量移到外面。',
			en: 'Read the item with {"var": ""} (current and accumulator in reduce) and move other variables outside.'
		},
		help: {
			'zh-CN': 'JSON Logic 的逐项计算以当前项为数据，外面的变量在其中永远缺失。',
			en: 'Iterations of JSON Logic have the item as their data; outer variables are always missing there.'
		}
	},
	whole_data: {
		severity: 'error',
		message: {
			'zh-CN': '不能读取整行数据。',
			en: 'The whole row cannot be read.'
		},
		advice: {
			'zh-CN': '写出变量名；{"var": ""} 只用在逐项计算里。',
			en: 'Name a variable; {"var": ""} is for iterations only.'
		},
		help: {
			'zh-CN': '一条规则用到什么，必须看得出来，才能检查数据需求和权限。',
			en: 'What a rule reads must be visible, so that data needs and permissions can be checked.'
		}
	},
	computed_path: {
		severity: 'error',
		message: {
			'zh-CN': '变量名不能在求值时计算。',
			en: 'The name of a variable cannot be computed.'
		},
		advice: {
			'zh-CN': '写出变量名；要在几个变量中选择，用 if。',
			en: 'Write the name out; to choose between variables, use if.'
		},
		help: {
			'zh-CN': '只有写明的变量才能检查是否存在、是否有权读取、是否已有数据。',
			en: 'Only names that are written out can be checked for existence, permission and data.'
		}
	},
	too_few_operands: {
		severity: 'error',
		message: {
			'zh-CN': '{operator} 至少需要 {min} 个操作数，这里只有 {count} 个。',
			en: '{operator} needs at least {min} operands, but has {count}.'
		},
		advice: {
			'zh-CN': '补上缺少的操作数：{operands}。',
			en: 'Add what is missing: {operands_en}.'
		},
		help: {
			'zh-CN': '少了操作数的运算在不同实现里含义不同。',
			en: 'What an operator means without its operands differs between implementations.'
		}
	},
	too_many_operands: {
		severity: 'error',
		message: {
			'zh-CN': '{operator} 最多 {max} 个操作数，这里有 {count} 个。',
			en: '{operator} takes at most {max} operands, but has {count}.'
		},
		advice: {
			'zh-CN': '删去多余的操作数，或检查括号是否放对了位置。',
			en: 'Remove the extra ones, or check where the bracket closes.'
		},
		help: {
			'zh-CN': '多余的操作数会被忽略，看似有效却不起作用。',
			en: 'Extra operands are ignored: they look as if they counted and do not.'
		}
	},
	operand_type: {
		severity: 'warning',
		message: {
			'zh-CN': '{operator} 的「{operand}」需要{wanted}，这里总是{found}。',
			en: '“{operand_en}” of {operator} wants {wanted_en}; this is always {found_en}.'
		},
		advice: {
			'zh-CN': '检查是否选错了变量或运算；这样求值通常得到缺失。',
			en: 'Check whether the variable or operator is the right one; the result will usually be missing.'
		},
		help: {
			'zh-CN': '类型在不看数据时就能确定不符，多半是选错了变量。',
			en: 'The type is known not to fit without looking at data, mostly because a wrong variable was picked.'
		}
	},
	result_type: {
		severity: 'error',
		message: {
			'zh-CN': '这条规则应当得出{wanted}，但总是得出{found}。',
			en: 'This rule should give {wanted_en}, but always gives {found_en}.'
		},
		advice: {
			'zh-CN': '改为得出{wanted}的规则；条件可用 if 换成分值。',
			en: 'Use a rule that gives {wanted_en}; a condition becomes points with if.'
		},
		help: {
			'zh-CN': '权重、得分和金额必须是数字，其他类型不能相加。',
			en: 'Weights, scores and amounts are numbers; nothing else can be added up.'
		}
	},
	points_not_written: {
		severity: 'error',
		message: {
			'zh-CN': '{operator} 的点必须写成数字对的列表，如 [[0.8, 60], [1, 100]]，至少 {min} 个。',
			en: 'The points of {operator} are written out as pairs of numbers, such as [[0.8, 60], [1, 100]], at least {min}.'
		},
		advice: {
			'zh-CN': '写出每个点的两个数字，不用变量或运算。',
			en: 'Write both numbers of every point; no variables or operators.'
		},
		help: {
			'zh-CN': '点写明了，才能画出曲线、证明单调性和可能的得分范围。',
			en: 'Only points that are written out can be drawn and checked for direction and range.'
		}
	},
	points_not_ascending: {
		severity: 'error',
		message: {
			'zh-CN': '{operator} 的第 {index} 个点不大于前一个点。',
			en: 'Point {index} of {operator} is not above the one before.'
		},
		advice: {
			'zh-CN': '按从小到大排列各点，每个位置只写一次。',
			en: 'Sort the points from low to high, each position once.'
		},
		help: {
			'zh-CN': '同一位置有两个值的折线没有意义；突跳请用 steps。',
			en: 'A line with two values at one place has no meaning; for a jump use steps.'
		}
	},
	digits_not_written: {
		severity: 'error',
		message: {
			'zh-CN': 'round 的小数位数必须写成 0 到 10 的整数。',
			en: 'The decimals of round are a whole number from 0 to 10, written out.'
		},
		advice: { 'zh-CN': '写 2 表示两位小数。', en: 'Write 2 for two decimals.' },
		help: {
			'zh-CN': '只有写明的位数才能在各处得出完全相同的结果。',
			en: 'Only digits that are written out give the same bits everywhere.'
		}
	},
	end_not_written: {
		severity: 'error',
		message: {
			'zh-CN': 'curve 的两端只能是 "flat"（持平）或 "extend"（延伸）。',
			en: 'The ends of curve are "flat" or "extend".'
		},
		advice: { 'zh-CN': '写 "flat" 或 "extend"。', en: 'Write "flat" or "extend".' },
		help: {
			'zh-CN': '折点之外如何计分应当是有意的选择。',
			en: 'What happens beyond the points should be a choice.'
		}
	},
	count_not_written: {
		severity: 'error',
		message: {
			'zh-CN': 'missing_some 的个数必须写成非负整数。',
			en: 'The count of missing_some is a whole number, written out.'
		},
		advice: { 'zh-CN': '写出至少需要几个变量。', en: 'Write how many variables are needed.' },
		help: {
			'zh-CN': '个数写明了，才能判断这条件是否可能成立。',
			en: 'Only a count that is written out can be checked.'
		}
	},
	step_budget: {
		severity: 'error',
		message: {
			'zh-CN': '求值超过 {limit} 步，已在此处停止。',
			en: 'The evaluation took more than {limit} steps and was stopped here.'
		},
		advice: {
			'zh-CN': '减少逐项计算的嵌套，或缩短列表。',
			en: 'Nest fewer iterations, or use shorter lists.'
		},
		help: {
			'zh-CN': '步数有上限，任何规则都不会让系统停住。',
			en: 'Steps are limited, so that no rule can make the system hang.'
		}
	},
	depth_budget: {
		severity: 'error',
		message: {
			'zh-CN': '求值嵌套超过 {limit} 层，已在此处停止。',
			en: 'The evaluation went more than {limit} levels deep and was stopped here.'
		},
		advice: { 'zh-CN': '减少规则或数据的嵌套。', en: 'Nest the rule or the data less.' },
		help: {
			'zh-CN': '层数有上限，任何规则都不会耗尽调用栈。',
			en: 'Depth is limited, so that no rule can exhaust the call stack.'
		}
	},
	memory_budget: {
		severity: 'error',
		message: {
			'zh-CN': '求值产生的数据超过 {limit} 个单元，已在此处停止。',
			en: 'The evaluation made more than {limit} cells of data and was stopped here.'
		},
		advice: {
			'zh-CN': '避免在逐项计算中不断加长文本或列表。',
			en: 'Do not grow a text or a list inside an iteration.'
		},
		help: {
			'zh-CN': '文本的每个字符和列表的每一项算一个单元。',
			en: 'Every character of a text and every element of a list is one cell.'
		}
	}
});

export type LogicCode = keyof typeof logicDiagnostics;

/** How an evaluation can be stopped. */
export type BudgetCode = 'step_budget' | 'depth_budget' | 'memory_budget' | 'unknown_operator';
