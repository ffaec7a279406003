/**
 * The JSON Schema of schemes for an editor that people write in: our own schema, with the operators
 * explained in the reader's language and with the client's metrics and variables to choose from.
 * Names that are not listed stay allowed here: what they mean is for the checker to say.
 */
import type { Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import { OPERATORS } from '#lib/engine/logic/operators/index.ts';
import type { Operator } from '#lib/engine/logic/operators/operator.ts';
import type { Dictionary, Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { schemeJsonSchema } from '#lib/engine/scheme/json-schema.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { getAt, isObject, setAt } from '../document-path.ts';

export interface SchemaWords {
	readonly locale: Locale;
	readonly metrics: ReadonlyMap<string, MetricDefinition>;
	readonly dictionary: Dictionary;
}

/** Texts to choose from, each with what it is called; any other text is allowed too. */
function chosen(names: Iterable<readonly [string, string]>): JsonObject {
	const entries = [...names];
	if (entries.length === 0) return { type: 'string' };
	return {
		anyOf: [
			{
				type: 'string',
				enum: entries.map(([value]) => value),
				enumDescriptions: entries.map(([, name]) => name)
			},
			{ type: 'string' }
		]
	};
}

function operatorSchema(operator: Operator, { locale, dictionary }: SchemaWords): JsonObject {
	const { title, help, takes, examples } = operator;
	const operands = takes
		.map(
			({ name, optional, repeats }) => `${name[locale]}${repeats ? '…' : ''}${optional ? '?' : ''}`
		)
		.join(', ');
	const [example] = examples;
	const shown = example
		? `\n\n\`${JSON.stringify(example.rule)}\` → \`${JSON.stringify(example.result)}\``
		: '';
	const description: JsonObject = {
		description: `${title[locale]}（${operands}）${help[locale]}`,
		markdownDescription: `**${title[locale]}** (${operands})\n\n${help[locale]}${shown}`
	};
	if (operator.name !== 'var') return { ...description, allOf: [{ $ref: '#/definitions/rule' }] };
	const path = chosen(
		[...dictionary].map(([key, { name }]) => [key, name ? `${name[locale]} (${key})` : key])
	);
	return {
		...description,
		anyOf: [path, { type: 'array', items: { anyOf: [path, { $ref: '#/definitions/rule' }] } }, {}]
	};
}

export function monacoSchema(words: SchemaWords): JsonObject {
	const plain = schemeJsonSchema({ locale: words.locale });
	const rule: JsonObject = {
		anyOf: [
			{ type: ['number', 'string', 'boolean', 'null'] },
			{ type: 'array', items: { $ref: '#/definitions/rule' } },
			{
				type: 'object',
				properties: Object.fromEntries(
					[...OPERATORS.values()].map((operator) => [
						operator.name,
						operatorSchema(operator, words)
					])
				)
			}
		]
	};
	const metric = chosen(
		[...words.metrics].map(([id, { name }]) => [id, `${name[words.locale]} (${id})`])
	);
	const withRule = setAt(plain, ['definitions', 'rule'], rule);
	return describedMetric(withRule, metric);
}

/** Puts the client's metrics where an item names its own, with the description that stands there. */
function describedMetric(schema: Json, metric: JsonObject): JsonObject {
	const place = ['properties', 'items', 'items', 'properties', 'metric'];
	const before = getAt(schema, place);
	const described = { ...metric, ...(isObject(before) ? pickDescription(before) : {}) };
	const next = before === undefined ? schema : setAt(schema, place, described);
	return isObject(next) ? next : {};
}

function pickDescription({ description }: JsonObject): JsonObject {
	return description === undefined ? {} : { description };
}
