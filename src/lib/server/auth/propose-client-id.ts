import { pinyin } from 'pinyin-pro';
import type { LocalText } from '../../engine/diagnostics/diagnostic.ts';

const LONGEST = 40;

/** A word for a client's address from its name: the Latin name, or the sounds of the Chinese one. */
export function proposeClientId(name: LocalText): string {
	// A name given in one language only stands for both, and its sounds say more than its Latin letters.
	const latin = name.en === name['zh-CN'] ? '' : slug(name.en);
	const word = latin || slug(pinyin(name['zh-CN'], { toneType: 'none', nonZh: 'consecutive' }));
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
