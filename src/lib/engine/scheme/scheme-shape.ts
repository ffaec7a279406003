/** The scheme document, field by field: see “The scheme document” in this folder's README. */
import { ITEM_CLASSES, PERIOD_LENGTHS, SCHEME_FORMAT } from './document.ts';
import { field, optional, type ObjectShape, type Shape } from './shape.ts';

const TEXT: Shape = { kind: 'local_text' };
const SNAKE: Shape = { kind: 'id', style: 'snake' };
const KEBAB: Shape = { kind: 'id', style: 'kebab' };
const FILLED: Shape = { kind: 'string', filled: true };
const DECIMALS: Shape = { kind: 'number', least: 0, most: 10, whole: true };
const ANY_NUMBER: Shape = { kind: 'number' };

const item: ObjectShape = {
	kind: 'object',
	fields: {
		id: field(SNAKE, '考核项的标识', 'id of the item'),
		metric: field(SNAKE, '指标的标识', 'id of the metric that is measured'),
		name: optional(TEXT, '考核项名称，默认用指标名称', 'name; the name of the metric if left out'),
		class: field(
			{ kind: 'choice', of: ITEM_CLASSES },
			'类别：结果、过程或行为',
			'result, process or behaviour'
		),
		weight: optional(
			{ kind: 'rule', place: 'item', gives: 'number' },
			'权重（百分数），可以是规则；分值方案不写',
			'weight in percent, may be a rule; absent where points are added'
		),
		locked: optional({ kind: 'boolean' }, '权重由制度固定', 'the weight is fixed by policy'),
		score: field(
			{ kind: 'rule', place: 'item', gives: 'number' },
			'得分规则',
			'rule that gives the score of the item'
		),
		missing: optional(
			{
				kind: 'either',
				of: [
					{ kind: 'choice', of: ['block', 'zero', 'exclude'] },
					{ kind: 'object', fields: { score: field(ANY_NUMBER, '固定分', 'a fixed score') } }
				]
			},
			'缺失时：整卡不出分（默认）、记 0 分、剔除、或记固定分',
			'when missing: block (default), zero, exclude or a fixed score'
		),
		note: optional({ kind: 'json' }, '备注', 'note')
	}
};

const adjustment: ObjectShape = {
	kind: 'object',
	fields: {
		id: field(SNAKE, '加减分的标识', 'id of the adjustment'),
		name: field(TEXT, '名称', 'name'),
		when: field({ kind: 'rule', place: 'total', gives: 'boolean' }, '条件', 'condition'),
		points: field(
			{ kind: 'rule', place: 'total', gives: 'number' },
			'条件成立时加的分（可为负）',
			'points that are added when it holds, may be negative'
		)
	}
};

const gate: ObjectShape = {
	kind: 'object',
	fields: {
		id: field(SNAKE, '红线的标识', 'id of the gate'),
		name: field(TEXT, '名称', 'name'),
		when: field({ kind: 'rule', place: 'total', gives: 'boolean' }, '条件', 'condition'),
		effect: field(
			{
				kind: 'one_field',
				fields: {
					cap: optional(ANY_NUMBER, '总分封顶', 'the score is at most this'),
					score: optional(ANY_NUMBER, '总分直接为', 'the score is this'),
					grade: optional(SNAKE, '等级不高于', 'no better than this grade')
				}
			},
			'触发后的效果：封顶、定分或限等级',
			'what it does: cap, score or grade'
		)
	}
};

const grade: ObjectShape = {
	kind: 'object',
	fields: {
		id: field(SNAKE, '等级的标识', 'id of the grade'),
		name: field(TEXT, '名称', 'name'),
		from: field(ANY_NUMBER, '该等级的最低分（含）', 'lowest score of the grade')
	}
};

const insight: ObjectShape = {
	kind: 'object',
	fields: {
		id: field(SNAKE, '提示的标识', 'id of the insight'),
		when: field({ kind: 'rule', place: 'outcome', gives: 'boolean' }, '条件', 'condition'),
		message: field(TEXT, '显示在绩效卡上的话', 'what the scorecard says'),
		action: optional(FILLED, '建议的行动，例如培训课程', 'id of an action, e.g. a course')
	}
};

const example: ObjectShape = {
	kind: 'object',
	fields: {
		name: field(
			{ kind: 'either', of: [FILLED, TEXT] },
			'一句经理能核对的话',
			'a sentence that a manager can check'
		),
		period: optional(FILLED, '期间，例如 2025-03', 'period, such as 2025-03'),
		given: field({ kind: 'json', object: true }, '给定的变量', 'variables that are given'),
		expect: field({ kind: 'json', object: true }, '应得的结果', 'what must come out')
	}
};

/** Everything that a scheme document may hold. */
export const SCHEME_SHAPE: ObjectShape = {
	kind: 'object',
	fields: {
		format: field(
			{ kind: 'choice', of: [SCHEME_FORMAT] },
			'文档格式的版本',
			'version of the document format'
		),
		id: field(KEBAB, '方案的标识', 'id of the scheme'),
		name: field(TEXT, '方案名称', 'name of the scheme'),
		note: optional({ kind: 'json' }, '备注', 'note'),
		period: field(
			{ kind: 'choice', of: PERIOD_LENGTHS },
			'考核期长度',
			'length of one scoring period'
		),
		applies_to: field(
			{ kind: 'rule', place: 'subject', gives: 'boolean' },
			'适用于哪些人',
			'which subjects this scheme scores'
		),
		weighting: field(
			{ kind: 'choice', of: ['percent', 'points'] },
			'百分比加权，或分值相加',
			'percent: weights total 100; points: item scores are added up'
		),
		items: field(
			{ kind: 'list', of: item, least: 1, most: 200, ids: true },
			'考核项',
			'what is measured'
		),
		adjustments: optional(
			{ kind: 'list', of: adjustment, most: 200, ids: true },
			'加减分',
			'points added on a condition'
		),
		gates: optional(
			{ kind: 'list', of: gate, most: 200, ids: true },
			'红线',
			'conditions that cap the score or the grade'
		),
		total: optional(
			{
				kind: 'object',
				fields: {
					min: optional(ANY_NUMBER, '总分下限，默认 0', 'lowest total, 0 if left out'),
					max: optional(ANY_NUMBER, '总分上限，默认 120', 'highest total, 120 if left out'),
					decimals: optional(DECIMALS, '总分小数位，默认 2', 'decimals of the total, 2 if left out')
				}
			},
			'总分的范围与小数位',
			'range and decimals of the total'
		),
		grades: field(
			{ kind: 'list', of: grade, most: 50, ids: true },
			'等级，从最好到最差',
			'grades, best first'
		),
		payout: optional(
			{
				kind: 'object',
				fields: {
					currency: field(FILLED, '币种，例如 CNY', 'currency, such as CNY'),
					amount: field(
						{ kind: 'rule', place: 'outcome', gives: 'number' },
						'金额规则',
						'rule that gives the amount'
					),
					decimals: optional(DECIMALS, '金额小数位，默认 2', 'decimals of money, 2 if left out')
				}
			},
			'奖金',
			'what is paid'
		),
		insights: optional(
			{ kind: 'list', of: insight, most: 200, ids: true },
			'提示与建议，不影响得分',
			'advice on the scorecard; never changes the score'
		),
		examples: optional(
			{ kind: 'list', of: example, most: 500 },
			'典型员工：发布前必须全部成立',
			'golden employees: all must hold before publishing'
		),
		waivers: optional(
			{
				kind: 'list',
				most: 200,
				of: {
					kind: 'object',
					fields: {
						code: field(FILLED, '被接受的警告代码', 'code of the warning'),
						at: field({ kind: 'string' }, '位置（JSON Pointer）', 'its place (JSON Pointer)'),
						reason: field(FILLED, '接受的理由，审批人可见', 'why; the approver reads it')
					}
				}
			},
			'作者接受的警告及理由',
			'warnings that the author accepts, with the reason'
		),
		view: optional(
			{ kind: 'json', object: true },
			'仅用于显示，不影响含义，不计入哈希',
			'presentation only; never changes meaning, not part of the hash'
		),
		origin: optional(
			{
				kind: 'object',
				fields: {
					pack: field(KEBAB, '规则包', 'pack'),
					version: field(FILLED, '规则包版本', 'version of the pack'),
					scheme: field(KEBAB, '包内方案', 'scheme in the pack')
				}
			},
			'来自哪个规则包',
			'where the scheme came from'
		)
	}
};
