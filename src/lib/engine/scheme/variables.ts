/**
 * Which variables exist where. One table of places (`placeDictionary`) is read by the validator,
 * the editors and the checker: section 2 of the rules of scoring in this folder's README.
 */
import type { Dictionary, VariableInfo } from '../logic/rule.ts';
import { derivablePaths } from '../table/derive.ts';
import { isNumericPath } from '../table/paths.ts';
import type { Column, Table } from '../table/table.ts';
import type { SchemeGrade, SchemeItem } from './document.ts';
import type { MetricDefinition } from './metric.ts';
import type { RulePlace } from './shape.ts';

const NUMBER: VariableInfo = { type: 'number' };
const TEXT: VariableInfo = { type: 'string' };
const ANY: VariableInfo = { type: 'any' };

/** Attributes that every client has; clients add their own. A level may be a number or a word. */
export const EMPLOYEE_ATTRIBUTES: ReadonlyMap<string, VariableInfo> = new Map<string, VariableInfo>(
	[
		['id', { ...TEXT, name: { 'zh-CN': '工号', en: 'employee id' } }],
		['name', { ...TEXT, name: { 'zh-CN': '姓名', en: 'name' } }],
		['unit', { ...TEXT, name: { 'zh-CN': '部门', en: 'unit' } }],
		['unit_path', { ...TEXT, name: { 'zh-CN': '部门路径', en: 'unit path' } }],
		['position', { ...TEXT, name: { 'zh-CN': '岗位', en: 'position' } }],
		['level', { ...ANY, name: { 'zh-CN': '职级', en: 'level' } }],
		['site', { ...TEXT, name: { 'zh-CN': '工作地点', en: 'site' } }],
		['region', { ...TEXT, name: { 'zh-CN': '地区', en: 'region' } }],
		['hired_on', { ...TEXT, name: { 'zh-CN': '入职日期', en: 'hire date' } }],
		['tenure_months', { ...NUMBER, name: { 'zh-CN': '司龄（月）', en: 'tenure in months' } }],
		['base_pay', { ...NUMBER, unit: 'money', name: { 'zh-CN': '基本工资', en: 'base pay' } }],
		['manager', { ...TEXT, name: { 'zh-CN': '上级', en: 'manager' } }],
		['status', { ...TEXT, name: { 'zh-CN': '在职状态', en: 'status' } }]
	]
);

const PERIOD_VARIABLES: readonly (readonly [string, VariableInfo])[] = [
	['period.id', { ...TEXT, name: { 'zh-CN': '期间', en: 'period' } }],
	['period.year', { ...NUMBER, name: { 'zh-CN': '年', en: 'year' } }],
	['period.quarter', { ...NUMBER, name: { 'zh-CN': '季度', en: 'quarter' } }],
	['period.month', { ...NUMBER, name: { 'zh-CN': '月', en: 'month' } }],
	['period.days', { ...NUMBER, unit: 'days', name: { 'zh-CN': '天数', en: 'days' } }]
];

/** A parameter, as far as rules see it. */
export interface ParameterInfo {
	readonly id: string;
	readonly unit?: string;
	readonly name?: VariableInfo['name'];
}

export interface DictionarySources {
	readonly metrics?: ReadonlyMap<string, MetricDefinition>;
	readonly params?: Iterable<ParameterInfo>;
	/** The client's own attributes, by name without `employee.`. */
	readonly attributes?: Iterable<readonly [string, VariableInfo]>;
	/** Items of a scheme: adds `items.*` and `base_score`. */
	readonly items?: readonly Pick<SchemeItem, 'id' | 'name'>[];
	/** The columns of a table are variables too. */
	readonly table?: Table;
}

function metricVariables(metric: MetricDefinition): [string, VariableInfo][] {
	const { id, unit, name, valid } = metric;
	const suffixed = (zh: string, en: string): VariableInfo['name'] => ({
		'zh-CN': `${name['zh-CN']}${zh}`,
		en: `${name.en}${en}`
	});
	const actual: VariableInfo = { type: 'number', unit, name, ...(valid ? { valid } : {}) };
	const target: VariableInfo = { type: 'number', unit, name: suffixed('目标', ' target') };
	const attained: VariableInfo = {
		type: 'number',
		unit: 'ratio',
		name: suffixed('完成率', ' attainment')
	};
	// A metric that is the team's by its own name is not called so twice.
	const ofTeam = {
		'zh-CN': name['zh-CN'].startsWith('团队') ? name['zh-CN'] : `团队${name['zh-CN']}`,
		en: /^team\b/i.test(name.en) ? name.en : `team ${name.en}`
	};
	const team = (info: VariableInfo, zh: string, en: string): VariableInfo => ({
		...info,
		name: { 'zh-CN': `${ofTeam['zh-CN']}${zh}`, en: `${ofTeam.en}${en}` }
	});
	return [
		[`metric.${id}`, actual],
		[`target.${id}`, target],
		[`attainment.${id}`, attained],
		[`team.${id}.actual`, team({ type: 'number', unit }, '', '')],
		[`team.${id}.target`, team({ type: 'number', unit }, '目标', ' target')],
		[`team.${id}.attainment`, team(attained, '完成率', ' attainment')]
	];
}

/** Distinct texts that a dictionary lists of a column; beyond this they are no help to anybody. */
const LISTED_VALUES = 500;

function columnInfo(path: string, column: Column): VariableInfo {
	if (column.kind === 'number' || isNumericPath(path)) return NUMBER;
	if (column.kind === 'boolean') return { type: 'boolean' };
	if (column.dictionary.length === 0) return path === 'employee.level' ? ANY : { type: 'any' };
	return column.dictionary.length <= LISTED_VALUES
		? { type: 'string', values: [...column.dictionary].sort() }
		: TEXT;
}

/** The variables that a table supplies: its columns and what derives from them. */
export function dictionaryOfTable(table: Table): Map<string, VariableInfo> {
	const dictionary = new Map<string, VariableInfo>();
	for (const [path, column] of table.columns) dictionary.set(path, columnInfo(path, column));
	for (const path of derivablePaths(table.columns.keys())) dictionary.set(path, NUMBER);
	return dictionary;
}

/**
 * The dictionary of a client, a pack or a table: what rules may read. Later sources add to what
 * earlier ones said of the same path (a metric's unit and name, a column's values).
 */
export function dictionaryOf(sources: DictionarySources): Map<string, VariableInfo> {
	const dictionary = new Map<string, VariableInfo>(PERIOD_VARIABLES);
	if (!sources.table)
		for (const [name, info] of EMPLOYEE_ATTRIBUTES) dictionary.set(`employee.${name}`, info);
	for (const [name, info] of sources.attributes ?? [])
		dictionary.set(`employee.${name}`, { ...dictionary.get(`employee.${name}`), ...info });
	for (const metric of sources.metrics?.values() ?? [])
		for (const [path, info] of metricVariables(metric)) dictionary.set(path, info);
	for (const param of sources.params ?? [])
		dictionary.set(`param.${param.id}`, {
			type: 'number',
			...(param.unit === undefined ? {} : { unit: param.unit }),
			...(param.name === undefined ? {} : { name: param.name })
		});
	if (sources.table)
		for (const [path, info] of dictionaryOfTable(sources.table)) {
			const standard = path.startsWith('employee.')
				? EMPLOYEE_ATTRIBUTES.get(path.slice('employee.'.length))?.name
				: undefined;
			dictionary.set(path, {
				...(standard ? { name: standard } : {}),
				...dictionary.get(path),
				...info
			});
		}
	if (sources.items)
		for (const [path, info] of totalVariables(sources.items)) dictionary.set(path, info);
	return dictionary;
}

function totalVariables(
	items: readonly Pick<SchemeItem, 'id' | 'name'>[]
): [string, VariableInfo][] {
	const variables: [string, VariableInfo][] = [
		['base_score', { ...NUMBER, unit: 'score', name: { 'zh-CN': '基础分', en: 'base score' } }]
	];
	for (const { id, name } of items) {
		const part = (unit: string | null, zh: string, en: string): VariableInfo => ({
			type: 'number',
			...(unit ? { unit } : {}),
			name: { 'zh-CN': `${name?.['zh-CN'] ?? id}${zh}`, en: `${name?.en ?? id} ${en}` }
		});
		variables.push(
			[`items.${id}.score`, part('score', '得分', 'score')],
			[`items.${id}.weight`, part(null, '权重', 'weight')],
			[`items.${id}.points`, part('score', '分值', 'points')],
			[`items.${id}.attainment`, part('ratio', '完成率', 'attainment')]
		);
	}
	return variables;
}

const NAMED = '[A-Za-z][A-Za-z0-9_-]*';
const OPEN: readonly (readonly [RegExp, VariableInfo, 'metrics' | 'client'])[] = [
	[new RegExp(`^employee\\.${NAMED}$`), ANY, 'client'],
	[new RegExp(`^param\\.${NAMED}$`), NUMBER, 'client'],
	[new RegExp(`^(?:metric|target|attainment)\\.${NAMED}$`), NUMBER, 'metrics'],
	[new RegExp(`^team\\.${NAMED}\\.(?:actual|target|attainment)$`), NUMBER, 'metrics']
];
const RECORD = new RegExp(`^record\\.${NAMED}$`);

/**
 * A dictionary for when the client is not known: any well-named attribute and parameter exists,
 * and any metric unless the metrics are known. What no client could have is still unknown.
 */
class OpenDictionary extends Map<string, VariableInfo> {
	readonly #open: (path: string) => VariableInfo | undefined;

	constructor(
		entries: Iterable<readonly [string, VariableInfo]>,
		open: (path: string) => VariableInfo | undefined
	) {
		super(entries);
		this.#open = open;
	}

	override get(path: string): VariableInfo | undefined {
		return super.get(path) ?? this.#open(path);
	}

	override has(path: string): boolean {
		return this.get(path) !== undefined;
	}
}

export interface PlaceSources {
	/** Everything the client has; without it, any well-named attribute and parameter is accepted. */
	readonly dictionary?: Dictionary;
	readonly metrics?: ReadonlyMap<string, MetricDefinition>;
	readonly items?: readonly Pick<SchemeItem, 'id' | 'name' | 'metric'>[];
	/** Metric of the item whose rule is read: gives `item.*` its unit. */
	readonly metric?: string;
	readonly grades?: readonly Pick<SchemeGrade, 'id' | 'name'>[];
}

function itemVariables(metric: MetricDefinition | undefined): [string, VariableInfo][] {
	const unit = metric ? { unit: metric.unit } : {};
	const valid = metric?.valid ? { valid: metric.valid } : {};
	return [
		['item.actual', { type: 'number', ...unit, ...valid, name: { 'zh-CN': '实际', en: 'actual' } }],
		['item.target', { type: 'number', ...unit, name: { 'zh-CN': '目标', en: 'target' } }],
		[
			'item.attainment',
			{ type: 'number', unit: 'ratio', name: { 'zh-CN': '完成率', en: 'attainment' } }
		]
	];
}

function gradeValues(
	grades: readonly Pick<SchemeGrade, 'id' | 'name'>[]
): Pick<VariableInfo, 'values' | 'valueNames'> {
	return {
		values: grades.map(({ id }) => id),
		valueNames: Object.fromEntries(grades.map(({ id, name }) => [id, name]))
	};
}

/** The variables that a rule may read where it stands. */
export function placeDictionary(place: RulePlace, sources: PlaceSources): Dictionary {
	if (place === 'record')
		return new OpenDictionary([], (path) => (RECORD.test(path) ? ANY : undefined));
	const { dictionary, metrics } = sources;
	const known = dictionary ?? dictionaryOf(metrics ? { metrics } : {});
	if (place === 'metric') {
		const entries = [...known].filter(([path]) => path.startsWith('metric.'));
		if (dictionary || metrics) return new Map(entries);
		return new OpenDictionary([], (path) =>
			path.startsWith('metric.') ? openInfo(path, false) : undefined
		);
	}
	const here: [string, VariableInfo][] = [];
	if (place === 'item')
		here.push(...itemVariables(sources.metric ? metrics?.get(sources.metric) : undefined));
	if (place === 'total' || place === 'outcome') here.push(...totalVariables(sources.items ?? []));
	if (place === 'outcome')
		here.push(
			['score', { ...NUMBER, unit: 'score', name: { 'zh-CN': '总分', en: 'score' } }],
			[
				'grade',
				{
					...TEXT,
					name: { 'zh-CN': '等级', en: 'grade' },
					...(sources.grades ? gradeValues(sources.grades) : {})
				}
			]
		);
	if (dictionary) return new Map([...dictionary, ...here]);
	return new OpenDictionary([...known, ...here], (path) => openInfo(path, metrics !== undefined));
}

function openInfo(path: string, metricsKnown: boolean): VariableInfo | undefined {
	const match = OPEN.find(([pattern]) => pattern.test(path));
	return match && !(metricsKnown && match[2] === 'metrics') ? match[1] : undefined;
}
