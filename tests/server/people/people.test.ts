import { expect, test } from 'vitest';
import { findPeople } from '#lib/server/people/find-people.ts';
import { getPerson, historyOfEmployee } from '#lib/server/people/get-person.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import { savePerson } from '#lib/server/people/save-person.ts';
import { saveUnit } from '#lib/server/people/save-unit.ts';
import { saveSettings } from '#lib/server/settings/save-settings.ts';
import { actorWith, openStudio } from '../support/studio.ts';

const hr = actorWith('hr_designer');
const text = (word: string) => ({ 'zh-CN': word, en: word });

async function openCompany() {
	const studio = await openStudio();
	const ctx = await studio.context();
	for (const [id, parentId] of [
		['company', null],
		['sales', 'company'],
		['east', 'sales'],
		['finance', 'company']
	] as const) {
		await saveUnit(ctx, hr, { id, parentId, name: text(id), kind: 'department' });
	}
	const people = [
		['E1', '王小明', 'sales'],
		['E2', 'Ada Lovelace', 'east'],
		['E3', '李芳', 'finance']
	] as const;
	for (const [id, name, unit] of people) {
		await savePerson(ctx, hr, {
			id,
			name,
			attributes: { unit, hired_on: '2020-01-01', base_pay: 8000 },
			validFrom: '2020-01-01'
		});
	}
	return { studio, ctx };
}

test('people are found by id, name and pinyin, a page at a time', async () => {
	const { ctx } = await openCompany();
	const found = async (search: string) =>
		(await findPeople(ctx, hr, { search })).people.map(({ id }) => id);
	expect(await found('e2')).toEqual(['E2']);
	expect(await found('小明')).toEqual(['E1']);
	expect(await found('wangxiao')).toEqual(['E1']);
	expect(await found('lf')).toEqual(['E3']);
	const first = await findPeople(ctx, hr, { limit: 2 });
	expect(first).toMatchObject({ total: 3, next: 'E2' });
	expect((await findPeople(ctx, hr, { limit: 2, after: 'E2' })).people.map(({ id }) => id)).toEqual(
		['E3']
	);
	expect((await findPeople(ctx, hr, { unitId: 'sales' })).people.map(({ id }) => id)).toEqual([
		'E1',
		'E2'
	]);
});

test('a head sees the own unit and below, an employee themselves; everything else does not exist', async () => {
	const { ctx } = await openCompany();
	const head = actorWith('department_head', { unitId: 'sales' });
	expect((await findPeople(ctx, head, {})).people.map(({ id }) => id)).toEqual(['E1', 'E2']);
	expect((await getUnits(ctx, head)).map(({ id, depth }) => [id, depth])).toEqual([
		['sales', 0],
		['east', 1]
	]);
	await expect(getPerson(ctx, head, { employeeId: 'E3' })).rejects.toMatchObject({ status: 404 });
	const ada = actorWith('employee', { employeeId: 'E2' });
	expect((await findPeople(ctx, ada, {})).people.map(({ id }) => id)).toEqual(['E2']);
	await expect(historyOfEmployee(ctx, ada, { employeeId: 'E1' })).rejects.toMatchObject({
		status: 404
	});
	const stranger = actorWith('hr_designer', { clientId: 'globex' });
	await expect(getPerson(ctx, stranger, { employeeId: 'E1' })).rejects.toMatchObject({
		status: 404
	});
});

test('pay is left out for those who may not see it', async () => {
	const { ctx } = await openCompany();
	const payFor = async (actor: Parameters<typeof getPerson>[1]) => {
		const facts = await historyOfEmployee(ctx, actor, { employeeId: 'E2' });
		const shown = (await getPerson(ctx, actor, { employeeId: 'E2' })).attributes['base_pay'];
		expect(facts.some(({ attribute }) => attribute === 'base_pay')).toBe(shown !== undefined);
		return shown;
	};
	const head = actorWith('department_head', { unitId: 'sales' });
	expect(await payFor(hr)).toBe(8000);
	expect(await payFor(actorWith('employee', { employeeId: 'E2' }))).toBe(8000);
	expect(await payFor(actorWith('implementer'))).toBeUndefined();
	expect(await payFor(head)).toBeUndefined();
	await saveSettings(ctx, actorWith('administrator'), { headsSeePay: true });
	expect(await payFor(head)).toBe(8000);
});

test('what holds already is not recorded again, and what changes keeps its past', async () => {
	const { ctx } = await openCompany();
	const save = (unit: string) =>
		savePerson(ctx, hr, { id: 'E2', attributes: { unit }, validFrom: '2025-07-01' });
	expect((await save('east')).changed).toEqual([]);
	expect((await save('finance')).changed).toEqual(['unit']);
	expect(
		(await getPerson(ctx, hr, { employeeId: 'E2', day: '2025-06-30' })).attributes['unit']
	).toBe('east');
	expect((await getPerson(ctx, hr, { employeeId: 'E2' })).unitPath).toEqual(['company', 'finance']);
	await expect(save('nowhere')).rejects.toMatchObject({ code: 'unit_unknown' });
});

test('a unit is never placed below itself', async () => {
	const { ctx } = await openCompany();
	await expect(
		saveUnit(ctx, hr, { id: 'company', parentId: 'east', name: text('company'), kind: 'company' })
	).rejects.toMatchObject({ code: 'unit_cycle' });
});

test('settings are checked, and only those who may change them', async () => {
	const { ctx } = await openCompany();
	await expect(saveSettings(ctx, hr, { fiscalMonth: 4 })).rejects.toMatchObject({ status: 403 });
	await expect(
		saveSettings(ctx, actorWith('administrator'), { fiscalMonth: 13 })
	).rejects.toMatchObject({ code: 'setting_refused' });
	expect(
		(await saveSettings(ctx, actorWith('administrator'), { fiscalMonth: 4 })).fiscalMonth
	).toBe(4);
});
