/** What can be wrong with a rule by itself, or between the rules of a scheme. */
import { defineDiagnostics } from '../diagnostics/diagnostic.ts';
import { both, entry } from './entry.ts';

export const ruleDiagnostics = defineDiagnostics({
	branch_never_reached: entry(
		'warning',
		both(
			'这一分支永远走不到：「{condition_zh}」在此处不可能成立。',
			'This branch is never reached: “{condition}” cannot hold here.'
		),
		both(
			'检查前面的条件是否已经包含它，或删去该分支。',
			'See whether an earlier condition covers it already, or remove the branch.'
		),
		both(
			'走不到的分支里的规则从不生效，读的人却以为它有用。',
			'What stands in such a branch never applies, while readers believe that it does.'
		)
	),
	condition_always_true: entry(
		'warning',
		both(
			'条件「{condition_zh}」在此处总是成立，后面的内容不起作用。',
			'The condition “{condition}” always holds here, so what follows it has no effect.'
		),
		both('检查数值，或去掉条件。', 'Check its numbers, or drop the condition.'),
		both('总是成立的条件不区分任何人。', 'A condition that always holds tells nobody apart.')
	),
	scheme_applies_to_nobody: entry(
		'warning',
		both('适用范围没有人能满足。', 'Nobody can meet the condition of whom the scheme applies to.'),
		both('检查适用范围里的条件。', 'Check the condition in applies_to.'),
		both('适用范围为空的方案不会给任何人打分。', 'A scheme that applies to nobody scores nobody.')
	),
	duplicate_condition: entry(
		'hint',
		both(
			'同一个条件写了两次：「{condition_zh}」。',
			'The same condition is written twice: “{condition}”.'
		),
		both('删去其中一个。', 'Remove one of them.'),
		both(
			'重复的条件多半是复制后忘了修改。',
			'A repeated condition is mostly a copy that was not edited.'
		)
	),
	branches_equal: entry(
		'hint',
		both(
			'条件成立与否结果都一样：{value}。',
			'Both sides of this condition give the same: {value}.'
		),
		both('去掉条件，或改正其中一边。', 'Drop the condition, or correct one side.'),
		both(
			'两边相同的条件没有作用，可能漏改了一边。',
			'A condition with equal sides does nothing; perhaps one side was forgotten.'
		)
	),
	duplicate_rule: entry(
		'warning',
		both(
			'「{name_zh}」与「{other_zh}」条件相同，会同时生效。',
			'“{name}” has the same condition as “{other}”, so both apply together.'
		),
		both('合并成一条，或区分条件。', 'Join them, or tell their conditions apart.'),
		both('两条同样条件的加减分会重复计算。', 'Two adjustments on one condition count it twice.')
	),
	text_against_number: entry(
		'warning',
		both(
			'文字与数字比较：{variable} 是{type_zh}，却与 {literal} 比较。',
			'A text is compared with a number: {variable} is {type}, but is compared with {literal}.'
		),
		both(
			'把引号去掉或加上，使两边类型一致。',
			'Add or remove the quotation marks, so that both sides are of one type.'
		),
		both(
			'类型不同的比较几乎总是不成立，而且不会报错。',
			'Values of different types are almost never equal, and nothing complains when scoring.'
		)
	),
	ratio_against_percent: entry(
		'warning',
		both(
			'{variable} 是比率（1 = 100 %），却与 {literal} 比较：是不是指 {suggested}？',
			'{variable} is a ratio (1 = 100 %), but is compared with {literal}: is {suggested} meant?'
		),
		both('把 {literal} 改为 {suggested}。', 'Write {suggested} instead of {literal}.'),
		both(
			'比率 97 % 存为 0.97，与 80 比较永远不成立。',
			'A ratio of 97 % is stored as 0.97 and never reaches 80.'
		)
	),
	unrounded_threshold: entry(
		'hint',
		both(
			'计算结果直接与 {literal} 比较，二进制误差可能使刚好达标的人不达标。',
			'A calculated value is compared with {literal}: binary arithmetic may put somebody who just meets it below.'
		),
		both('先用 round 取整再比较。', 'Round it before comparing.'),
		both(
			'0.57 × 100 在计算机里小于 57。比较前取整可以避免边界上的争议。',
			'0.57 × 100 is below 57 for a computer. Rounding before a threshold avoids disputes.'
		)
	),
	literal_equals_target: entry(
		'warning',
		both(
			'数值 {literal} 与 {variable} 的值相同：要绑定吗？目标调整后这里不会跟着变。',
			'The number {literal} equals the value of {variable}: bind it? It will not move when the target does.'
		),
		both(
			'用变量 {variable} 代替写死的数值。',
			'Use the variable {variable} instead of the number.'
		),
		both(
			'公司目标从 1000 万调到 1200 万时，写死的 100 万不会变成 120 万，分数会悄悄失真。',
			'When the company target rises, a number that was written out stays behind and scores drift silently.'
		)
	),
	metric_used_twice: entry(
		'warning',
		both(
			'指标「{metric}」同时用于 {items_zh}。',
			'The metric “{metric}” is used by more than one item: {items}.'
		),
		both('合并为一个考核项，或换一个指标。', 'Join the items, or measure one of them otherwise.'),
		both(
			'同一个指标考核两次，它的实际权重就是两项之和。',
			'What is measured twice weighs as much as both items together.'
		)
	),
	metrics_alike: entry(
		'warning',
		both(
			'指标「{metric}」与「{other}」算法或名称相同。',
			'The metrics “{metric}” and “{other}” have the same calculation or the same name.'
		),
		both('只保留一个，让所有方案引用它。', 'Keep one of them and let every scheme use it.'),
		both(
			'同一件事在两个部门叫两个名字，数字就无法比较；同名不同算法更容易引起争议。',
			'One thing under two names cannot be compared across departments, and one name for two things is disputed.'
		)
	),
	score_on_one_item: entry(
		'warning',
		both(
			'只剩「{item_zh}」（权重 {weight} %）有数据时，它会按 100 % 计分：其他项都选了“剔除”。',
			'Somebody with data for “{item}” only (weight {weight} %) is scored on it alone: all other items are left out when missing.'
		),
		both(
			'至少让一个重要考核项缺数据时不出分（block）或记 0 分。',
			'Let at least one important item block or score zero when missing.'
		),
		both(
			'缺数据就剔除时，谁的数据少谁的分数就可能更好看。',
			'Where missing items are left out, having less data may look better.'
		)
	),
	rules_not_analysed: entry(
		'hint',
		both(
			'条件太多，没有检查哪些分支走不到。',
			'There are too many conditions to check which branches are reached.'
		),
		both('拆分规则，或用回放查看命中次数。', 'Split the rules, or see the hits in a replay.'),
		both(
			'检查有上限，超过时会说明而不是一直等待。',
			'The check has a bound; past it, it says so instead of taking forever.'
		)
	),
	waiver_unused: entry(
		'hint',
		both('豁免 {waived} 没有对应的提示。', 'The waiver of {waived} matches no finding.'),
		both('删去这条豁免。', 'Remove it.'),
		both(
			'问题已经不在，豁免就应删去，以免盖住将来的同类问题。',
			'Once a finding is gone its waiver should go, or it would hide the next one.'
		)
	),
	waiver_of_error: entry(
		'warning',
		both('错误 {waived} 不能豁免。', 'The error {waived} cannot be waived.'),
		both('改正错误并删去这条豁免。', 'Correct the error and remove the waiver.'),
		both(
			'错误表示结果没有意义，不是可以接受的取舍。',
			'An error means that results are meaningless; it is no trade-off to accept.'
		)
	)
});
