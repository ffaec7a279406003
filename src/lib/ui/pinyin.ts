/** Chinese words by what people type of them: `xiao shou e` and `xse` for 销售额. */

/** Pinyin of a Chinese text. */
export type Pinyin = (text: string) => { readonly full: string; readonly initials: string };

const plain = (text: string) => text.normalize('NFKC').toLowerCase().trim();

/** Loads the dictionary of pinyin, which is large, when somebody begins to search. */
export async function loadPinyin(): Promise<Pinyin> {
	const { pinyin } = await import('pinyin-pro');
	const known = new Map<string, ReturnType<Pinyin>>();
	return (text) => {
		let sounds = known.get(text);
		if (!sounds) {
			const syllables = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive' });
			sounds = {
				full: plain(syllables.join('')),
				initials: plain(syllables.map((syllable) => syllable.slice(0, 1)).join(''))
			};
			known.set(text, sounds);
		}
		return sounds;
	};
}

/** Whether a text has Chinese characters, and so has a pinyin at all. */
export function isChinese(text: string): boolean {
	return /\p{Script=Han}/u.test(text);
}
