import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import NumberField from '#lib/ui/NumberField.svelte';

for (const [typed, value] of [
	['25', 25],
	['25%', 25],
	['２５％', 25],
	['1/4', 25]
] as const) {
	test(`a percentage typed as ${typed} is ${value}`, async () => {
		const onchange = vi.fn();
		const screen = await render(NumberField, {
			label: '权重',
			value: 10,
			reads: 'percent',
			onchange
		});
		await screen.getByLabelText('权重').fill(typed);
		await userEvent.keyboard('{Enter}');
		expect(onchange).toHaveBeenCalledExactlyOnceWith(value);
	});
}

test('an amount typed in 万 is taken in full', async () => {
	const onchange = vi.fn();
	const screen = await render(NumberField, { label: '目标', value: null, onchange });
	await screen.getByLabelText('目标').fill('1.2万');
	await userEvent.keyboard('{Enter}');
	expect(onchange).toHaveBeenCalledExactlyOnceWith(12_000);
});

test('what cannot be read stays as typed, with the reason, and changes nothing', async () => {
	const onchange = vi.fn();
	const screen = await render(NumberField, { label: '目标', value: 5, onchange });
	await screen.getByLabelText('目标').fill('很多');
	await userEvent.keyboard('{Enter}');
	await expect.element(screen.getByRole('alert')).toBeVisible();
	await expect.element(screen.getByLabelText('目标')).toHaveValue('很多');
	expect(onchange).not.toHaveBeenCalled();
});

test('Escape brings the value back', async () => {
	const screen = await render(NumberField, { label: '目标', value: 5 });
	await screen.getByLabelText('目标').fill('77');
	await userEvent.keyboard('{Escape}');
	await expect.element(screen.getByLabelText('目标')).toHaveValue('5');
});
