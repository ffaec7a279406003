/** The table of cases in `rule-packs/README.md` is true: every row's test names its case. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../pack-files.ts';

/** Cases that the packs answer: those of the articles that a scheme, a metric or a parameter can. */
const CASES = [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 26].concat([
	31, 32, 33, 34, 35, 36, 37, 38, 42, 43, 44
]);

const rows = readFileSync(join(root, 'rule-packs/README.md'), 'utf8')
	.split('\n')
	.filter((line) => line.startsWith('| AT-'))
	.flatMap((line) => {
		const cells = line.split('|').map((cell) => cell.trim());
		const file = /`(tests\/[^`]+)`/.exec(cells[4] ?? '')?.[1] ?? '';
		return (cells[1] ?? '').split(', ').map((id) => ({ id, file }));
	});

test('every case is in the table once', () => {
	const wanted = CASES.map((number) => `AT-${String(number).padStart(2, '0')}`);
	expect(rows.map(({ id }) => id)).toEqual(wanted);
});

test.each(rows)('$id is named by a test of $file', ({ id, file }) => {
	const titles = readFileSync(join(root, file), 'utf8').match(
		/\b(test|describe)[\s\S]{0,80}?AT-\d\d[^'`]*/g
	);
	expect(titles?.some((title) => title.includes(id))).toBe(true);
});
