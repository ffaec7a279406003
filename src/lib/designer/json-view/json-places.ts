/**
 * Where a JSON Pointer is in a text: a small scanner, because markers need offsets and `JSON.parse`
 * keeps none. The text must be valid JSON.
 */
export interface TextRange {
	readonly from: number;
	readonly to: number;
}

/** The range of every value by its JSON Pointer. */
export function jsonPlaces(text: string): ReadonlyMap<string, TextRange> {
	const places = new Map<string, TextRange>();
	let position = 0;

	const skip = () => {
		while (/[\s,:]/.test(text[position] ?? '')) position += 1;
	};
	const readString = (): string => {
		const from = position;
		position += 1;
		while (position < text.length && text[position] !== '"')
			position += text[position] === '\\' ? 2 : 1;
		position += 1;
		return JSON.parse(text.slice(from, position)) as string;
	};
	const readValue = (pointer: string): void => {
		skip();
		const from = position;
		const start = text[position];
		if (start === '{' || start === '[') {
			position += 1;
			let index = 0;
			for (skip(); position < text.length && !'}]'.includes(text[position] ?? ''); skip()) {
				const token =
					start === '{'
						? readString().replaceAll('~', '~0').replaceAll('/', '~1')
						: String(index++);
				readValue(`${pointer}/${token}`);
			}
			position += 1;
		} else if (start === '"') {
			readString();
		} else {
			while (position < text.length && !/[\s,}\]]/.test(text[position] ?? '')) position += 1;
		}
		places.set(pointer, { from, to: position });
	};

	readValue('');
	return places;
}

/** The range of a pointer, or of the nearest value around it that exists. */
export function placeOf(places: ReadonlyMap<string, TextRange>, pointer: string): TextRange | null {
	for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
		const place = places.get(at);
		if (place || at === '') return place ?? null;
	}
}

/** The pointer of the innermost value around an offset. */
export function placeAt(places: ReadonlyMap<string, TextRange>, offset: number): string {
	let found = '';
	let width = Infinity;
	for (const [pointer, { from, to }] of places) {
		if (offset < from || offset > to || to - from >= width) continue;
		found = pointer;
		width = to - from;
	}
	return found;
}
