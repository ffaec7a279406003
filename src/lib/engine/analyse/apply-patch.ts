/** Applies the patch of a repair (RFC 6902, the three verbs that repairs use) to a copy. */
import type { PatchStep } from '../diagnostics/diagnostic.ts';
import type { Json } from '../logic/rule.ts';
import { isList, isObject } from '../revise/sections.ts';

/** The document with the patch applied; null where a step does not fit it. */
export function applyPatch<T>(document: T, patch: readonly PatchStep[]): T | null {
	let result: Json | undefined = document as Json;
	for (const step of patch) {
		const tokens = step.path
			.split('/')
			.slice(1)
			.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
		result = result === undefined ? undefined : changed(result, tokens, step);
		if (result === undefined) return null;
	}
	return result as T;
}

/** The value with one step applied below it; undefined where there is no such place. */
function changed(value: Json, tokens: readonly string[], step: PatchStep): Json | undefined {
	const [token, ...rest] = tokens;
	if (token === undefined) return step.op === 'remove' ? undefined : (step.value as Json);
	if (isList(value)) return inList(value, token, rest, step);
	if (!isObject(value)) return undefined;
	const own = Object.hasOwn(value, token) ? value[token] : undefined;
	if (rest.length > 0) {
		const below = own === undefined ? undefined : changed(own, rest, step);
		return below === undefined ? undefined : { ...value, [token]: below };
	}
	if (step.op === 'add') return { ...value, [token]: step.value as Json };
	if (own === undefined) return undefined;
	if (step.op === 'replace') return { ...value, [token]: step.value as Json };
	return Object.fromEntries(Object.entries(value).filter(([key]) => key !== token));
}

function inList(
	list: readonly Json[],
	token: string,
	rest: readonly string[],
	step: PatchStep
): Json | undefined {
	const index = token === '-' ? list.length : Number(token);
	if (!Number.isInteger(index) || index < 0 || index > list.length) return undefined;
	if (rest.length > 0) {
		const own = list[index];
		const below = own === undefined ? undefined : changed(own, rest, step);
		return below === undefined ? undefined : list.with(index, below);
	}
	if (step.op === 'add') return list.toSpliced(index, 0, step.value as Json);
	if (index >= list.length) return undefined;
	return step.op === 'replace' ? list.with(index, step.value as Json) : list.toSpliced(index, 1);
}
