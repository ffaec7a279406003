/**
 * Changes at a place of a JSON document, by path. Everything off the path is borrowed, so an edit
 * of one part leaves every other part exactly as it was written, key order included.
 */
import type { PatchStep } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';

export type Path = readonly (string | number)[];

export function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Array.isArray` that keeps the element type of a read-only list. */
export function isList(value: Json | undefined): value is readonly Json[] {
	return Array.isArray(value);
}

export function getAt(document: Json, path: Path): Json | undefined {
	let value: Json | undefined = document;
	for (const token of path) {
		if (isList(value)) value = value[Number(token)];
		else if (isObject(value) && Object.hasOwn(value, token)) value = value[String(token)];
		else return undefined;
	}
	return value;
}

/** Puts a value at a path; the containers on the way must exist. */
export function setAt(document: Json, path: Path, value: Json): Json {
	const [token, ...rest] = path;
	if (token === undefined) return value;
	if (isList(document)) {
		const index = Number(token);
		const copy = [...document];
		copy[index] = setAt(copy[index] ?? null, rest, value);
		return copy;
	}
	if (isObject(document)) {
		return { ...document, [token]: setAt(document[String(token)] ?? null, rest, value) };
	}
	return document;
}

export function removeAt(document: Json, path: Path): Json {
	const last = path.at(-1);
	if (last === undefined) return null;
	const parentPath = path.slice(0, -1);
	const parent = getAt(document, parentPath);
	if (isList(parent)) {
		return setAt(
			document,
			parentPath,
			parent.filter((_, index) => index !== Number(last))
		);
	}
	if (!isObject(parent)) return document;
	return setAt(
		document,
		parentPath,
		Object.fromEntries(Object.entries(parent).filter(([key]) => key !== String(last)))
	);
}

/** Puts a value into a list before an index; `-` appends. */
export function insertAt(document: Json, path: Path, value: Json): Json {
	const last = path.at(-1);
	if (last === undefined) return value;
	const parentPath = path.slice(0, -1);
	const parent = getAt(document, parentPath);
	if (!isList(parent)) return setAt(document, path, value);
	const index = last === '-' ? parent.length : Number(last);
	return setAt(document, parentPath, [...parent.slice(0, index), value, ...parent.slice(index)]);
}

/** Tokens of a JSON Pointer (RFC 6901). */
export function tokensOf(pointer: string): readonly string[] {
	if (pointer === '') return [];
	return pointer
		.slice(1)
		.split('/')
		.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Applies a repair of the checker. */
export function applySteps(document: Json, steps: readonly PatchStep[]): Json {
	return steps.reduce<Json>((result, step) => {
		const path = tokensOf(step.path);
		if (step.op === 'remove') return removeAt(result, path);
		const value = step.value as Json;
		return step.op === 'add' ? insertAt(result, path, value) : setAt(result, path, value);
	}, document);
}
