/** `import plan|apply|rollback`: the same steps as in the browser, on an instance of one's own. */
import { expect, test } from 'vitest';
import { folderWith, quanheng } from './run.ts';

const AT = ['--client', 'acme', '--data-dir', 'data'];
const PEOPLE = ['import', 'apply', 'people.csv', '--kind', 'people', ...AT];

async function instance(): Promise<string> {
	const cwd = folderWith({
		'people.csv': '工号,姓名,入职日期\nE1,王一,2023-01-01\nE2,李二,2023-06-15\n',
		'broken.csv': '工号,姓名,入职日期\nE3,张三,很久以前\nE4,赵四,2024-01-01\n',
		'odd.csv': 'A,B\nE1,新名\n',
		'odd.json': {
			mapping: {
				columns: [
					{ field: 'employee', columns: ['A'] },
					{ field: 'name', columns: ['B'] }
				]
			}
		},
		'wrong.json': { mapping: { columns: [{ field: 'employee' }] } },
		'book.xlsx': 'this is no workbook'
	});
	const made = await quanheng(
		['client', 'create', 'acme', '--name-zh', '甲', '--name-en', 'Acme', '--data-dir', 'data'],
		{ cwd }
	);
	expect(made.code).toBe(0);
	return cwd;
}

test('a plan says what would change and changes nothing; apply does it; rollback takes it back', async () => {
	const cwd = await instance();
	const plan = ['import', 'plan', 'people.csv', '--kind', 'people', ...AT, '--json'];
	const first = await quanheng(plan, { cwd });
	expect(first).toMatchObject({ code: 0, err: '' });
	expect(JSON.parse(first.out)).toMatchObject({
		rows: { read: 2, accepted: 2, rejected: 0 },
		people: { new: 2, changed: 0, unchanged: 0 },
		can_commit: true
	});
	expect((await quanheng([...PEOPLE, '--dry-run'], { cwd })).code).toBe(0);
	expect(JSON.parse((await quanheng(plan, { cwd })).out)).toMatchObject({ people: { new: 2 } });

	const applied = await quanheng([...PEOPLE, '--json'], { cwd });
	expect(applied).toMatchObject({ code: 0, err: '' });
	const { batch_id: batch } = JSON.parse(applied.out) as { batch_id: string };
	expect(JSON.parse((await quanheng(plan, { cwd })).out)).toMatchObject({
		facts: { new: 0, changed: 0, unchanged: 2 }
	});

	const back = await quanheng(['import', 'rollback', batch, ...AT, '--json'], { cwd });
	expect(JSON.parse(back.out)).toMatchObject({ batch_id: batch, people_withdrawn: 2 });
	expect(JSON.parse((await quanheng(plan, { cwd })).out)).toMatchObject({ people: { new: 2 } });
	expect((await quanheng(['import', 'rollback', batch, ...AT], { cwd })).code).toBe(4);
	expect((await quanheng(['import', 'rollback', 'nobody', ...AT], { cwd })).code).toBe(5);
});

test('rows that cannot be imported keep the others out unless told otherwise', async () => {
	const cwd = await instance();
	const apply = ['import', 'apply', 'broken.csv', '--kind', 'people', ...AT];
	const refused = await quanheng(apply, { cwd });
	expect(refused.code).toBe(4);
	expect(refused.err).toContain('import_cell_unreadable');
	expect(refused.err).toContain('很久以前');
	const rest = await quanheng([...apply, '--without-rejected', '--json'], { cwd });
	expect(JSON.parse(rest.out)).toMatchObject({ rejected: 1, people_added: 1 });
});

test('columns in doubt are asked about, and told by a mapping', async () => {
	const cwd = await instance();
	const apply = ['import', 'apply', 'odd.csv', '--kind', 'people', ...AT];
	const asked = await quanheng(apply, { cwd });
	expect(asked.code).toBe(3);
	expect(asked.err).toContain('mapping_doubtful');
	expect((await quanheng([...apply, '--mapping', 'odd.json'], { cwd })).code).toBe(0);
	const wrong = await quanheng([...apply, '--mapping', 'wrong.json'], { cwd });
	expect(wrong).toMatchObject({ code: 3 });
	expect(wrong.err).toContain('mapping_wrong');
});

test('wrong usage, missing files and files that are no tables say so', async () => {
	const cwd = await instance();
	const kind = await quanheng(['import', 'plan', 'people.csv', '--kind', 'cats', ...AT], { cwd });
	expect(kind).toMatchObject({ code: 2 });
	const missing = await quanheng(['import', 'plan', 'no.csv', '--kind', 'people', ...AT], { cwd });
	expect(missing.code).toBe(5);
	const book = await quanheng(['import', 'plan', 'book.xlsx', '--kind', 'people', ...AT], { cwd });
	expect(book.code).toBe(3);
});
