/** What a column of a file may be mapped to, and the names it usually has in an export. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import type { ImportKind } from '#lib/contract/imports.ts';
import type { RecordType } from '#lib/packs/pack.ts';

export type FieldType = 'id' | 'text' | 'number' | 'date' | 'period' | 'boolean';

export interface ImportField {
	readonly id: string;
	readonly name: LocalText;
	readonly type: FieldType;
	readonly required: boolean;
	/** Header names that mean this field, in any language; compared after tidying. */
	readonly aliases: readonly string[];
	/** The unit of its figures, as metrics name theirs; absent where any will do. */
	readonly unit?: string;
	/** The metric behind `metric.<id>` and `target.<id>`. */
	readonly metric?: MetricDefinition;
}

function field(
	id: string,
	type: FieldType,
	zh: string,
	en: string,
	aliases: readonly string[],
	required = false
): ImportField {
	return { id, type, name: { 'zh-CN': zh, en }, required, aliases: [zh, en, ...aliases] };
}

const EMPLOYEE_ALIASES = [
	'员工编号',
	'员工号',
	'人员编号',
	'员工工号',
	'employee',
	'employee id',
	'employee no',
	'employee number',
	'emp id',
	'emp no',
	'staff id',
	'staff no',
	'BusinessEntityID',
	'SalesPersonID',
	'Personalnummer',
	'id'
];

const employee = field('employee', 'id', '工号', 'Employee id', EMPLOYEE_ALIASES, true);

/** Attributes that every client has; further ones are mapped as `attribute.<id>`. */
export const STANDARD_ATTRIBUTES: readonly ImportField[] = [
	field('attribute.unit', 'text', '部门', 'Unit', [
		'所属部门',
		'组织',
		'所属组织',
		'department',
		'department name',
		'team',
		'Abteilung'
	]),
	field('attribute.position', 'text', '岗位', 'Position', [
		'职位',
		'职务',
		'job title',
		'title',
		'role'
	]),
	field('attribute.level', 'text', '职级', 'Level', [
		'级别',
		'等级',
		'job level',
		'OrganizationLevel'
	]),
	field('attribute.site', 'text', '工作地点', 'Site', [
		'地点',
		'办公地点',
		'location',
		'office',
		'city'
	]),
	field('attribute.region', 'text', '区域', 'Region', [
		'大区',
		'片区',
		'territory',
		'area',
		'Gebiet'
	]),
	field('attribute.hired_on', 'date', '入职日期', 'Hired on', [
		'入职时间',
		'hire date',
		'date of hire',
		'join date',
		'joined on',
		'Eintrittsdatum'
	]),
	field('attribute.left_on', 'date', '最后工作日', 'Last day', [
		'离职日期',
		'离职时间',
		'leave date',
		'left on',
		'termination date'
	]),
	field('attribute.base_pay', 'number', '基本工资', 'Base pay', [
		'底薪',
		'月薪',
		'salary',
		'base rate'
	]),
	field('attribute.manager', 'id', '直接上级', 'Manager', [
		'上级',
		'上级工号',
		'主管',
		'manager id',
		'reports to',
		'supervisor'
	]),
	field('attribute.status', 'text', '状态', 'Status', [
		'在职状态',
		'员工状态',
		'employment status'
	]),
	field('attribute.email', 'text', '邮箱', 'Email', ['电子邮箱', 'email address', 'mail'])
];

/** The type of a standard attribute; null for one of the client's own. */
export function attributeType(attribute: string): FieldType | null {
	return STANDARD_ATTRIBUTES.find(({ id }) => id === `attribute.${attribute}`)?.type ?? null;
}

const period = field(
	'period',
	'period',
	'期间',
	'Period',
	['月份', '年月', '考核月', '考核期', '周期', 'month', 'date', '日期', 'Monat', 'QuotaDate'],
	true
);
const unitSubject = field('unit', 'text', '部门（作为对象）', 'Unit (as subject)', []);
const currency = field('currency', 'text', '币种', 'Currency', ['货币']);
const source = field('source', 'text', '来源', 'Source', ['数据来源']);
const evidence = field('evidence', 'text', '凭证', 'Evidence', [
	'凭证号',
	'reference',
	'document no'
]);
const metricName = field('metric', 'text', '指标', 'Metric', [
	'指标名称',
	'考核指标',
	'kpi',
	'indicator'
]);
const metricValue = field('value', 'number', '数值', 'Value', [
	'实际值',
	'完成值',
	'目标值',
	'amount'
]);

/** An attribute that the client defined or somebody has. */
export interface OwnAttribute {
	readonly id: string;
	readonly name: LocalText;
	readonly type: FieldType;
}

/** What the fields of a client depend on. */
export interface FieldSources {
	readonly metrics: readonly MetricDefinition[];
	readonly attributes: readonly OwnAttribute[];
	readonly parameters: readonly { readonly id: string; readonly name: LocalText }[];
	/** The type of the rows of a file of records. */
	readonly recordType: RecordType | null;
}

/** The fields of an import, in the order in which the mapping page lists them. */
export function importFields(
	kind: ImportKind,
	{ metrics, attributes, parameters, recordType }: FieldSources
): ImportField[] {
	if (kind === 'people') return peopleFields(attributes);
	if (kind === 'units') return UNIT_FIELDS;
	if (kind === 'parameters') return parameterFields(parameters);
	if (kind === 'records') return recordType ? recordFields(recordType) : [];
	const prefix = kind === 'targets' ? 'target' : 'metric';
	const subject = { ...employee, required: false };
	const figures = metrics
		.filter((metric) => kind === 'targets' || isObserved(metric))
		.map((metric): ImportField => figureField(prefix, metric));
	return [
		subject,
		unitSubject,
		period,
		...figures,
		metricName,
		metricValue,
		currency,
		source,
		evidence
	];
}

function peopleFields(attributes: readonly OwnAttribute[]): ImportField[] {
	const known = new Set(STANDARD_ATTRIBUTES.map(({ id }) => id));
	const own = attributes
		.filter(({ id }) => !known.has(`attribute.${id}`) && id !== 'name')
		.map(({ id, type, name }) =>
			field(`attribute.${id}`, type, name['zh-CN'], name.en, [id, id.replaceAll('_', ' ')])
		);
	return [
		employee,
		field('name', 'text', '姓名', 'Name', [
			'员工姓名',
			'full name',
			'employee name',
			'Mitarbeiter'
		]),
		...STANDARD_ATTRIBUTES,
		...own,
		validFrom
	];
}

const validFrom = field('valid_from', 'date', '生效日期', 'Valid from', [
	'生效时间',
	'effective date',
	'start date'
]);

const UNIT_FIELDS: ImportField[] = [
	field('unit_id', 'id', '部门编号', 'Unit id', [
		'组织编号',
		'机构编码',
		'部门编码',
		'department id',
		'department no',
		'org code',
		'DepartmentID'
	]),
	field('name', 'text', '部门名称', 'Unit name', [
		'部门',
		'组织名称',
		'机构名称',
		'department',
		'department name',
		'team',
		'name',
		'名称'
	]),
	field('name_en', 'text', '英文名称', 'Name in English', ['英文名', 'english name']),
	field('parent', 'text', '上级部门', 'Unit above', [
		'上级组织',
		'上级机构',
		'所属部门',
		'parent',
		'parent unit',
		'parent department',
		'GroupName',
		'belongs to'
	]),
	field('kind', 'text', '类别', 'Kind of unit', ['组织类型', '层级', 'type', 'unit type', 'level']),
	validFrom
];

function parameterFields(parameters: FieldSources['parameters']): ImportField[] {
	return [
		field('parameter', 'text', '参数', 'Parameter', [
			'参数名称',
			'参数编号',
			'name',
			'parameter id'
		]),
		{ ...period, aliases: [...period.aliases, '生效期间', '起始期间', 'from', 'valid from'] },
		field('value', 'number', '数值', 'Value', ['参数值', '取值', 'amount']),
		field('unit', 'text', '部门', 'Unit', ['适用部门', 'department', 'team']),
		...parameters.map(({ id, name }) =>
			field(`param.${id}`, 'number', name['zh-CN'], name.en, [id, id.replaceAll('_', ' ')])
		),
		source,
		evidence
	];
}

const RECORD_TYPES: Readonly<Record<RecordType['columns'][number]['type'], FieldType>> = {
	text: 'text',
	number: 'number',
	money: 'number',
	date: 'date',
	boolean: 'boolean',
	choice: 'text'
};

function recordFields(type: RecordType): ImportField[] {
	const needed = new Set([...type.key, type.date, type.subject]);
	const ids = new Set([...type.key, type.subject]);
	return [
		...type.columns.map((column) => ({
			...field(
				`record.${column.id}`,
				// Keys and people are ids: their zeros stay, and what lost digits is refused.
				ids.has(column.id) && column.type === 'text' ? 'id' : RECORD_TYPES[column.type],
				column.name['zh-CN'],
				column.name.en,
				[
					column.id,
					column.id.replaceAll('_', ' '),
					...(column.id === type.subject ? EMPLOYEE_ALIASES : [])
				],
				needed.has(column.id)
			),
			...(column.type === 'money' ? { unit: 'money' } : {})
		})),
		currency,
		source,
		evidence
	];
}

/** A metric that is told, not computed from others. */
export function isObserved(metric: MetricDefinition): boolean {
	return (
		!metric.formula &&
		!metric.window &&
		!metric.rank &&
		!metric.streak &&
		metric.aggregation !== 'ratio'
	);
}

function figureField(prefix: 'metric' | 'target', metric: MetricDefinition): ImportField {
	const words =
		prefix === 'target' ? { 'zh-CN': '目标：', en: 'Target: ' } : { 'zh-CN': '', en: '' };
	const own = [metric.id, metric.id.replaceAll('_', ' '), metric.name['zh-CN'], metric.name.en];
	const targetNames = own.flatMap((name) => [
		`${name}目标`,
		`目标${name}`,
		`${name} target`,
		`target ${name}`
	]);
	return {
		id: `${prefix}.${metric.id}`,
		type: 'number',
		name: {
			'zh-CN': `${words['zh-CN']}${metric.name['zh-CN']}`,
			en: `${words.en}${metric.name.en}`
		},
		required: false,
		aliases: prefix === 'target' ? [...targetNames, ...own] : own,
		unit: metric.unit,
		metric
	};
}
