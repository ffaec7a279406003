/** People, units, metrics and records. */
import * as metrics from '../metrics.ts';
import * as people from '../people.ts';
import * as records from '../records.ts';
import { operation, type ApiOperation } from './operation.ts';

export const REGISTER_OPERATIONS: readonly ApiOperation[] = [
	operation('GET', '/people', '查找员工', 'Find people', 200, people.peopleList, {
		query: people.peopleQuery
	}),
	operation(
		'GET',
		'/people/{employee}',
		'查看员工及其历史',
		'A person and their history',
		200,
		people.personBody,
		{
			query: people.personQuery
		}
	),
	operation('GET', '/units', '组织树', 'The tree of units', 200, people.unitList),
	operation('GET', '/metrics', '指标列表', 'The metrics', 200, metrics.metricList),
	operation(
		'POST',
		'/metrics',
		'登记或修订指标',
		'Register or revise a metric',
		201,
		metrics.metricSaved,
		{
			body: metrics.saveMetricRequest
		}
	),
	operation('GET', '/metrics/{metric}', '查看指标', 'A metric', 200, metrics.metricBody),
	operation(
		'DELETE',
		'/metrics/{metric}',
		'停用指标',
		'Retire a metric',
		200,
		metrics.metricRetired,
		{
			body: metrics.retireMetricRequest
		}
	),
	operation(
		'POST',
		'/metrics/similar',
		'查找近似指标',
		'Find near-duplicates',
		200,
		metrics.similarMetrics,
		{ body: metrics.similarRequest }
	),
	operation(
		'GET',
		'/metrics/{metric}/figure',
		'查看数值的构成',
		'What a figure is made of',
		200,
		records.figureBody,
		{ query: records.figureQuery }
	),
	operation('GET', '/records', '记录类型列表', 'The record types', 200, records.recordTypeList),
	operation(
		'POST',
		'/records',
		'登记或修订记录类型',
		'Register or revise a record type',
		201,
		records.recordTypeSaved,
		{ body: records.saveRecordTypeRequest }
	),
	operation('GET', '/records/{type}', '查找记录', 'Find records', 200, records.recordList, {
		query: records.recordsQuery
	}),
	operation('POST', '/records/{type}', '送入记录', 'Send records', 200, records.recordsReceived, {
		body: records.recordsRequest
	}),
	operation(
		'GET',
		'/records/{type}/corrections',
		'查看更正',
		'Corrections of closed months',
		200,
		records.correctionsBody
	),
	operation(
		'POST',
		'/records/{type}/corrections',
		'接受更正',
		'Accept a correction',
		201,
		records.correctionAccepted,
		{ body: records.acceptCorrectionRequest }
	),
	operation(
		'GET',
		'/missing-records',
		'缺少的记录',
		'Missing records',
		200,
		records.missingRecordsBody
	),
	operation(
		'POST',
		'/missing-records',
		'登记或修订提醒',
		'Register or revise a reminder',
		201,
		records.expectationSaved,
		{ body: records.saveExpectationRequest }
	)
];
