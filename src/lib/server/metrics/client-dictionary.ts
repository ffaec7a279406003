/** The variables that rules of this client may read: its attributes, metrics and parameters. */
import { isNull, sql } from 'drizzle-orm';
import type { Dictionary, VariableInfo } from '#lib/engine/logic/rule.ts';
import { dictionaryOf, EMPLOYEE_ATTRIBUTES } from '#lib/engine/scheme/variables.ts';
import { employeeFacts, parameters } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { loadAttributes, type AttributeDefinition } from '../people/attributes.ts';
import { loadMetrics } from './load-metrics.ts';

/** More distinct values than this are names, not choices. */
const MOST_VALUES = 60;

/** A variable that is not in it is an error when a rule is saved. */
export async function clientDictionary(queries: Queries): Promise<Dictionary> {
	const metrics = await loadMetrics(queries);
	const params = await queries
		.select({ id: parameters.id, unit: parameters.unit, name: parameters.name })
		.from(parameters)
		.where(isNull(parameters.retiredAt));
	const defined = await loadAttributes(queries);
	const found = new Map(await ownAttributes(queries));
	for (const attribute of defined.values()) {
		found.set(attribute.id, describedInfo(attribute, found.get(attribute.id)));
	}
	return dictionaryOf({ metrics, params, attributes: found });
}

const VALUE_TYPES = {
	text: 'string',
	choice: 'string',
	date: 'string',
	number: 'number',
	boolean: 'boolean'
} as const;

/** What the client says of an attribute, over what its data show. */
function describedInfo(
	{ id, name, type, choices }: AttributeDefinition,
	found: VariableInfo | undefined
): VariableInfo {
	const standard = EMPLOYEE_ATTRIBUTES.get(id);
	const values = [...new Set([...choices.map(({ value }) => value), ...(found?.values ?? [])])];
	return {
		...found,
		// Data that were recorded before the description may hold something else.
		type:
			found && found.type !== VALUE_TYPES[type]
				? found.type
				: (standard?.type ?? VALUE_TYPES[type]),
		name,
		...(values.length > 0 ? { values: values.sort() } : {}),
		...(choices.length > 0
			? { valueNames: Object.fromEntries(choices.map(({ value, name: word }) => [value, word])) }
			: {})
	};
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
