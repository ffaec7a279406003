/**
 * From the bytes of a file to text, without guessing silently.
 *
 * Order: byte order mark, then strict UTF-8, then UTF-16 by its zero bytes, then GB18030 (what
 * Chinese Excel and WPS write). A file that fits none of them is refused: text decoded by the wrong
 * table looks like text, is stored as nonsense and is found months later.
 */

import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';

/** The last two are never guessed, only chosen by a person. */
export const ENCODINGS = [
	'utf-8',
	'utf-16le',
	'utf-16be',
	'gb18030',
	'big5',
	'windows-1252'
] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface DecodedText {
	readonly text: string;
	readonly encoding: Encoding;
	/** How sure the encoding is, and what shows it. */
	readonly confidence: number;
	readonly reason: LocalText;
}

/** Share of GB18030 characters that must come from the table of common ones (GB 2312, level 1 and 2). */
const COMMON_SHARE = 0.7;

/** Decodes with the named encoding, or null where the bytes are not valid in it. */
export function decodeAs(bytes: Uint8Array, encoding: Encoding): string | null {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return null;
	}
}

/** Finds the encoding of a file; null where none of the known ones fits. */
export function decodeFile(bytes: Uint8Array): DecodedText | null {
	const marked = encodingOfMark(bytes);
	if (marked) return decoded(bytes, marked, 1, REASONS.mark);

	const utf8 = decodeAs(bytes, 'utf-8');
	if (utf8 !== null && !utf8.includes('\0')) {
		return { text: utf8, encoding: 'utf-8', confidence: 0.99, reason: REASONS.valid };
	}
	const wide = encodingOfZeros(bytes);
	if (wide) return decoded(bytes, wide, 0.95, REASONS.zeros);

	const share = commonShare(bytes);
	if (share < COMMON_SHARE) return null;
	return decoded(bytes, 'gb18030', Math.round((0.5 + share / 2) * 100) / 100, REASONS.common);
}

const REASONS = {
	mark: { 'zh-CN': '文件开头有编码标记', en: 'the file begins with a byte order mark' },
	valid: { 'zh-CN': '全部字节符合 UTF-8', en: 'every byte fits UTF-8' },
	zeros: { 'zh-CN': '每隔一个字节为零', en: 'every other byte is zero' },
	common: { 'zh-CN': '解码后都是常用汉字', en: 'it gives characters in common use' }
} as const;

function decoded(
	bytes: Uint8Array,
	encoding: Encoding,
	confidence: number,
	reason: LocalText
): DecodedText | null {
	const text = decodeAs(bytes, encoding);
	return text === null ? null : { text, encoding, confidence, reason };
}

function encodingOfMark(bytes: Uint8Array): Encoding | null {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	return null;
}

/** UTF-16 without a mark: mostly ASCII text has a zero in every other byte. */
function encodingOfZeros(bytes: Uint8Array): Encoding | null {
	const length = Math.min(bytes.length, 4096) & ~1;
	let even = 0;
	let odd = 0;
	for (let i = 0; i < length; i += 2) {
		if (bytes[i] === 0) even += 1;
		if (bytes[i + 1] === 0) odd += 1;
	}
	if (length === 0) return null;
	if (odd > length / 8 && even === 0) return 'utf-16le';
	if (even > length / 8 && odd === 0) return 'utf-16be';
	return null;
}

/**
 * GB18030 accepts nearly every byte sequence, so a Western file decodes “successfully” into rare
 * ideographs. Real Chinese tables are made of GB 2312 characters: lead and trail byte both ≥ 0xA1.
 */
function commonShare(bytes: Uint8Array): number {
	let common = 0;
	let other = 0;
	for (let i = 0; i < bytes.length; i += 1) {
		const lead = bytes[i] ?? 0;
		if (lead < 0x80) continue;
		const trail = bytes[i + 1] ?? 0;
		if (lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1) common += 1;
		else other += 1;
		i += 1;
	}
	return common === 0 ? 0 : common / (common + other);
}
