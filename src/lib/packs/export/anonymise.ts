/** Takes people out of a scheme: names and numbers of real persons, and their pay. Pure. */
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument, SchemeExample } from '#lib/engine/scheme/document.ts';
import { runExample } from '#lib/engine/score/examples.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';

/** Real words and what stands for them. */
export type Pseudonyms = ReadonlyMap<string, string>;

/** Pay of a golden employee after an export: a round figure that was nobody's. */
const NEUTRAL_PAY = 10_000;

/** Attributes that say who somebody is; rules do not need them. */
const IDENTIFYING = ['employee.name', 'employee.manager', 'employee.hired_on'];

/** Pseudonyms of people, by name and number; those too short to be found safely are left out. */
export function pseudonymsOf(
	people: readonly { readonly id: string; readonly name: string }[]
): Pseudonyms {
	const words = new Map<string, string>();
	for (const [index, { id, name }] of people.entries()) {
		const number = index + 1;
		if (isTelling(name))
			words.set(name, /[\u4e00-\u9fff]/.test(name) ? `员工${number}` : `Employee ${number}`);
		if (id.length >= 3) words.set(id, `E${String(number).padStart(3, '0')}`);
	}
	return words;
}

/** Two Chinese characters or four letters: shorter words stand in other words. */
function isTelling(name: string): boolean {
	return /[\u4e00-\u9fff]{2}/.test(name) || name.length >= 4;
}

/** A scheme without people: examples, reasons and notes speak of nobody, and pay is nobody's. */
export function anonymiseScheme(scheme: SchemeDocument, names: Pseudonyms): SchemeDocument {
	const { origin: _origin, ...document } = scheme;
	const prepared = prepareScheme(document);
	const replaced = replaceWords(
		{
			...(document.note === undefined ? {} : { note: document.note }),
			items: document.items.map(({ note }) => note ?? null),
			waivers: (document.waivers ?? []).map(({ reason }) => reason),
			examples: (document.examples ?? []).map(({ name }) => name as Json)
		},
		names
	) as unknown as {
		readonly note?: Json;
		readonly items: readonly Json[];
		readonly waivers: readonly string[];
		readonly examples: readonly SchemeExample['name'][];
	};
	return {
		...document,
		...(replaced.note === undefined ? {} : { note: replaced.note }),
		items: document.items.map((item, index) => {
			const note = replaced.items[index];
			return note === null || note === undefined ? item : { ...item, note };
		}),
		...(document.waivers
			? {
					waivers: document.waivers.map((waiver, index) => ({
						...waiver,
						reason: replaced.waivers[index] ?? waiver.reason
					}))
				}
			: {}),
		...(document.examples
			? {
					examples: document.examples.map((example, index) =>
						anonymiseExample(
							{ ...example, name: replaced.examples[index] ?? example.name },
							(one) => runExample(prepared, one)
						)
					)
				}
			: {})
	};
}

/**
 * What is expected follows the neutral pay. An example that was wrong before stays wrong: an export
 * must not make it right unseen.
 */
function anonymiseExample(
	example: SchemeExample,
	run: (example: SchemeExample) => ReturnType<typeof runExample>
): SchemeExample {
	const given: Record<string, Json> = {};
	for (const [path, value] of Object.entries(example.given)) {
		if (!IDENTIFYING.includes(path)) given[path] = value;
	}
	if (given['employee.id'] !== undefined) given['employee.id'] = 'E001';
	if (typeof given['employee.base_pay'] === 'number') given['employee.base_pay'] = NEUTRAL_PAY;
	const changed = { ...example, given };
	if (!run(example).passed) return changed;
	const { mismatches } = run(changed);
	const moved = Object.fromEntries(mismatches.map(({ key, found }) => [key, found]));
	return { ...changed, expect: { ...example.expect, ...moved } };
}

/** Every text in a JSON with the words replaced, longest first. */
export function replaceWords(value: Json, names: Pseudonyms): Json {
	if (typeof value === 'string') {
		return [...names]
			.sort(([a], [b]) => b.length - a.length)
			.reduce((text, [word, other]) => text.replaceAll(word, other), value);
	}
	if (Array.isArray(value))
		return (value as readonly Json[]).map((one) => replaceWords(one, names));
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value as JsonObject).map(([key, one]) => [key, replaceWords(one, names)])
	);
}
