/** What a reader is told about the versions between two, and about the parts that differ. */
import { expect, test } from 'vitest';
import { changelogBetween } from '#lib/packs/changelog.ts';
import { partDifferences } from '#lib/packs/part-differences.ts';

const CHANGELOG = `# Changelog

## 1.2.0

From 2026-06.

- Metrics: one more.
  * Schemes: none.

## [1.1.0]

- A note.

## 1.0.0

- The start.
`;

test('the sections after the installed version up to the offered one are told, newest first', () => {
	expect(changelogBetween(CHANGELOG, '1.0.0', '1.2.0')).toEqual([
		{ version: '1.2.0', lines: ['From 2026-06.', 'Metrics: one more.', 'Schemes: none.'] },
		{ version: '1.1.0', lines: ['A note.'] }
	]);
	expect(changelogBetween(CHANGELOG, '1.1.0', '1.1.0')).toEqual([]);
	expect(changelogBetween(CHANGELOG, '1.0.0', '1.1.0').map(({ version }) => version)).toEqual([
		'1.1.0'
	]);
});

test('a changelog without sections, or versions that are none, tell nothing', () => {
	expect(changelogBetween('Nothing here.', '1.0.0', '2.0.0')).toEqual([]);
	expect(changelogBetween(CHANGELOG, 'first', '2.0.0')).toEqual([]);
});

test('fields of a definition that differ are told one by one, the order of keys is no difference', () => {
	const before = { id: 'a', unit: 'money', name: { 'zh-CN': '甲', en: 'A' } };
	const after = { name: { 'zh-CN': '乙', en: 'B' }, unit: 'money', id: 'a', decimals: 2 };
	const told = partDifferences('metric', before, after).map(({ en }) => en);
	expect(told).toEqual(['name: A → B', 'decimals: adds 2']);
	expect(partDifferences('metric', before, { ...before })).toEqual([]);
});
