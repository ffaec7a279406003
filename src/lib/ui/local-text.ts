import { getLocale } from '#lib/paraglide/runtime.js';

/** Text in both languages of the product. */
export interface BothTexts {
	readonly 'zh-CN': string;
	readonly en: string;
}

/** The text in the reader's language; a plain string stands for itself. */
export function say(text: BothTexts | string | null | undefined, otherwise = ''): string {
	if (!text) return otherwise;
	if (typeof text === 'string') return text;
	return text[getLocale()] || text['zh-CN'] || otherwise;
}
