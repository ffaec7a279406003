/** What the person prefers, kept in cookies so that the server's first answer already follows it. */
export type Theme = 'light' | 'dark' | 'system';

const A_YEAR_IN_SECONDS = 31_536_000;

export function readTheme(): Theme {
	const chosen = document.documentElement.dataset['theme'];
	return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

/** Applies a theme at once and remembers it for the next page. */
export function chooseTheme(theme: Theme): void {
	document.documentElement.dataset['theme'] = theme;
	document.cookie = `theme=${theme}; path=/; max-age=${A_YEAR_IN_SECONDS}; samesite=lax`;
}
