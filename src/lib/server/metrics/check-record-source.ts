/** Whether the records that a metric takes from have what it asks of them. */
import {
	defineDiagnostics,
	diagnose,
	type Diagnostic
} from '#lib/engine/diagnostics/diagnostic.ts';
import { parseRule } from '#lib/engine/logic/parse.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import type { Queries } from '../db/database.ts';
import { recordDictionary } from '../records/expectations.ts';
import { columnOf, loadRecordTypes } from '../records/record-types.ts';

export const recordSourceDiagnostics = defineDiagnostics({
	record_type_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '没有记录类型“{record}”。',
			en: 'There is no record type “{record}”.'
		},
		advice: {
			'zh-CN': '请先在“记录”中建立此类型；已有：{known}。',
			en: 'Make it under “Records” first; there are {known}.'
		},
		help: {
			'zh-CN': '指标由记录汇总时，记录类型说明了有哪些列、哪一列是日期、记录属于谁。',
			en: 'A metric that is taken from records needs their type: which columns there are, which is the date, and whose a record is.'
		}
	},
	record_column_unfit: {
		severity: 'error',
		message: {
			'zh-CN': '“{record}”的记录没有合适的列“{column}”：需要{expected_zh}。',
			en: 'Records of “{record}” have no fitting column “{column}”: {expected} is needed.'
		},
		advice: {
			'zh-CN': '请从该类型的列中选择：{known}。',
			en: 'Choose one of the columns of the type: {known}.'
		},
		help: {
			'zh-CN':
				'求和、平均、中位数需要数字列；期间由日期列决定。日期列可取平均或中位数，按天数计，两个平均日期相减就是平均间隔天数。',
			en: 'Sums, means and medians need a column of numbers; the period is decided by a date. Means and medians of dates count days: the difference of two is the mean number of days between them.'
		}
	},
	record_share_without_condition: {
		severity: 'error',
		message: {
			'zh-CN': '占比需要一个条件，否则永远是 100%。',
			en: 'A share needs a condition; without one it is always 100 %.'
		},
		advice: {
			'zh-CN': '请写明哪些记录算在内。',
			en: 'Say which records count.'
		},
		help: {
			'zh-CN': '占比是满足条件的记录除以全部记录；指定了列时，是金额之比。',
			en: 'A share divides the records that fulfil the condition by all; with a column, their amounts.'
		}
	}
});

/** Findings about `from_records` against the record types of the client; none for other metrics. */
export async function checkRecordSource(
	queries: Queries,
	metric: MetricDefinition
): Promise<Diagnostic[]> {
	const from = metric.from_records;
	if (!from) return [];
	const types = await loadRecordTypes(queries);
	const type = types.get(from.record)?.definition;
	if (!type) {
		return [
			diagnose(recordSourceDiagnostics, 'record_type_unknown', '/from_records/record', {
				record: from.record,
				known: [...types.keys()].join(', ') || '-'
			})
		];
	}
	const found: Diagnostic[] = [];
	const unfit = (field: 'date' | 'column', expected: string, expectedZh: string): void => {
		found.push(
			diagnose(recordSourceDiagnostics, 'record_column_unfit', `/from_records/${field}`, {
				record: type.id,
				column: from[field] ?? '',
				expected,
				expected_zh: expectedZh,
				known: type.columns.map(({ id }) => id).join(', ')
			})
		);
	};
	if (columnOf(type, from.date)?.type !== 'date') unfit('date', 'a date', '日期列');
	if (from.column !== undefined) {
		const column = columnOf(type, from.column)?.type;
		const isDays = column === 'date' && ['mean', 'median'].includes(from.take);
		const isNumber = column === 'number' || column === 'money' || isDays;
		if (!column) unfit('column', 'a column of the type', '该类型的列');
		else if (!isNumber && from.take !== 'distinct') unfit('column', 'a number', '数字列');
	}
	if (from.take === 'share' && from.where === undefined) {
		found.push(
			diagnose(recordSourceDiagnostics, 'record_share_without_condition', '/from_records/where', {})
		);
	}
	for (const [part, expects] of [
		['value', 'number'],
		['where', 'boolean']
	] as const) {
		const rule = from[part];
		if (rule === undefined) continue;
		const at = `/from_records/${part}`;
		const dictionary = recordDictionary(type);
		found.push(...parseRule(rule, { at, expects, dictionary }).diagnostics);
	}
	return found;
}
