/** The words of a merge: fields of definitions, and what each side did to them. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, Rule } from '#lib/engine/logic/rule.ts';
import { ruleSentence } from '#lib/engine/logic/sentence.ts';
import { isObject } from './fields.ts';
import type { MergedKind } from './merge-types.ts';

const word = (chinese: string, english: string): LocalText => ({ 'zh-CN': chinese, en: english });

/** What each kind of part is called. */
export const KIND_WORDS: Readonly<Record<MergedKind, LocalText>> = {
	metric: word('指标', 'metric'),
	record: word('记录类型', 'record type'),
	scheme: word('模板', 'template'),
	preset: word('导入预设', 'import preset'),
	param: word('参数', 'parameter'),
	value: word('取值名称', 'name of a value'),
	use: word('使用中的方案', 'scheme in use')
};

const FIELDS: Readonly<Record<string, LocalText>> = {
	name: word('名称', 'name'),
	description: word('说明', 'description'),
	unit: word('单位', 'unit'),
	direction: word('方向', 'direction'),
	range: word('合适区间', 'range'),
	class: word('类别', 'class'),
	grain: word('对象', 'grain'),
	period: word('周期', 'period'),
	aggregation: word('汇总方式', 'aggregation'),
	target_aggregation: word('目标汇总方式', 'aggregation of targets'),
	numerator: word('分子', 'numerator'),
	denominator: word('分母', 'denominator'),
	formula: word('公式', 'formula'),
	window: word('窗口', 'window'),
	rank: word('排名', 'rank'),
	streak: word('连续期数', 'streak'),
	from_records: word('记录口径', 'count over records'),
	valid: word('合理范围', 'valid range'),
	decimals: word('小数位', 'decimals'),
	owner: word('负责人', 'owner'),
	entered_by: word('填报人', 'entered by'),
	source: word('来源', 'source'),
	evidence: word('凭据', 'evidence'),
	gaming: word('防钻空子', 'gaming'),
	controllable: word('员工可控', 'controllable'),
	reference: word('依据', 'reference'),
	key: word('标识列', 'key'),
	date: word('日期列', 'date'),
	subject: word('对象列', 'subject'),
	columns: word('列', 'column'),
	match: word('识别表头', 'headers that recognise it'),
	for: word('用途', 'what it is for')
};

/** A place inside a part: the field, and which of its elements. */
export function placeWords(path: readonly string[]): LocalText {
	const [field = '', element] = path;
	const known = FIELDS[field] ?? word(field, field);
	return element === undefined
		? known
		: word(`${known['zh-CN']} ${element}`, `${known.en} ${element}`);
}

/** What one side did to a place: `unit: money → count`. */
export function changeWords(
	path: readonly string[],
	before: Json | undefined,
	after: Json | undefined
): LocalText {
	const place = placeWords(path);
	const from = valueWords(path, before);
	const to = valueWords(path, after);
	if (before === undefined) {
		return word(`${place['zh-CN']}：新增 ${to['zh-CN']}`, `${place.en}: adds ${to.en}`);
	}
	if (after === undefined) {
		return word(`${place['zh-CN']}：删除 ${from['zh-CN']}`, `${place.en}: removes ${from.en}`);
	}
	return word(
		`${place['zh-CN']}：${from['zh-CN']} → ${to['zh-CN']}`,
		`${place.en}: ${from.en} → ${to.en}`
	);
}

export const UNCHANGED = word('未改动', 'not changed');
export const OWN_DEFINITION = word(
	'贵公司已有自己的定义',
	'the client has a definition of its own'
);
export const BROUGHT = word('规则包新增', 'the pack brings it');
export const REMOVED_HERE = word('贵公司已停用', 'the client retired it');
export const REMOVED_UPSTREAM = word('规则包不再提供', 'the pack no longer has it');

/** Longest value shown in a sentence. */
const LONGEST = 120;

function valueWords(path: readonly string[], value: Json | undefined): LocalText {
	if (value === undefined || value === null) return word('（无）', 'nothing');
	if (isLocalText(value)) return value;
	if (path[0] === 'formula') return ruleWords(value);
	if (path[0] === 'streak' && isObject(value)) return ruleWords(value['when'] ?? null);
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
	return word(short, short);
}

function isLocalText(value: Json): value is { 'zh-CN': string; en: string } {
	return isObject(value) && typeof value['zh-CN'] === 'string' && typeof value['en'] === 'string';
}

function ruleWords(rule: Rule): LocalText {
	return word(ruleSentence(rule, { locale: 'zh-CN' }), ruleSentence(rule, { locale: 'en' }));
}
