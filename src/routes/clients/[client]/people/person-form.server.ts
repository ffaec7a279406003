/** The form about a person, read into what is saved: empty says that there is no value. */
import type { Json } from '#lib/engine/logic/rule.ts';
import { parseQuantity } from '#lib/ui/parse-number.ts';
import type { AttributeType } from '#lib/server/db/client/tables/registers.ts';
import type { SavePerson } from '#lib/server/people/save-person.ts';
import { textOf } from '../../../form-answer.server.ts';

/** Attributes that stay as they are are left out: only what changed is recorded. */
export function readPersonForm(
	data: FormData,
	types: ReadonlyMap<string, AttributeType>,
	before: Readonly<Record<string, Json>>
): SavePerson {
	const attributes: Record<string, Json> = {};
	for (const key of data.keys()) {
		if (!key.startsWith('attribute.')) continue;
		const id = key.slice('attribute.'.length);
		const value = valueOf(textOf(data, key).trim(), types.get(id) ?? 'text', before[id]);
		if (value !== (before[id] ?? null)) attributes[id] = value;
	}
	return {
		id: textOf(data, 'id').trim(),
		name: textOf(data, 'name').trim(),
		validFrom: textOf(data, 'valid_from'),
		attributes
	};
}

function valueOf(text: string, type: AttributeType, before: Json | undefined): Json {
	if (text === '') return null;
	if (type === 'boolean') return text === 'true';
	if (type !== 'number' && typeof before !== 'number') return text;
	// What cannot be read stays a text, so that the refusal names it.
	const read = parseQuantity(text);
	return typeof read === 'number' ? read : text;
}
