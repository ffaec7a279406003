/**
 * JSON Schema (draft-07) of the documents, for Monaco and other editors, printed from the same
 * description that the validator walks.
 */
import type { Locale } from '../diagnostics/diagnostic.ts';
import { LOCALES } from '../diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '../logic/rule.ts';
import { METRIC_SHAPE } from './metric-shape.ts';
import { SCHEME_SHAPE } from './scheme-shape.ts';
import { ID_PATTERN, type Field, type ObjectShape, type Shape } from './shape.ts';

const DRAFT = 'http://json-schema.org/draft-07/schema#';

/** A rule is any JSON; an object names one operator. `rule` may be replaced by a fuller schema. */
const RULE: JsonObject = {
	anyOf: [
		{ type: ['number', 'string', 'boolean', 'null'] },
		{ type: 'array', items: { $ref: '#/definitions/rule' } },
		{
			type: 'object',
			minProperties: 1,
			maxProperties: 1,
			additionalProperties: { $ref: '#/definitions/rule' }
		}
	]
};

export interface JsonSchemaOptions {
	/** Language of the descriptions. */
	readonly locale: Locale;
	/** Names of operators: an editor then offers them and marks others. */
	readonly operators?: Iterable<string>;
}

function ruleSchema(options: JsonSchemaOptions): JsonObject {
	if (!options.operators) return RULE;
	const operand: JsonObject = { $ref: '#/definitions/rule' };
	return {
		anyOf: [
			{ type: ['number', 'string', 'boolean', 'null'] },
			{ type: 'array', items: operand },
			{
				type: 'object',
				minProperties: 1,
				maxProperties: 1,
				additionalProperties: false,
				properties: Object.fromEntries([...options.operators].map((name) => [name, operand]))
			}
		]
	};
}

function fieldsSchema(fields: Readonly<Record<string, Field>>, locale: Locale): JsonObject {
	return {
		type: 'object',
		additionalProperties: false,
		properties: Object.fromEntries(
			Object.entries(fields).map(([key, { shape, about }]) => [
				key,
				{ ...shapeSchema(shape, locale), description: about[locale] }
			])
		)
	};
}

function shapeSchema(shape: Shape, locale: Locale): JsonObject {
	switch (shape.kind) {
		case 'object': {
			const required = Object.entries(shape.fields)
				.filter(([, described]) => !described.optional)
				.map(([key]) => key);
			return { ...fieldsSchema(shape.fields, locale), required };
		}
		case 'one_field':
			return { ...fieldsSchema(shape.fields, locale), minProperties: 1, maxProperties: 1 };
		case 'list':
			return {
				type: 'array',
				items: shapeSchema(shape.of, locale),
				...(shape.least === undefined ? {} : { minItems: shape.least }),
				...(shape.most === undefined ? {} : { maxItems: shape.most })
			};
		case 'local_text':
			return {
				type: 'object',
				additionalProperties: false,
				required: [...LOCALES],
				properties: Object.fromEntries(
					LOCALES.map((known) => [known, { type: 'string', minLength: 1 }])
				)
			};
		case 'id':
			return { type: 'string', pattern: ID_PATTERN.source, maxLength: 80 };
		case 'choice':
			return { type: 'string', enum: [...shape.of] };
		case 'number':
			return {
				type: shape.whole ? 'integer' : 'number',
				...(shape.least === undefined ? {} : { minimum: shape.least }),
				...(shape.most === undefined ? {} : { maximum: shape.most })
			};
		case 'string':
			return { type: 'string', ...(shape.filled ? { minLength: 1 } : {}) };
		case 'boolean':
			return { type: 'boolean' };
		case 'interval':
			return { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 };
		case 'rule':
			// In an allOf, because draft-07 ignores a description beside $ref.
			return { allOf: [{ $ref: '#/definitions/rule' }] };
		case 'json':
			return shape.object ? { type: 'object' } : {};
		case 'either':
			return { anyOf: shape.of.map((one) => shapeSchema(one, locale)) };
	}
}

function documentSchema(shape: ObjectShape, title: string, options: JsonSchemaOptions): JsonObject {
	const definitions: Json = { rule: ruleSchema(options) };
	return { $schema: DRAFT, title, ...shapeSchema(shape, options.locale), definitions };
}

/** JSON Schema of a scheme document. */
export function schemeJsonSchema(options: JsonSchemaOptions): JsonObject {
	return documentSchema(SCHEME_SHAPE, 'quanheng.scheme/1', options);
}

/** JSON Schema of a metric definition. */
export function metricJsonSchema(options: JsonSchemaOptions): JsonObject {
	return documentSchema(METRIC_SHAPE, 'quanheng.metric/1', options);
}
