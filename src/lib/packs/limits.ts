/** How large a pack may be. Checked before anything is parsed or written. */
export const PACK_LIMITS = {
	/** Bytes of one YAML or JSON file. */
	fileBytes: 64 * 1024,
	/** Bytes of a README or CHANGELOG. */
	textBytes: 512 * 1024,
	/** Bytes of all files. */
	packBytes: 5 * 1024 * 1024,
	files: 500,
	/** Characters of a path inside the pack. */
	pathLength: 200,
	/** Levels of nesting in a YAML file. */
	depth: 64
} as const;

/** Bytes of a text in UTF-8. */
export function utf8Bytes(text: string): number {
	let bytes = 0;
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		if (unit < 0x80) bytes += 1;
		else if (unit < 0x800) bytes += 2;
		else if (unit >= 0xd800 && unit < 0xdc00) {
			bytes += 4;
			i += 1;
		} else bytes += 3;
	}
	return bytes;
}
