// Registers: what a client calls its attributes, its parameters, its working days, its tree.
import { describe, expect, test } from 'vitest';
import { getCalendar } from '#lib/server/calendar/calendar.ts';
import { saveCalendar } from '#lib/server/calendar/save-calendar.ts';
import { clientDictionary } from '#lib/server/metrics/client-dictionary.ts';
import { findParameters } from '#lib/server/parameters/find-parameters.ts';
import {
	saveParameter,
	setParameterValue,
	withdrawParameterValue
} from '#lib/server/parameters/save-parameter.ts';
import { listAttributes } from '#lib/server/people/attributes.ts';
import { closeUnit } from '#lib/server/people/close-unit.ts';
import { getUnits } from '#lib/server/people/get-units.ts';
import { saveAttribute } from '#lib/server/people/save-attribute.ts';
import { savePerson } from '#lib/server/people/save-person.ts';
import { saveUnit } from '#lib/server/people/save-unit.ts';
import { historyOfUnit } from '#lib/server/people/unit-history.ts';
import { loadUnits } from '#lib/server/people/unit-tree.ts';
import { loadParameters } from '#lib/server/snapshots/parameters.ts';
import { actorWith, openStudio } from '../support/studio.ts';

const hr = actorWith(['hr_designer', 'implementer']);
const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });

async function open() {
	const ctx = await (await openStudio()).context();
	await saveUnit(ctx, hr, {
		id: 'group',
		parentId: null,
		name: text('集团', 'Group'),
		kind: 'group'
	});
	await saveUnit(ctx, hr, {
		id: 'east',
		parentId: 'group',
		name: text('华东', 'East'),
		kind: 'team'
	});
	await saveUnit(ctx, hr, {
		id: 'west',
		parentId: 'group',
		name: text('华西', 'West'),
		kind: 'team'
	});
	return ctx;
}

describe('an attribute', () => {
	const contract = {
		id: 'contract_type',
		name: text('合同类型', 'Contract'),
		type: 'choice' as const,
		choices: [
			{ value: 'full', name: text('全职', 'full time') },
			{ value: 'part', name: text('兼职', 'part time') }
		]
	};

	test('that a client describes has its words wherever rules are read', async () => {
		const ctx = await open();
		await saveAttribute(ctx, hr, contract);
		const info = (await clientDictionary(ctx.db.read)).get('employee.contract_type');
		expect(info).toMatchObject({ type: 'string', values: ['full', 'part'] });
		expect(info?.valueNames?.['part']).toEqual(text('兼职', 'part time'));
		expect(info?.name?.['zh-CN']).toBe('合同类型');
	});

	test('takes only values of its kind', async () => {
		const ctx = await open();
		await saveAttribute(ctx, hr, contract);
		const save = (value: string | number | null) =>
			savePerson(ctx, hr, {
				id: 'E1',
				name: '甲',
				attributes: { contract_type: value },
				validFrom: '2026-01-01'
			});
		await expect(save('fulltime')).rejects.toMatchObject({ code: 'attribute_value_refused' });
		await expect(save(1)).rejects.toMatchObject({ code: 'attribute_value_refused' });
		expect(await save('part')).toEqual({ changed: ['contract_type'] });
		const [listed] = (await listAttributes(ctx, hr)).filter(({ id }) => id === 'contract_type');
		expect(listed).toMatchObject({
			people: 1,
			described: true,
			values: [{ value: 'part', people: 1 }]
		});
	});

	test('keeps the unit and the type that schemes calculate with', async () => {
		const ctx = await open();
		await saveAttribute(ctx, hr, {
			id: 'base_pay',
			name: text('底薪', 'Base'),
			type: 'number',
			choices: []
		});
		expect((await clientDictionary(ctx.db.read)).get('employee.base_pay')).toMatchObject({
			type: 'number',
			unit: 'money',
			name: text('底薪', 'Base')
		});
		await expect(
			saveAttribute(ctx, hr, { ...contract, id: 'base_pay', type: 'choice' })
		).rejects.toMatchObject({ code: 'attribute_type_fixed' });
		await expect(saveAttribute(ctx, hr, { ...contract, id: 'unit' })).rejects.toMatchObject({
			code: 'attribute_id_refused'
		});
	});
});

describe('a parameter', () => {
	test('holds from its period on, nearest unit first, and a withdrawn value never was', async () => {
		const ctx = await open();
		await saveParameter(ctx, hr, { id: 'price_floor', name: text('底价', ''), unit: 'money' });
		const set = (unitId: string | null, validFrom: string, value: number) =>
			setParameterValue(ctx, hr, { parameterId: 'price_floor', unitId, validFrom, value });
		await set(null, '2026-01', 100);
		await set('east', '2026-02', 90);
		await set(null, '2026-03', 110);
		const at = async (unit: string, day: string) =>
			(await loadParameters(ctx.db.read)).valueOf(
				'price_floor',
				unit,
				await loadUnits(ctx.db.read),
				day,
				1
			);
		expect(await at('east', '2026-01-31')).toBe(100);
		expect(await at('east', '2026-03-31')).toBe(90);
		expect(await at('west', '2026-03-31')).toBe(110);
		const [parameter] = await findParameters(ctx, hr);
		expect(parameter?.name).toEqual(text('底价', '底价'));
		const east = parameter?.values.find(({ unitId }) => unitId === 'east');
		await withdrawParameterValue(ctx, hr, { id: east?.id ?? 0 });
		expect(await at('east', '2026-03-31')).toBe(110);
		await expect(set('nowhere', '2026-01', 1)).rejects.toMatchObject({ code: 'unit_unknown' });
		await expect(set(null, '2026-13', 1)).rejects.toMatchObject({
			code: 'parameter_period_refused'
		});
	});

	test('said again is not recorded again', async () => {
		const ctx = await open();
		await saveParameter(ctx, hr, { id: 'rate', name: text('率', 'Rate'), unit: 'ratio' });
		const again = { parameterId: 'rate', unitId: null, validFrom: '2026', value: 0.1 };
		await setParameterValue(ctx, hr, again);
		await setParameterValue(ctx, hr, again);
		expect((await findParameters(ctx, hr))[0]?.values).toHaveLength(1);
	});
});

describe('the calendar', () => {
	test('counts Monday to Friday, holidays out and worked weekends in', async () => {
		const ctx = await open();
		const before = await getCalendar(ctx, hr, { year: 2026 });
		expect(before.months[9]).toEqual({ month: '2026-10', working: 22 });
		await saveCalendar(ctx, hr, {
			year: 2026,
			days: [
				...[1, 2, 5, 6, 7].map((day) => ({
					day: `2026-10-0${day}`,
					kind: 'rest' as const,
					name: '国庆节'
				})),
				{ day: '2026-10-10', kind: 'work', name: '调休' }
			]
		});
		const after = await getCalendar(ctx, hr, { year: 2026 });
		expect(after.months[9]).toEqual({ month: '2026-10', working: 18 });
		const tree = await loadUnits(ctx.db.read);
		const parameters = await loadParameters(ctx.db.read);
		expect(parameters.valueOf('working_days', null, tree, '2026-10-31', 1)).toBe(18);
		expect(parameters.valueOf('working_days', null, tree, '2026-02-28', 1)).toBe(20);
	});

	test('saved again changes no month, and refuses a day of another year', async () => {
		const ctx = await open();
		const days = [{ day: '2026-05-01', kind: 'rest' as const, name: '劳动节' }];
		expect(await saveCalendar(ctx, hr, { year: 2026, days })).toEqual({ months: 12 });
		expect(await saveCalendar(ctx, hr, { year: 2026, days })).toEqual({ months: 0 });
		expect(await saveCalendar(ctx, hr, { year: 2026, days: [] })).toEqual({ months: 1 });
		await expect(saveCalendar(ctx, hr, { year: 2025, days })).rejects.toMatchObject({
			code: 'calendar_day_refused'
		});
	});
});

describe('a unit', () => {
	test('is closed only when nobody is left in it, and its moves stay readable', async () => {
		const ctx = await open();
		await savePerson(ctx, hr, {
			id: 'E1',
			name: '甲',
			attributes: { unit: 'east' },
			validFrom: '2020-01-01'
		});
		await expect(closeUnit(ctx, hr, { id: 'east' })).rejects.toMatchObject({
			code: 'unit_not_empty',
			details: { people: 1, units: 0 }
		});
		await expect(closeUnit(ctx, hr, { id: 'group' })).rejects.toMatchObject({
			code: 'unit_not_empty'
		});
		await saveUnit(ctx, hr, {
			id: 'west',
			parentId: 'east',
			name: text('华西', 'West'),
			kind: 'team',
			validFrom: '2025-07-01'
		});
		expect(await historyOfUnit(ctx, hr, { unitId: 'west' })).toMatchObject([
			{ parentId: 'group', validFrom: '0001-01-01' },
			{ parentId: 'east', validFrom: '2025-07-01' }
		]);
		await closeUnit(ctx, hr, { id: 'west' });
		expect((await getUnits(ctx, hr)).map(({ id }) => id)).toEqual(['group', 'east']);
	});
});
