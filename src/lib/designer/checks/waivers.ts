/** Waivers in a document: warnings that the author accepts, with the reason for the approver. */
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { isList, isObject } from '../document-path.ts';

type Place = Pick<Diagnostic, 'code' | 'at'>;

function waiversOf(document: JsonObject): readonly Json[] {
	const { waivers } = document;
	return isList(waivers) ? waivers : [];
}

function isOf(waiver: Json, { code, at }: Place): boolean {
	return isObject(waiver) && waiver['code'] === code && waiver['at'] === at;
}

/** The document with the finding waived; an older reason for the same finding is replaced. */
export function withWaiver(document: JsonObject, { code, at }: Place, reason: string): JsonObject {
	const others = waiversOf(document).filter((waiver) => !isOf(waiver, { code, at }));
	return { ...document, waivers: [...others, { code, at, reason: reason.trim() }] };
}

/** The document without the waiver of a finding; an empty list is left out. */
export function withoutWaiver(document: JsonObject, place: Place): JsonObject {
	const left = waiversOf(document).filter((waiver) => !isOf(waiver, place));
	const { waivers: _waivers, ...rest } = document;
	return left.length === 0 ? rest : { ...rest, waivers: left };
}
