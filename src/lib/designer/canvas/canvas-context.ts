/** What the parts of the canvas share: what is carried over it, and its voice for screen readers. */
import { createContext } from 'svelte';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import type { CardDrag } from './card-drag.svelte.ts';
import type { ItemPlace } from './groups.ts';

export interface Canvas {
	readonly drag: CardDrag;
	/** Says something to screen readers, politely. */
	readonly announce: (text: string) => void;
	/** Adds an item that measures this metric; at the end unless a place is given. */
	readonly addMetric: (metric: MetricDefinition, place?: ItemPlace) => void;
}

const [read, write] = createContext<Canvas>();
export const useCanvas = read;
export const provideCanvas = write;
