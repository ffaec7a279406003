/** Words for ids from names: Latin letters as they are, Chinese by its sound. */

/** Loads the sounds of Chinese, which are large, when somebody starts a scheme. */
export async function loadSlug(): Promise<(name: string, joint?: '_' | '-') => string> {
	const { pinyin } = await import('pinyin-pro');
	return (name, joint = '_') => {
		const sounds = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive' });
		const word = sounds
			.join(' ')
			.normalize('NFKD')
			.toLowerCase()
			.replaceAll(/[^a-z0-9]+/g, joint)
			.slice(0, 48)
			.replaceAll(new RegExp(`^[${joint}\\d]+|${joint}+$`, 'g'), '');
		return word === '' ? 'item' : word;
	};
}
