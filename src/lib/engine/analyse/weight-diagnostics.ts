/** What can be wrong with weights, beyond written numbers that the reader of schemes totals itself. */
import { defineDiagnostics } from '../diagnostics/diagnostic.ts';
import { both, entry } from './entry.ts';

export const weightDiagnostics = defineDiagnostics({
	branch_weights_not_100: entry(
		'error',
		both(
			'{region_zh}：权重合计 {total} %，不是 100 %。例如 {example}。',
			'{region}: weights total {total} %, not 100 %. For example {example}.'
		),
		both(
			'从一项扣减、按比例缩放未锁定的项，或自行设定。',
			'Take it from one item, scale the unlocked ones, or set them by hand.'
		),
		both(
			'权重可以按条件变化，但在每一种情况下都必须合计 100 %。检查不靠抽样：把条件涉及的数值、文字、缺失逐格检查，并给出一个真实的反例。',
			'Weights may depend on conditions, but in every case they must total 100 %. This is proved, not sampled: every cell of the values that conditions name is looked at, and a counter-example is shown.'
		)
	),
	weight_missing_in_branch: entry(
		'error',
		both(
			'{region_zh}：考核项「{item_zh}」没有权重。例如 {example}。',
			'{region}: the item “{item}” has no weight. For example {example}.'
		),
		both(
			'给条件补上“否则”的权重，或处理缺失值。',
			'Give the condition an “else” weight, or treat the missing value.'
		),
		both(
			'没有权重的考核项使整张绩效卡出错。',
			'An item without a weight makes the whole scorecard an error.'
		)
	),
	weight_negative: entry(
		'error',
		both(
			'{region_zh}：考核项「{item_zh}」的权重是负数。例如 {example}。',
			'{region}: the weight of the item “{item}” is negative. For example {example}.'
		),
		both('用 max 或 clamp 使权重不低于 0。', 'Keep it at 0 or more with max or clamp.'),
		both('负的权重会让做得好的人扣分。', 'A negative weight takes points from whoever does well.')
	),
	weight_not_a_number: entry(
		'error',
		both(
			'{region_zh}：考核项「{item_zh}」的权重不是数字。例如 {example}。',
			'{region}: the weight of the item “{item}” is not a number. For example {example}.'
		),
		both('让这一分支给出数字。', 'Let this branch give a number.'),
		both('文字或是非值不能作权重。', 'A text or a yes/no cannot be a weight.')
	),
	weights_not_proven: entry(
		'warning',
		both(
			'无法证明权重合计 100 %：{region_zh} 这一支，{place_zh}{why_zh}。已试 {sampled} 个随机员工和 {rows} 行历史，没有发现问题。',
			'The weights could not be proven to total 100 %: on the branch “{region}”, {place} {why}. {sampled} random employees and {rows} rows of history were tried and show no problem.'
		),
		both(
			'把权重写成条件加数字；若确实需要，请写明理由豁免后再提交。',
			'Write weights as conditions and numbers; if it has to stay, waive this with a reason before submitting.'
		),
		both(
			'两个变量之间的运算超出可判定的范围，检查只能抽样，抽样不是证明。',
			'Arithmetic between two variables leaves what can be decided. Sampling then takes over, and sampling is no proof.'
		)
	)
});
