/** The variables that the schemes and tests of a pack may use. */
import type { VariableInfo } from '#lib/engine/logic/rule.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { dictionaryOf } from '#lib/engine/scheme/variables.ts';
import { valueOf } from './manifest.ts';
import type { PackAttribute, PackManifest } from './pack.ts';

/** What the pack brings (metrics, parameters) and what it asks of the client (attributes). */
export function packDictionary(
	manifest: PackManifest,
	metrics: ReadonlyMap<string, MetricDefinition>
): Map<string, VariableInfo> {
	return dictionaryOf({
		metrics,
		params: manifest.params,
		attributes: manifest.requires.attributes.map(
			(attribute) => [attribute.id, attributeInfo(attribute)] as const
		)
	});
}

const TYPES = { text: 'string', date: 'string', number: 'number', boolean: 'boolean' } as const;

function attributeInfo({ type, name, values = [] }: PackAttribute): VariableInfo {
	const named = values.flatMap((value) =>
		typeof value === 'string' ? [] : [[value.value, value.name] as const]
	);
	return {
		type: TYPES[type],
		name,
		...(values.length > 0 ? { values: values.map(valueOf) } : {}),
		...(named.length > 0 ? { valueNames: Object.fromEntries(named) } : {})
	};
}
