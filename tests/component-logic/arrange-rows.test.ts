import { describe, expect, test } from 'vitest';
import { arrangeRows } from '#lib/ui/grid/arrange-rows.ts';
import { loadPinyin } from '#lib/ui/pinyin.ts';

const rows = [
	{ name: '张伟', score: 88.5 },
	{ name: '李娜', score: null },
	{ name: '阿强', score: 92 }
];
const columns = [
	{ key: 'name', title: '姓名', value: (row: (typeof rows)[number]) => row.name },
	{ key: 'score', title: '分数', value: (row: (typeof rows)[number]) => row.score }
];
const names = (arranged: readonly (typeof rows)[number][]) => arranged.map((row) => row.name);

describe('rows of a table', () => {
	test('a missing value comes last in either order', () => {
		const by = (order: 'ascending' | 'descending') =>
			names(arrangeRows(rows, columns, '', { key: 'score', order }, 'zh-CN'));
		expect(by('ascending')).toEqual(['张伟', '阿强', '李娜']);
		expect(by('descending')).toEqual(['阿强', '张伟', '李娜']);
	});

	test('Chinese names are sorted by their sound', () => {
		expect(
			names(arrangeRows(rows, columns, '', { key: 'name', order: 'ascending' }, 'zh-CN'))
		).toEqual(['阿强', '李娜', '张伟']);
	});

	test('a search finds full-width figures too', () => {
		expect(names(arrangeRows(rows, columns, '９２', null, 'zh-CN'))).toEqual(['阿强']);
	});

	test('a Chinese word answers to its initials and its sound, and letters to nothing else', async () => {
		const pinyin = await loadPinyin();
		const found = (search: string) =>
			names(arrangeRows(rows, columns, search, null, 'zh-CN', pinyin));
		expect(found('zw')).toEqual(['张伟']);
		expect(found('lina')).toEqual(['李娜']);
		expect(found('aq 92')).toEqual(['阿强']);
		expect(found('xyz')).toEqual([]);
	});
});
