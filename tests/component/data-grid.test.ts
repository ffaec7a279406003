import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import DataGrid from '#lib/ui/grid/DataGrid.svelte';
import type { GridColumn } from '#lib/ui/grid/types.ts';

interface Person {
	readonly id: string;
	readonly name: string;
	readonly score: number | null;
}

const columns: readonly GridColumn<Person>[] = [
	{ key: 'name', title: '姓名', value: (person) => person.name },
	{ key: 'score', title: '得分', value: (person) => person.score, align: 'end' }
];

function people(count: number): Person[] {
	return Array.from({ length: count }, (_, index) => ({
		id: `E${index}`,
		name: `员工${index}`,
		score: index === 3 ? null : index
	}));
}

test('a long table keeps only the rows in view in the page, and counts them all', async () => {
	const screen = await render(DataGrid<Person>, {
		label: '人员',
		rows: people(20_000),
		columns,
		rowKey: (person: Person) => person.id
	});
	await expect.element(screen.getByText('20,000', { exact: false }).first()).toBeVisible();
	await expect.element(screen.getByText('员工0', { exact: true })).toBeVisible();
	expect(screen.container.querySelectorAll('tbody tr').length).toBeLessThan(80);
});

test('a search leaves the rows that hold the words', async () => {
	const screen = await render(DataGrid<Person>, {
		label: '人员',
		rows: people(50),
		columns,
		rowKey: (person: Person) => person.id
	});
	await screen.getByRole('searchbox').fill('员工42');
	await expect.element(screen.getByText('员工42', { exact: true })).toBeVisible();
	await expect.element(screen.getByText('员工7', { exact: true })).not.toBeInTheDocument();
});

test('a press on a heading sorts, a second press turns the order', async () => {
	const screen = await render(DataGrid<Person>, {
		label: '人员',
		rows: people(10),
		columns,
		rowKey: (person: Person) => person.id
	});
	const first = () => screen.container.querySelector('tbody tr')?.textContent ?? '';
	const heading = screen.getByRole('button', { name: '得分' });
	await heading.click();
	await expect.poll(first).toContain('员工0');
	await heading.click();
	await expect.poll(first).toContain('员工9');
});
