/** The description of `/api/v1` (OpenAPI 3.1), made of the schemas that judge every request. */
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import type { Locale } from '../engine/diagnostics/diagnostic.ts';
import type { JsonObject } from '../engine/logic/rule.ts';
import { problemBody } from './base.ts';
import { OPERATIONS } from './operations.ts';
import type { ApiOperation } from './operations/operation.ts';

/** The address of an operation, with its placeholders. */
function addressOf({ path, byToken }: ApiOperation): string {
	return byToken ? `/api/v1${path}` : `/api/v1/clients/{client}${path}`;
}

/** The whole description in one language. */
export function openApi(version: string, locale: Locale): JsonObject {
	const paths: Record<string, Record<string, JsonObject>> = {};
	for (const operation of OPERATIONS) {
		const path = addressOf(operation);
		paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation, locale) };
	}
	return {
		openapi: '3.1.0',
		info: { title: locale === 'en' ? 'Quanheng' : '权衡', version },
		paths,
		components: {
			schemas: { Problem: schemaOf(problemBody) },
			securitySchemes: {
				session: { type: 'apiKey', in: 'cookie', name: 'session' },
				token: { type: 'http', scheme: 'bearer' }
			}
		},
		security: [{ session: [] }, { token: [] }]
	};
}

function describe(operation: ApiOperation, locale: Locale): JsonObject {
	const parameters = [...pathParameters(operation), ...queryParameters(operation)];
	if (operation.method === 'POST' && !operation.form) {
		parameters.push({
			name: 'Idempotency-Key',
			in: 'header',
			required: false,
			schema: { type: 'string' }
		});
	}
	return {
		operationId: operationId(operation),
		summary: operation.summary[locale],
		...(operation.byToken ? { security: [{ token: [] }] } : {}),
		parameters,
		...(operation.body ? { requestBody: requestBody(operation, operation.body) } : {}),
		responses: {
			[operation.status]: {
				description: operation.summary[locale],
				content: { 'application/json': { schema: schemaOf(operation.answer) } }
			},
			default: {
				description: locale === 'en' ? 'A refusal' : '拒绝',
				content: {
					'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } }
				}
			}
		}
	};
}

/** `GET /people/{employee}` is `getPeopleByEmployee`, `POST /people` with a token `postPeopleRows`. */
function operationId({ method, path, byToken }: ApiOperation): string {
	const words = (byToken ? `${path}/rows` : path)
		.split(/[/-]/)
		.filter((part) => part !== '')
		.map((part) => {
			const word = part.replace(/[{}]/g, '');
			const capital = word.charAt(0).toUpperCase() + word.slice(1);
			return part.startsWith('{') ? `By${capital}` : capital;
		});
	return method.toLowerCase() + words.join('');
}

function pathParameters(operation: ApiOperation): JsonObject[] {
	return [...addressOf(operation).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
		name,
		in: 'path',
		required: true,
		schema: { type: 'string' }
	}));
}

function queryParameters({ query }: ApiOperation): JsonObject[] {
	if (!query) return [];
	const properties = (schemaOf(query)['properties'] ?? {}) as JsonObject;
	return Object.entries(properties).map(([name, schema]) => ({
		name,
		in: 'query',
		required: false,
		schema
	}));
}

function requestBody({ form }: ApiOperation, body: v.GenericSchema): JsonObject {
	if (!form) return { required: true, content: { 'application/json': { schema: schemaOf(body) } } };
	const schema = schemaOf(body);
	const properties = {
		...(schema['properties'] as JsonObject),
		// A file has no JSON form; OpenAPI calls it binary.
		file: { type: 'string', format: 'binary' }
	};
	return {
		required: true,
		content: { 'multipart/form-data': { schema: { ...schema, properties } } }
	};
}

/** What is written on the wire; what JSON Schema has no word for (a cross-check) is left out. */
function schemaOf(schema: v.GenericSchema): JsonObject {
	const { $schema: _version, ...rest } = toJsonSchema(schema, {
		typeMode: 'input',
		errorMode: 'ignore'
	});
	return rest as unknown as JsonObject;
}
