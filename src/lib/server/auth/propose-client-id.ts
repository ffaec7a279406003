import { pinyin } from 'pinyin-pro';
import type { LocalText } from '../../engine/diagnostics/diagnostic.ts';

const LONGEST = 40;

/** A word for a client's address from its name: the Latin name, or the sounds of the Chinese one. */
export function proposeClientId(name: LocalText): string {
	const word = slug(name.en) || slug(pinyin(name['zh-CN'], { toneType: 'none' }));
	if (word === '') return 'client';
	return /^[a-z]/.test(word) ? word : `client-${word}`;
}

function slug(text: string): string {
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, LONGEST)
		.replace(/^-+|-+$/g, '');
}
