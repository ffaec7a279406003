import { LOCALES, type Locale } from '../../engine/diagnostics/diagnostic.ts';

/** The cookie in which pages keep the chosen language. */
export const LOCALE_COOKIE = 'PARAGLIDE_LOCALE';

/** The language of an answer: the cookie's choice, else the browser's first we have, else Chinese. */
export function localeOf(cookie: string | undefined, acceptLanguage: string | null): Locale {
	const chosen = LOCALES.find((locale) => locale === cookie);
	if (chosen) return chosen;
	for (const part of (acceptLanguage ?? '').split(',')) {
		const language = part.split(';')[0]?.trim().toLowerCase().split('-')[0];
		const known = LOCALES.find((locale) => locale.toLowerCase().split('-')[0] === language);
		if (known) return known;
	}
	return LOCALES[0];
}
