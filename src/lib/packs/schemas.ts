/**
 * JSON Schemas of a pack's files, for editors: completion and underlines while somebody writes one.
 * Metrics and schemes are printed from the engine's own description; a test holds the others to
 * their readers, field by field. What a schema cannot say is for `pack lint`.
 */
import type { Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { OPERATORS } from '#lib/engine/logic/operators/index.ts';
import { metricJsonSchema, schemeJsonSchema } from '#lib/engine/scheme/json-schema.ts';
import { PRESET_KINDS, PRESET_TRANSFORMS } from './pack.ts';
import { COLUMN_TYPES } from './records.ts';
import {
	must,
	may,
	object,
	STRING,
	NUMBER,
	SNAKE,
	KEBAB,
	MONTH,
	DAY,
	VERSION,
	PERIOD,
	BOOLEAN,
	TEXT,
	list,
	map,
	oneOf,
	twelve,
	inLanguage,
	type Part,
	type Properties
} from './schema-parts.ts';

const DRAFT = 'http://json-schema.org/draft-07/schema#';

const param = object({
	id: must(SNAKE, '参数标识，规则里写 param.<id>', 'id; rules read it as param.<id>'),
	name: must(TEXT, '名称', 'name'),
	unit: must(STRING, '单位', 'unit'),
	default: must(NUMBER, '安装时给出的默认值', 'what is offered at installation'),
	months: may(
		twelve,
		'十二个月的值（一月在前），有季节性时用',
		'twelve values, January first, for seasons'
	),
	values: may(
		list(
			object({
				from: must(
					{ type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?$' },
					'从哪个月（或哪天）起',
					'the month or day from which it holds'
				),
				value: must(NUMBER, '数值', 'value'),
				unit: may(STRING, '只对这个单位及其下级', 'for this unit and those below it only')
			})
		),
		'按日期、按单位的值',
		'values by date and by unit'
	),
	min: may(NUMBER, '允许的最小值', 'smallest answer'),
	max: may(NUMBER, '允许的最大值', 'largest answer'),
	note: may(TEXT, '给填写人的说明', 'a word for who answers')
});

const attribute = object({
	id: must(SNAKE, '属性标识，规则里写 employee.<id>', 'id; rules read it as employee.<id>'),
	name: must(TEXT, '名称', 'name'),
	type: must(oneOf(['text', 'number', 'boolean', 'date']), '类型', 'type'),
	values: may(
		list({
			anyOf: [
				STRING,
				object({
					value: must(STRING, '数据里的值', 'the value as data hold it'),
					name: must(TEXT, '给人看的名称', 'what people read')
				})
			]
		}),
		'已知取值（可带名称），权重据此逐个证明',
		'known values, with names if wanted; weights are proved for each'
	)
});

/** Fields of every record a pack's reader opens, by the name of its schema. */
export const PACK_PROPERTIES = {
	pack: {
		id: must(KEBAB, '规则包标识，与目录同名', 'id, the name of its folder'),
		version: must(VERSION, '版本号', 'version'),
		engine: must(
			STRING,
			'适用的引擎版本范围，例如 ^0.1.0',
			'range of engine versions, such as ^0.1.0'
		),
		name: must(TEXT, '名称', 'name'),
		description: must(TEXT, '说明', 'description'),
		industry: must(KEBAB, '行业', 'industry'),
		authors: must(list(STRING), '作者', 'authors'),
		licence: must(STRING, '许可证', 'licence'),
		params: may(list(param), '安装时询问的参数', 'parameters that are asked for at installation'),
		requires: may(
			object({
				attributes: may(list(attribute), '需要的员工属性', 'attributes of people'),
				records: may(
					list(SNAKE),
					'缺了就无法计分的记录',
					'records without which nothing is scored'
				),
				metrics: may(list(SNAKE), '缺了就无法计分的指标', 'metrics without which nothing is scored')
			}),
			'需要客户提供的数据',
			'what the client has to supply'
		)
	},
	record: {
		id: must(SNAKE, '记录类型标识，与文件同名', 'id, the name of its file'),
		name: must(TEXT, '名称', 'name'),
		key: must(list(SNAKE), '标识一条记录的列', 'columns that identify a record'),
		date: must(SNAKE, '日期列', 'the column with the date'),
		subject: must(SNAKE, '员工或单位所在的列', 'the column that holds the employee or unit'),
		correction_days: may(
			{ type: 'integer', minimum: 0, maximum: 3660 },
			'事后多少天内可以更正',
			'days within which a record may be corrected'
		),
		columns: must(
			list(
				object({
					id: must(SNAKE, '列标识', 'id'),
					name: must(TEXT, '名称', 'name'),
					type: must(oneOf(COLUMN_TYPES), '类型', 'type'),
					values: may(list(STRING), '可选值（choice 必填）', 'values of a choice')
				})
			),
			'列',
			'columns'
		)
	},
	preset: {
		id: must(KEBAB, '预设标识，与文件同名', 'id, the name of its file'),
		name: must(TEXT, '名称', 'name'),
		for: must(oneOf(PRESET_KINDS), '用于哪种导入', 'which import it is for'),
		match: must(list(STRING), '认出这种导出的表头', 'headers that recognise the export'),
		columns: must(
			map(
				object({
					aliases: must(list(STRING), '可能的表头', 'headers that mean it'),
					transform: may(oneOf(PRESET_TRANSFORMS), '转换', 'transformation')
				})
			),
			'目标字段及其表头',
			'target fields with the headers that hold them'
		),
		period: may(
			object({
				column: must(STRING, '期间所在的表头', 'header of the period'),
				notation: must(STRING, '写法，例如 YYYY-MM', 'notation, such as YYYY-MM')
			}),
			'期间',
			'period'
		)
	},
	test: {
		name: must(
			{ anyOf: [STRING, TEXT] },
			'一句话，可写两种语言',
			'a sentence, in one language or both'
		),
		scheme: must(KEBAB, '方案标识', 'id of the scheme'),
		period: must(PERIOD, '周期', 'period'),
		given: must(
			{ type: 'object' },
			'给定的变量；没写的就是缺失',
			'variables; what is not given is missing'
		),
		expect: must(
			{
				type: 'object',
				minProperties: 1,
				additionalProperties: false,
				properties: Object.fromEntries(
					['status', 'score', 'grade', 'payout', 'insights'].map((key) => [key, {}])
				),
				patternProperties: { '^items\\.[A-Za-z][A-Za-z0-9_-]*\\.(score|points|weight)$': {} }
			},
			'应得的结果',
			'what must come out'
		)
	},
	generator: {
		seed: must(NUMBER, '随机种子', 'seed'),
		story: may(TEXT, '示例里的故事', 'the story in it'),
		client: must(
			object({
				id: must(KEBAB, '标识', 'id'),
				name: must(TEXT, '名称', 'name'),
				currency: must(STRING, '币种', 'currency')
			}),
			'示例客户',
			'the sample client'
		),
		from: must(MONTH, '首月', 'first month'),
		to: must(MONTH, '末月', 'last month'),
		seasons: must(twelve, '十二个月的季节系数', 'twelve factors, January first'),
		units: must(
			list(
				object({
					id: must(KEBAB, '标识', 'id'),
					name: must(TEXT, '名称', 'name'),
					parent: may(STRING, '上级', 'unit above'),
					kind: must(STRING, '类别', 'kind')
				})
			),
			'组织',
			'units'
		),
		profiles: must(
			list(
				object({
					id: must(SNAKE, '标识', 'id'),
					metrics: may(
						list(
							object({
								metric: must(SNAKE, '指标', 'metric'),
								around: must(NUMBER, '通常的值', 'usual value'),
								of: may(STRING, '占哪个指标的比例', 'the metric it is a share of'),
								spread: may(NUMBER, '波动（占比）', 'standard deviation as a share'),
								seasonal: may(BOOLEAN, '随季节变化', 'moves with the seasons'),
								seasons: may(
									twelve,
									'只属于该指标的十二个月系数；目标不变，由规则里的季节参数调整',
									'twelve factors of this metric alone; its target stays, a seasonal parameter moves it'
								),
								ramp: may(BOOLEAN, '新人逐月爬升', 'newcomers grow into it'),
								trend: may(NUMBER, '每月增长（占比）', 'growth a month as a share'),
								decimals: may(NUMBER, '小数位', 'decimals'),
								min: may(NUMBER, '下限', 'least'),
								max: may(NUMBER, '上限', 'most'),
								target: may(NUMBER, '月目标', 'monthly target')
							})
						),
						'指标',
						'metrics'
					),
					targets: may(map(NUMBER), '计算指标的月目标', 'monthly targets of calculated metrics')
				})
			),
			'人群画像',
			'profiles'
		),
		groups: may(
			list(
				object({
					unit: must(KEBAB, '部门', 'unit'),
					position: must(STRING, '岗位', 'position'),
					profile: must(SNAKE, '画像', 'profile'),
					count: must(NUMBER, '人数', 'people'),
					site: must(STRING, '地点', 'site'),
					region: must(STRING, '地区', 'region'),
					hired: must(list(MONTH), '入职的首末月', 'first and last month of joining'),
					base_pay: must(list(NUMBER), '基本工资范围', 'range of base pay')
				})
			),
			'成组的人',
			'groups of people'
		),
		people: may(
			list(
				object({
					id: must(STRING, '工号', 'employee id'),
					name: must(STRING, '虚构姓名', 'an invented name'),
					unit: must(KEBAB, '部门', 'unit'),
					position: must(STRING, '岗位', 'position'),
					profile: must(SNAKE, '画像', 'profile'),
					site: must(STRING, '地点', 'site'),
					region: must(STRING, '地区', 'region'),
					hired_on: must(DAY, '入职日', 'joined on'),
					left_on: may(DAY, '离职日', 'left on'),
					base_pay: must(NUMBER, '基本工资', 'base pay'),
					factors: may(map(NUMBER), '与画像的差别', 'differences from the profile'),
					moves: may(
						list(object({ on: must(DAY, '日期', 'day'), unit: must(KEBAB, '部门', 'unit') })),
						'调动',
						'moves'
					),
					note: may(TEXT, '他的故事', 'their story')
				})
			),
			'故事里的人',
			'people of the story'
		),
		unit_metrics: may(
			list(
				object({
					unit: must(KEBAB, '部门', 'unit'),
					metric: must(SNAKE, '指标', 'metric'),
					sum_of: must(SNAKE, '由成员的哪个指标相加', 'the metric of its people it adds up'),
					target: may(NUMBER, '月目标', 'monthly target')
				})
			),
			'部门指标',
			'figures of units'
		),
		events: may(
			list(
				object({
					subject: must(STRING, '谁', 'who'),
					metric: must(SNAKE, '指标', 'metric'),
					period: must(STRING, '何时', 'when'),
					value: must(NUMBER, '数值', 'value')
				})
			),
			'单独发生的事',
			'what happened once'
		),
		accounts: may(
			list(
				object({
					account: must(STRING, '账号', 'account'),
					name: must(STRING, '姓名', 'name'),
					role: must(SNAKE, '角色', 'role'),
					employee: may(STRING, '对应的员工', 'the employee they are'),
					unit: may(STRING, '负责的部门', 'the unit they lead')
				})
			),
			'演示账号',
			'demo accounts'
		),
		in_force: may(
			list(
				object({
					effective_from: must(MONTH, '自何月生效', 'in force from'),
					scheme: must({ type: 'object' }, '方案文档', 'scheme document')
				})
			),
			'演示时已在用的方案',
			'schemes that are in force before the pack'
		),
		drafts: may(list(KEBAB), '作为草稿的方案', 'schemes that are drafts')
	}
} as const satisfies Record<string, Properties>;

/** File names of the schemas; each says what the files of a pack it is for look like. */
export const SCHEMA_FILES = {
	'pack.schema.json': 'pack.yaml',
	'metric.schema.json': 'metrics/*.yaml',
	'record.schema.json': 'records/*.yaml',
	'scheme.schema.json': 'schemes/*.json',
	'tests.schema.json': 'tests/*.yaml',
	'preset.schema.json': 'presets/*.yaml',
	'generator.schema.json': 'sample-data/generator.yaml'
} as const;
export type SchemaFile = keyof typeof SCHEMA_FILES;

/** The schema of one kind of file, with descriptions in one language. */
export function packSchema(file: SchemaFile, locale: Locale): JsonObject {
	const operators = [...OPERATORS.keys()];
	if (file === 'metric.schema.json') return metricJsonSchema({ locale, operators });
	if (file === 'scheme.schema.json') return schemeJsonSchema({ locale, operators });
	const parts: Readonly<Record<string, Part>> = {
		'pack.schema.json': object(PACK_PROPERTIES.pack),
		'record.schema.json': object(PACK_PROPERTIES.record),
		'preset.schema.json': object(PACK_PROPERTIES.preset),
		'tests.schema.json': list(object(PACK_PROPERTIES.test)),
		'generator.schema.json': object(PACK_PROPERTIES.generator)
	};
	const part = parts[file] ?? {};
	return { $schema: DRAFT, title: SCHEMA_FILES[file], ...(inLanguage(part, locale) as JsonObject) };
}
