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

/** Words one after the other, with the comma of the reader's language. */
export function listWords(words: readonly string[]): string {
	return words.join(getLocale() === 'zh-CN' ? '、' : ', ');
}
