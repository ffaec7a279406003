/** What can be wrong with adjustments, gates, grades and the total. */
import { defineDiagnostics } from '../diagnostics/diagnostic.ts';
import { both, entry } from './entry.ts';

export const totalDiagnostics = defineDiagnostics({
	grade_gap: entry(
		'warning',
		both(
			'等级没有覆盖 [{from}, {to})：这些总分没有等级。',
			'The grades do not cover [{from}, {to}): such a total gets no grade.'
		),
		both('在最后加一个从 {from} 分起的等级。', 'Add a last grade that starts at {from}.'),
		both(
			'“90 分优秀、80 分良好”没有说 80 分以下是什么。没有等级的人也拿不到按等级发的奖金。',
			'“From 90 excellent, from 80 good” does not say what is below 80. Who has no grade also misses what depends on it.'
		)
	),
	grade_unreachable: entry(
		'warning',
		both(
			'等级「{grade_zh}」从 {from} 分起，但总分只可能在 {least} 到 {most} 之间。',
			'The grade “{grade}” starts at {from}, but totals only lie between {least} and {most}.'
		),
		both('调低起点，或放宽总分上限。', 'Lower where it starts, or raise what a total can be.'),
		both('没有人能得到的等级会误导所有人。', 'A grade that nobody can get misleads everybody.')
	),
	grade_never_given: entry(
		'warning',
		both(
			'等级「{grade_zh}」永远用不到：总分至少 {least}，已经达到更好的等级。',
			'The grade “{grade}” is never given: a total is at least {least}, which is a better grade already.'
		),
		both('调整起点，或删去该等级。', 'Move where it starts, or remove it.'),
		both('最低分已经高于它的等级没有作用。', 'A grade below every possible total has no effect.')
	),
	gate_never: entry(
		'warning',
		both('红线「{name_zh}」永远不会触发。', 'The gate “{name}” can never apply.'),
		both('检查条件里的数值和变量。', 'Check the numbers and variables of its condition.'),
		both(
			'不会触发的红线给人虚假的安全感。',
			'A gate that never applies gives a false sense of safety.'
		)
	),
	gate_always: entry(
		'warning',
		both('红线「{name_zh}」对每个人都触发。', 'The gate “{name}” applies to everybody.'),
		both(
			'检查条件；若对所有人都成立，直接改总分上限。',
			'Check its condition; if it is meant for all, change the total instead.'
		),
		both(
			'对所有人都成立的条件多半写反了。',
			'A condition that holds for everybody is mostly written the wrong way round.'
		)
	),
	gate_without_effect: entry(
		'warning',
		both('红线「{name_zh}」没有作用：{why_zh}。', 'The gate “{name}” has no effect: {why}.'),
		both('降低封顶分，或改为更低的等级。', 'Lower the cap, or name a lower grade.'),
		both(
			'封顶高于任何可能的总分，或等级不低于最好等级时，红线什么也不改变。',
			'A cap above every possible total, or the best grade as limit, changes nothing.'
		)
	),
	adjustment_never: entry(
		'warning',
		both('加减分「{name_zh}」永远不会发生。', 'The adjustment “{name}” can never apply.'),
		both('检查条件里的数值和变量。', 'Check the numbers and variables of its condition.'),
		both('没人能得到的加分不会激励任何人。', 'A bonus that nobody can get motivates nobody.')
	),
	adjustment_always: entry(
		'warning',
		both('加减分「{name_zh}」对每个人都发生。', 'The adjustment “{name}” applies to everybody.'),
		both(
			'检查条件；若对所有人都成立，把分值并入考核项。',
			'Check its condition; if it is meant for all, put the points into an item.'
		),
		both('对所有人都加的分不区分任何人。', 'Points that everybody gets tell nobody apart.')
	),
	adjustment_swallowed: entry(
		'warning',
		both(
			'加分「{name_zh}」会被总分上限 {max} 吃掉：不加分时总分已经可以到 {most}。',
			'The bonus “{name}” is swallowed by the limit of {max}: totals reach {most} without it.'
		),
		both(
			'提高总分上限（total.max），或让考核项得分低于上限。',
			'Raise total.max, or keep item scores below it.'
		),
		both(
			'满分的人再加分也不会超过上限，加分只对中间的人有用。',
			'Whoever already is at the limit gains nothing: the bonus only works in the middle.'
		)
	)
});
