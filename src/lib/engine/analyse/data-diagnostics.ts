/** What a scheme needs of the data, and what the history says about it. */
import { defineDiagnostics } from '../diagnostics/diagnostic.ts';
import { both, entry } from './entry.ts';

export const dataDiagnostics = defineDiagnostics({
	needs_nothing_new: entry(
		'hint',
		both(
			'与现行版本相比不需要任何新数据，无需重新填报。',
			'Compared with the version in force no new data is needed: nothing has to be entered again.'
		),
		both('可以直接回放。', 'It can be replayed right away.'),
		both(
			'改规则不等于重新收数。只要不用到新的指标，已有的数据全部继续有效。',
			'Changing a rule does not mean collecting again. Unless a new metric is used, all data stays valid.'
		)
	),
	needs_new_data: entry(
		'hint',
		both(
			'与现行版本相比新增数据需求：{names_zh}。{from_zh}',
			'Compared with the version in force this is newly needed: {names}.{from}'
		),
		both(
			'发布前安排收集，或改用已有的指标。',
			'Have it collected before publishing, or use what exists.'
		),
		both(
			'新用到的指标、目标、属性和参数在有数据之前都按缺失处理。',
			'A metric, target, attribute or parameter that is newly used counts as missing until data arrives.'
		)
	),
	variable_never_supplied: entry(
		'warning',
		both(
			'{name_zh} 在历史数据里从来没有值。{from_zh}',
			'{name} never has a value in the history.{from}'
		),
		both('导入该数据，或改用已有的变量。', 'Import it, or use a variable that exists.'),
		both(
			'没有数据的变量在规则里总是缺失，用到它的考核项没有得分。',
			'A variable without data is always missing, and what uses it has no score.'
		)
	),
	data_partly_missing: entry(
		'hint',
		both(
			'{name_zh} 在 {rows} 行历史中有 {missing} 行缺失（{share} %），涉及 {people}。',
			'{name} is missing in {missing} of {rows} rows of history ({share} %), for {people}.'
		),
		both('补齐数据，或写明缺失时怎么算。', 'Complete it, or say what happens when it is missing.'),
		both(
			'缺失不是 0 分，但可能使绩效卡没有总分。',
			'Missing is not zero, but it may leave a scorecard without a total.'
		)
	),
	branch_never_hit: entry(
		'hint',
		both(
			'这一分支在 {rows} 行历史中一次也没有命中：「{condition_zh}」。',
			'This branch was not hit once in {rows} rows of history: “{condition}”.'
		),
		both('确认条件里的数值与数据一致。', 'Make sure that its values are those of the data.'),
		both(
			'从未命中的分支可能写错了名称，例如“华东”与“华东区”。',
			'A branch that nobody hit may misspell a value of the data.'
		)
	),
	effective_weight_differs: entry(
		'hint',
		both(
			'考核项「{item_zh}」名义权重 {nominal} %，但总分差异的 {effective} % 来自它。',
			'The item “{item}” weighs {nominal} %, but accounts for {effective} % of the differences between totals.'
		),
		both(
			'检查得分曲线是否太陡或太平，再决定权重。',
			'See whether its curve is too steep or too flat before deciding its weight.'
		),
		both(
			'谁的得分拉得开，谁就决定排名，与写的权重无关。',
			'The item whose scores spread most decides the ranking, whatever its weight says.'
		)
	),
	item_without_spread: entry(
		'warning',
		both(
			'考核项「{item_zh}」在历史中每个人都得 {score} 分，不区分任何人。',
			'Everybody scores {score} on the item “{item}” in the history: it tells nobody apart.'
		),
		both(
			'调整曲线或目标，或把权重让给别的项。',
			'Change its curve or targets, or give its weight to another item.'
		),
		both(
			'人人同分的考核项只是把总分整体平移。',
			'An item on which all score the same only shifts every total.'
		)
	),
	items_measure_same: entry(
		'warning',
		both(
			'考核项「{item_zh}」与「{other_zh}」几乎相同（相关系数 {r}，{rows} 行）。',
			'The items “{item}” and “{other}” measure nearly the same (correlation {r} over {rows} rows).'
		),
		both('保留一个，或换一个互补的指标。', 'Keep one, or choose one that complements it.'),
		both(
			'两个几乎一致的指标等于一个指标的双倍权重。',
			'Two that move together are one with twice the weight.'
		)
	),
	near_grade_boundary: entry(
		'hint',
		both(
			'{people} 个人期的总分离等级「{grade_zh}」（{from} 分）不到 {hair} 分。',
			'{people} scorecards are less than {hair} points short of the grade “{grade}” at {from}.'
		),
		both(
			'准备好解释，或复核这些人的数据。',
			'Be ready to explain these, or look at their data again.'
		),
		both(
			'差一点点没到线的结果最容易引起申诉。',
			'Who misses a line by a hair is most likely to appeal.'
		)
	),
	target_implausible: entry(
		'warning',
		both(
			'{metric} 的目标与历史相差悬殊：目标中位数 {target}，实际中位数 {actual}。',
			'Targets of {metric} do not fit its history: their median is {target}, that of actuals {actual}.'
		),
		both(
			'核对单位（元/万元、个人/团队）和口径。',
			'Check unit and scope: thousands or units, person or team.'
		),
		both(
			'相差 25 倍以上多半是单位或口径不一致，而不是目标高低的问题。',
			'A factor of 25 mostly is a mix-up of units or scope, not a matter of ambition.'
		)
	),
	target_below_capacity: entry(
		'warning',
		both(
			'{metric} 的目标 {target} 只有产能 {capacity}（每人每日 {per_day} × {days} 天 × {headcount} 人）的 {share} %。',
			'The target {target} of {metric} is {share} % of the stated capacity of {capacity} ({per_day} a day × {days} days × {headcount} people).'
		),
		both(
			'确认目标是个人、班组还是全公司的，以及单位。',
			'Say whether the target is for a person, a team or the company, and in which unit.'
		),
		both(
			'目标低于产能的 4 %，说明两个数字的口径不同。',
			'A target below 4 % of capacity means that the two figures speak of different things.'
		)
	)
});
