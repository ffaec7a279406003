/**
 * What curves of a draft are drawn against: the history of its metrics, the version in force and
 * one person. A page that has none of it draws curves all the same.
 */
import { getContext, hasContext, setContext } from 'svelte';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { HistoryStore } from './history-store.svelte.ts';

export interface CurveSetting {
	readonly history: HistoryStore;
	/** The version that the draft is compared with. */
	readonly baseline: SchemeDocument | null;
	/** Names of people by id: whom the curve may mark. */
	readonly people: ReadonlyMap<string, string>;
}

const KEY = Symbol('curves');

/** @param address of the draft in the interface */
export function provideCurves(
	address: string,
	setting: Pick<CurveSetting, 'baseline' | 'people'>
): CurveSetting {
	return setContext(KEY, { ...setting, history: new HistoryStore(address) });
}

export function findCurves(): CurveSetting | null {
	return hasContext(KEY) ? getContext<CurveSetting>(KEY) : null;
}
