/** The names of variables in the sentences of a scheme: the client's, else those everybody has. */
import type { Dictionary } from '../logic/rule.ts';
import type { SchemeItem } from '../scheme/document.ts';
import type { MetricDefinition } from '../scheme/metric.ts';
import { placeDictionary } from '../scheme/variables.ts';
import { isObject, keyedList, type PlainScheme } from './sections.ts';

export interface NameOptions {
	/** Variables of the client; without it the standard ones have names. */
	readonly dictionary?: Dictionary;
	/** Names of metrics, also used where an item has no name of its own. */
	readonly metrics?: ReadonlyMap<string, MetricDefinition>;
}

/** The variables that a rule of a scheme may read, by place: those of an item, or of the total. */
export class VariableNames {
	readonly #scheme: PlainScheme;
	readonly #options: NameOptions;
	readonly #known = new Map<string, Dictionary>();

	constructor(scheme: PlainScheme, options: NameOptions) {
		this.#scheme = scheme;
		this.#options = options;
	}

	/** The dictionary for the rules of an item, or with null for all other rules. */
	of(item: string | null): Dictionary {
		const key = item ?? '';
		const known = this.#known.get(key) ?? this.#make(item);
		this.#known.set(key, known);
		return known;
	}

	#make(item: string | null): Dictionary {
		const { dictionary, metrics } = this.#options;
		const elements = keyedList('items', this.#scheme['items']) ?? new Map();
		const items = [...elements.values()].filter(isObject) as unknown as readonly SchemeItem[];
		const metric = item === null ? undefined : items.find(({ id }) => id === item)?.metric;
		return placeDictionary(item === null ? 'outcome' : 'item', {
			...(dictionary ? { dictionary } : {}),
			...(metrics ? { metrics } : {}),
			items,
			...(typeof metric === 'string' ? { metric } : {})
		});
	}
}
