/** The variables that rules of this client may read: its attributes, metrics and parameters. */
import { isNull, sql } from 'drizzle-orm';
import type { Dictionary, VariableInfo } from '#lib/engine/logic/rule.ts';
import { dictionaryOf } from '#lib/engine/scheme/variables.ts';
import { employeeFacts, parameters } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { loadMetrics } from './load-metrics.ts';

/** More distinct values than this are names, not choices. */
const MOST_VALUES = 60;

/** A variable that is not in it is an error when a rule is saved. */
export async function clientDictionary(queries: Queries): Promise<Dictionary> {
	const metrics = await loadMetrics(queries);
	const params = await queries
		.select({ id: parameters.id, unit: parameters.unit, name: parameters.name })
		.from(parameters);
	return dictionaryOf({ metrics, params, attributes: await ownAttributes(queries) });
}

async function ownAttributes(queries: Queries): Promise<[string, VariableInfo][]> {
	const rows = await queries
		.select({
			attribute: employeeFacts.attribute,
			kind: sql<string>`max(json_type(${employeeFacts.value}))`,
			kinds: sql<number>`count(distinct json_type(${employeeFacts.value}))`,
			values: sql<string>`json_group_array(distinct ${employeeFacts.value})`,
			count: sql<number>`count(distinct ${employeeFacts.value})`
		})
		.from(employeeFacts)
		.where(isNull(employeeFacts.withdrawnAt))
		.groupBy(employeeFacts.attribute);
	return rows.map(({ attribute, kind, kinds, values, count }) => [
		attribute,
		attributeInfo(kinds === 1 ? kind : 'mixed', count <= MOST_VALUES ? values : '[]')
	]);
}

function attributeInfo(kind: string, values: string): VariableInfo {
	if (kind === 'integer' || kind === 'real') return { type: 'number' };
	if (kind === 'true' || kind === 'false') return { type: 'boolean' };
	if (kind !== 'text') return { type: 'any' };
	const texts = (JSON.parse(values) as string[])
		.map((text): unknown => JSON.parse(text))
		.filter((value): value is string => typeof value === 'string');
	return texts.length > 0 ? { type: 'string', values: texts.sort() } : { type: 'string' };
}
