/** What can be wrong with how a single item is scored. */
import { defineDiagnostics } from '../diagnostics/diagnostic.ts';
import { both, entry } from './entry.ts';

export const scoreDiagnostics = defineDiagnostics({
	curve_undefined: entry(
		'warning',
		both(
			'考核项「{item_zh}」在 {range} 上没有得分：曲线未定义。',
			'The item “{item}” has no score on {range}: the curve is undefined there.'
		),
		both(
			'写明这一段怎么算：记 0 分、持平还是按比例。',
			'Say what happens there: zero, flat, or in proportion.'
		),
		both(
			'没有写出的区间得不到分数，落在那里的人会没有总分。制度条文常常只写达标以上怎么加分，不写达标以下怎么办。',
			'Where a rule says nothing there is no score, and whoever is there gets no total. Policies often say what is added above a target and forget what happens below it.'
		)
	),
	curve_end_not_chosen: entry(
		'hint',
		both(
			'考核项「{item_zh}」在 {range} 上的得分没有明确选择：现在从 {from_score} 分{how_zh}。',
			'What the item “{item}” scores on {range} was not chosen on purpose: it now {how} from {from_score}.'
		),
		both(
			'选定一端：持平（flat）、延长（extend），或补一个点。',
			'Choose the end: flat, extend, or one more point.'
		),
		both(
			'曲线两端默认持平。若起点不是 0 分，完全没有业绩的人也会得到起点的分数，这需要有意选择。',
			'Beyond its points a curve stays flat. Where it does not start at zero, somebody with nothing still gets the first point’s score, which should be a choice.'
		)
	),
	no_upper_cap: entry(
		'warning',
		both(
			'考核项「{item_zh}」没有封顶：{measure} = {at_value} 时得 {score} 分，还会继续上升。',
			'The item “{item}” has no upper cap: it scores {score} at {measure} = {at_value} and keeps rising.'
		),
		both(
			'用 min 或 clamp 封顶，或在曲线上选 extend 表示有意不封顶。',
			'Cap it with min or clamp, or choose “extend” on a curve to leave it open on purpose.'
		),
		both(
			'没有封顶的一项可以盖过其他所有考核项，一个大单就能掩盖质量问题。',
			'One item without a cap can outweigh all others: a single large order hides everything else.'
		)
	),
	step_or_line_not_chosen: entry(
		'hint',
		both(
			'考核项「{item_zh}」写成“每 {step} 加分”，但没有选定按整档（step）还是按比例（line）；现在按比例。',
			'The item “{item}” adds points “for every {step}”, but step or line was not chosen; it is a line now.'
		),
		both(
			'按整档请套上 floor 或改用 steps；按比例请改用 curve。',
			'Use floor or steps for whole steps, or a curve for a line.'
		),
		both(
			'“每增加 100,000 加 2 分”可以理解为满一档才加，也可以理解为按比例加，结果相差一档的分数。',
			'“Every 100,000 above adds 2 points” may mean whole steps or a share of one; the two differ by up to a step.'
		)
	),
	score_against_direction: entry(
		'warning',
		both(
			'考核项「{item_zh}」的得分方向不对：{measure} 从 {from} 到 {to}，得分由 {before} 变为 {after}，而该指标{direction_zh}。',
			'The item “{item}” scores against its direction: from {measure} = {from} to {to} the score goes from {before} to {after}, while {direction} is better.'
		),
		both(
			'调整曲线的点，或改正指标的方向。',
			'Move the points of the curve, or correct the direction of the metric.'
		),
		both(
			'业绩更好反而得分更低，会让人有意做差。',
			'Where better work scores less, people are paid for doing worse.'
		)
	),
	score_jump: entry(
		'hint',
		both(
			'考核项「{item_zh}」在 {measure} = {at_value} 处跳变：{before} → {after}。',
			'The item “{item}” jumps at {measure} = {at_value}: from {before} to {after}.'
		),
		both(
			'若不是有意的台阶，让两段在此处相接。',
			'Unless the step is meant, let both pieces meet there.'
		),
		both(
			'分段规则的两段在分界处不相接，差一点点就差很多分，容易引起争议。',
			'Two pieces that do not meet turn a hair’s breadth into many points, which is disputed.'
		)
	),
	score_flat_zone: entry(
		'hint',
		both(
			'考核项「{item_zh}」在 {range} 上得分不变（{score} 分），之后又上升。',
			'The item “{item}” stays at {score} on {range} and rises again behind it.'
		),
		both('若不是有意的，去掉多余的点。', 'Remove the extra point unless this is meant.'),
		both(
			'中间的平台意味着这段努力没有回报。',
			'A plateau in the middle means that effort there earns nothing.'
		)
	),
	full_score_unreachable: entry(
		'warning',
		both(
			'考核项「{item_zh}」最多得 {most} 分，拿不到 100 分。',
			'The item “{item}” can score {most} at most; 100 cannot be reached.'
		),
		both('让曲线在应得满分处达到 100。', 'Let the curve reach 100 where full marks are due.'),
		both(
			'百分制的考核项若到不了 100，它的实际权重就比写的小。',
			'An item that cannot reach 100 weighs less than its weight says.'
		)
	),
	score_looks_like_ratio: entry(
		'warning',
		both(
			'考核项「{item_zh}」最多得 {most} 分：得分像是比率（0–1），而不是百分制。',
			'The item “{item}” scores {most} at most: it looks like a ratio (0 to 1), not a score out of 100.'
		),
		both('把结果乘以 100。', 'Multiply the result by 100.'),
		both(
			'完成率 97 % 存为 0.97。直接当作得分只有 0.97 分。',
			'An attainment of 97 % is stored as 0.97. Taken as a score it is less than one point.'
		)
	)
});
