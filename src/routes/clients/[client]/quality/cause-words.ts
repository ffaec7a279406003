/** Words for why a figure is as it is. */
import { m } from '#lib/paraglide/messages.js';

export type Cause = 'target' | 'external' | 'execution' | 'data';

export const CAUSE_WORDS: Readonly<Record<Cause, () => string>> = {
	target: m.quality_cause_target,
	external: m.quality_cause_external,
	execution: m.quality_cause_execution,
	data: m.quality_cause_data
};
