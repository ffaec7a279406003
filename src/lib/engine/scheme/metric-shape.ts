/** The metric definition, field by field: see `formats` in this folder's README. */
import { field, optional, type ObjectShape, type Shape } from './shape.ts';

const TEXT: Shape = { kind: 'local_text' };
const SNAKE: Shape = { kind: 'id', style: 'snake' };
const FILLED: Shape = { kind: 'string', filled: true };

const window: ObjectShape = {
	kind: 'object',
	fields: {
		periods: field(
			{ kind: 'number', least: 1, most: 120, whole: true },
			'包含当期的期数',
			'number of periods, the current one included'
		),
		take: field(
			{ kind: 'choice', of: ['sum', 'mean', 'min', 'max', 'last', 'count'] },
			'如何合并这些期',
			'how they are combined'
		)
	}
};

const fromRecords: ObjectShape = {
	kind: 'object',
	fields: {
		record: field(SNAKE, '记录类型', 'record type'),
		take: field(
			{ kind: 'choice', of: ['sum', 'count', 'distinct', 'mean', 'median', 'share'] },
			'如何由记录得到数值',
			'how records give a value'
		),
		column: optional(SNAKE, '取值的列', 'column that is taken'),
		value: optional(
			{ kind: 'rule', place: 'record', gives: 'number' },
			'由多列算出的值，代替取值的列，读 record.*',
			'arithmetic over record.*, taken instead of a column'
		),
		where: optional(
			{ kind: 'rule', place: 'record', gives: 'boolean' },
			'只算满足条件的记录，条件读 record.*',
			'only records that fulfil this condition over record.*'
		),
		date: field(SNAKE, '决定期间的日期列', 'date column that decides the period')
	}
};

/** Everything that a metric definition may hold. */
export const METRIC_SHAPE: ObjectShape = {
	kind: 'object',
	fields: {
		id: field(SNAKE, '指标的标识', 'id of the metric'),
		name: field(TEXT, '指标名称', 'name'),
		description: optional(TEXT, '口径说明', 'what exactly is measured'),
		unit: field(
			FILLED,
			'单位：ratio、count、score、hours、days、money 或任意文字',
			'ratio, count, score, hours, days, money or free text'
		),
		direction: field(
			{ kind: 'choice', of: ['higher', 'lower', 'range', 'veto'] },
			'越高越好、越低越好、区间内为好、一票否决',
			'higher or lower is better, best within a range, or a veto'
		),
		range: optional({ kind: 'interval' }, '最佳区间', 'the best range, for direction "range"'),
		class: field(
			{ kind: 'choice', of: ['result', 'process', 'behaviour', 'veto'] },
			'类别',
			'result, process, behaviour or veto'
		),
		grain: field(
			{ kind: 'choice', of: ['employee', 'unit'] },
			'按人或按部门观测',
			'observed for an employee or for a unit'
		),
		period: field(
			{ kind: 'choice', of: ['day', 'month', 'quarter', 'year'] },
			'最短的观测期',
			'shortest period observed'
		),
		aggregation: field(
			{ kind: 'choice', of: ['sum', 'mean', 'last', 'max', 'min', 'ratio'] },
			'较短的期间与多人如何合并',
			'how shorter periods and people combine'
		),
		numerator: optional(SNAKE, '分子指标（ratio）', 'metric above the line, for "ratio"'),
		denominator: optional(SNAKE, '分母指标（ratio）', 'metric below the line, for "ratio"'),
		target_aggregation: optional(
			{ kind: 'choice', of: ['sum', 'mean', 'last'] },
			'较短期间的目标如何合并',
			'how targets of shorter periods combine'
		),
		formula: optional(
			{ kind: 'rule', place: 'metric', gives: 'number' },
			'由其他指标计算，读 metric.*',
			'derived from other metrics: a rule over metric.*'
		),
		window: optional(window, '跨期窗口', 'window over periods'),
		rank: optional(
			{
				kind: 'object',
				fields: {
					within: field(
						{ kind: 'choice', of: ['unit', 'client'] },
						'排名范围',
						'among the unit or the client'
					),
					order: field(
						{ kind: 'choice', of: ['high', 'low'] },
						'最高或最低为第 1',
						'whether the highest or the lowest is first'
					)
				}
			},
			'排名：1 为最好，并列取较好名次',
			'rank: 1 is best, ties share the better rank'
		),
		streak: optional(
			{
				kind: 'object',
				fields: {
					when: field(
						{ kind: 'rule', place: 'metric', gives: 'boolean' },
						'条件',
						'condition over metric.*'
					)
				}
			},
			'截至当期连续满足条件的期数',
			'consecutive periods up to now in which the condition held'
		),
		from_records: optional(fromRecords, '由业务记录汇总', 'made from business records'),
		valid: optional(
			{ kind: 'interval' },
			'合理范围：导入时对超出者提问，绝不截断',
			'expected range: values outside are questioned on import, never clipped'
		),
		decimals: optional(
			{ kind: 'number', least: 0, most: 10, whole: true },
			'显示的小数位',
			'decimals that are shown'
		),
		owner: optional(FILLED, '负责人或岗位', 'who answers for it'),
		entered_by: optional(FILLED, '录入人或系统', 'who or which system enters it'),
		source: optional(TEXT, '数据来源', 'where the data comes from'),
		evidence: optional(TEXT, '凭证', 'what proves it'),
		gaming: optional(TEXT, '可能的钻空子方式', 'how it could be gamed'),
		controllable: optional(
			{ kind: 'boolean' },
			'员工能直接影响：只有这类指标出现在“提升路径”中',
			'the employee can influence it: only such metrics appear in the way up'
		),
		reference: optional(FILLED, '定义的出处', 'where the definition comes from')
	}
};
