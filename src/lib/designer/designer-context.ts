/** What every part of the designer shares: the draft, the client's metrics and variables. */
import { createContext } from 'svelte';
import type { Dictionary, Rule } from '#lib/engine/logic/rule.ts';
import { ruleSentence } from '#lib/engine/logic/sentence.ts';
import type { SchemeItem } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { say } from '#lib/ui/local-text.ts';
import type { SchemeWorkspace } from './workspace/scheme-workspace.svelte.ts';

export interface Designer {
	readonly workspace: SchemeWorkspace;
	readonly metrics: ReadonlyMap<string, MetricDefinition>;
	readonly dictionary: Dictionary;
}

const [read, write] = createContext<Designer>();
export const useDesigner = read;
export const provideDesigner = write;

/** The name of an item: its own, else its metric's. */
export function itemName(item: SchemeItem, metrics: ReadonlyMap<string, MetricDefinition>): string {
	return say(item.name) || say(metrics.get(item.metric)?.name) || item.id;
}

/** A rule as a sentence in the reader's language. */
export function sayRule(rule: Rule | undefined, dictionary: Dictionary): string {
	if (rule === undefined) return '';
	return ruleSentence(rule, { locale: getLocale(), dictionary });
}

/** A variable as people call it; its path where nobody named it. */
export function variableName(path: string, dictionary: Dictionary): string {
	return say(dictionary.get(path)?.name, path);
}
