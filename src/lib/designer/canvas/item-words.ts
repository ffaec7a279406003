import type { ItemClass, MissingPolicy } from '#lib/engine/scheme/document.ts';
import { m } from '#lib/paraglide/messages.js';

/** The class of an item or a metric, as a word. */
export function classWord(itemClass: ItemClass | string): string {
	switch (itemClass) {
		case 'result':
			return m.schemes_class_result();
		case 'process':
			return m.schemes_class_process();
		case 'behaviour':
			return m.schemes_class_behaviour();
		case 'veto':
			return m.metrics_class_veto();
		default:
			return itemClass;
	}
}

/** What becomes of an item without data, as a sentence. */
export function missingSentence(missing: MissingPolicy | undefined): string {
	if (missing === 'zero') return m.schemes_missing_zero();
	if (missing === 'exclude') return m.schemes_missing_exclude();
	if (typeof missing === 'object') return m.schemes_missing_score_n({ score: missing.score });
	return m.schemes_missing_block();
}
