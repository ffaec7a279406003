/** Where a text stops being JSON: browsers say it in their own words, so it is looked for here. */
export interface SyntaxPlace {
	/** From 1. */
	readonly line: number;
	readonly column: number;
}

const LITERALS = ['true', 'false', 'null'];
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** The first place that is not JSON; null for a sound text. */
export function syntaxError(text: string): SyntaxPlace | null {
	const offset = brokenAt(text);
	if (offset === null) return null;
	const before = text.slice(0, offset).split('\n');
	return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function brokenAt(text: string): number | null {
	let at = 0;
	const skip = (): void => {
		while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at += 1;
	};
	const take = (sign: string): boolean => {
		if (text[at] !== sign) return false;
		at += 1;
		return true;
	};
	const match = (pattern: RegExp): boolean => {
		pattern.lastIndex = at;
		const found = pattern.exec(text)?.[0];
		at += found?.length ?? 0;
		return found !== undefined;
	};
	const members = (close: string, member: () => boolean): boolean => {
		skip();
		if (take(close)) return true;
		for (;;) {
			skip();
			if (!member()) return false;
			skip();
			if (take(close)) return true;
			if (!take(',')) return false;
		}
	};
	const value = (): boolean => {
		skip();
		if (take('{'))
			return members('}', () => {
				if (!match(TEXT)) return false;
				skip();
				return take(':') && value();
			});
		if (take('[')) return members(']', value);
		const literal = LITERALS.find((known) => text.startsWith(known, at));
		if (literal) at += literal.length;
		return literal !== undefined || match(TEXT) || match(NUMBER);
	};
	if (!value()) return at;
	skip();
	return at < text.length ? at : null;
}
