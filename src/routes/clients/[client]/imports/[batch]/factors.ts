/** Sizes and units of columns that a person chooses from, as parts of a transform. */
import { m } from '#lib/paraglide/messages.js';
import type { Transform } from './mapping-draft.svelte.ts';

interface Factor {
	readonly key: string;
	readonly word: () => string;
	readonly set: Pick<Transform, 'scale' | 'times' | 'over'>;
}

/** Sizes by powers of ten, then what is converted from one unit into another. */
export const FACTORS: readonly Factor[] = [
	{ key: '', word: m.imports_scale_none, set: {} },
	{ key: 'ten_thousand', word: m.imports_scale_ten_thousand, set: { scale: 'ten_thousand' } },
	{ key: 'thousand', word: m.imports_scale_thousand, set: { scale: 'thousand' } },
	{ key: 'million', word: m.files_scale_million, set: { scale: 'million' } },
	{
		key: 'hundred_million',
		word: m.files_scale_hundred_million,
		set: { scale: 'hundred_million' }
	},
	{ key: 'percent', word: m.imports_scale_percent, set: { scale: 'percent' } },
	{ key: '×60', word: m.files_factor_minutes, set: { times: 60 } },
	{ key: '÷60', word: m.files_factor_hours, set: { over: 60 } },
	{ key: '÷3600', word: m.files_factor_seconds, set: { over: 3600 } },
	{ key: '÷1000', word: m.files_factor_thousandth, set: { over: 1000 } },
	{ key: '×1000', word: m.files_factor_tons, set: { times: 1000 } }
];

/** Which of them a transform has; of its own making where none fits. */
export function factorOf({ scale, times, over }: Transform): string {
	const found = FACTORS.find(
		({ set }) => set.scale === scale && set.times === times && set.over === over
	);
	return found?.key ?? `own ${scale ?? ''} ${times ?? ''} ${over ?? ''}`;
}

/** Takes one of them; others change nothing. */
export function setFactor(transform: Transform, key: string): void {
	const found = FACTORS.find((one) => one.key === key);
	if (!found) return;
	transform.scale = found.set.scale;
	transform.times = found.set.times;
	transform.over = found.set.over;
}
