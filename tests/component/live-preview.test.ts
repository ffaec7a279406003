/**
 * Invariant: however fast the hand moves, one request is under way, the next one asks for the newest
 * state, and figures of an older state are never called current.
 */
import { afterEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { PopulationBody, PreviewPersonBody } from '#lib/contract/preview.ts';
import { scorePerson } from '#lib/designer/preview/score-person.ts';
import { SchemeWorkspace } from '#lib/designer/workspace/scheme-workspace.svelte.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import PreviewStage from './PreviewStage.svelte';

function scheme(weight: number, parts: JsonObject = {}): JsonObject {
	return {
		format: 'quanheng.scheme/1',
		id: 'sales',
		name: { 'zh-CN': '销售', en: 'Sales' },
		period: 'month',
		applies_to: true,
		weighting: 'percent',
		items: ['revenue', 'repeat'].map((id, index) => ({
			id,
			metric: id,
			class: 'result',
			weight: index === 0 ? weight : 100 - weight,
			score: { '*': [100, { var: 'item.attainment' }] }
		})),
		grades: [{ id: 'all', name: { 'zh-CN': '全部', en: 'All' }, from: 0 }],
		...parts
	};
}

function workspaceOf(document: JsonObject): SchemeWorkspace {
	return new SchemeWorkspace({
		document,
		revision: 1,
		readonly: false,
		onsave: async () => ({ kind: 'saved', revision: 2 })
	});
}

function populationBody(ask: number, mean: number): PopulationBody {
	return {
		ask,
		range: { from: '2025-01', to: '2025-12' },
		reason: null,
		population: {
			rows: 120,
			scored: 120,
			not_scored: { incomplete: 0, uncovered: 0, error: 0 },
			compared: true,
			mean_before: 80,
			mean_after: mean,
			up: 70,
			down: 40,
			same: 10,
			payout: { currency: 'CNY', before: 1000, after: 1100 },
			grades: [{ grade: 'all', before: 120, after: 120 }],
			distribution: { edges: [0, 60, 120], before: [30, 90], after: [20, 100] },
			units: [
				{
					unit: 'east',
					name: { 'zh-CN': '华东', en: 'East' },
					people: 9,
					rows: 108,
					up: 60,
					down: 40,
					mean_delta: 1.25
				}
			],
			movers: [{ employee: 'e1', period: '2025-12', before: 70, after: 75 }],
			interpreted: []
		}
	};
}

interface Held {
	readonly ask: number;
	readonly weight: Json;
	readonly answer: (status: number, body: unknown) => void;
}

/** Holds every request until the test answers it. */
function holdRequests(): Held[] {
	const held: Held[] = [];
	vi.stubGlobal('fetch', (_address: string, init?: { body: string }) => {
		const { ask, document } = JSON.parse(init?.body ?? '{}') as {
			ask: number;
			document: { items: { weight: Json }[] };
		};
		return new Promise<Response>((resolve) => {
			held.push({
				ask,
				weight: document.items[0]?.weight ?? null,
				answer: (status, body) => resolve(Response.json(body, { status }))
			});
		});
	});
	return held;
}

afterEach(() => {
	vi.unstubAllGlobals();
});

const stateOf = (container: Element) =>
	container.querySelector('[data-preview]')?.getAttribute('data-preview');

async function open(document: JsonObject) {
	const held = holdRequests();
	const workspace = workspaceOf(document);
	const screen = await render(PreviewStage, { workspace });
	const move = (weight: number) => workspace.edit('weight', scheme(weight), 'drag');
	return { held, workspace, screen, move, state: () => stateOf(screen.container) };
}

test('one request at a time; the next asks for the newest state, those between are never asked', async () => {
	const { held, screen, move, state } = await open(scheme(50));
	await expect.poll(() => held.length).toBe(1);
	expect(state()).toBe('opening');
	for (const weight of [51, 52, 53, 54]) {
		move(weight);
		await expect.poll(() => screen.container.querySelector('[data-wished]')).not.toBeNull();
	}
	await expect
		.poll(() => screen.container.querySelector('[data-wished]')?.getAttribute('data-wished'))
		.not.toBe('1');
	expect(held.length).toBe(1);
	held[0]?.answer(200, populationBody(held[0].ask, 81));
	await expect.poll(() => held.length).toBe(2);
	expect(held[1]?.weight).toBe(54);
	expect(state()).toBe('behind');
	await expect.element(screen.getByText('81.00')).toBeVisible();
	held[1]?.answer(200, populationBody(held[1].ask, 84));
	await expect.element(screen.getByText('84.00')).toBeVisible();
	await expect.poll(state).toBe('current');
	expect(held.length).toBe(2);
});

test('figures of an older state are never called current', async () => {
	const { held, move, state, screen } = await open(scheme(50));
	await expect.poll(() => held.length).toBe(1);
	held[0]?.answer(200, populationBody(held[0].ask, 81));
	await expect.poll(state).toBe('current');
	const seen: (string | null | undefined)[] = [];
	const panel = screen.container.querySelector('[data-preview]');
	const watch = new MutationObserver(() => seen.push(state()));
	if (panel) watch.observe(panel, { attributes: true });
	move(60);
	await expect.poll(() => held.length).toBe(2);
	move(61);
	held[1]?.answer(200, populationBody(held[1].ask, 82));
	await expect.poll(() => held.length).toBe(3);
	await expect.element(screen.getByText('82.00')).toBeVisible();
	expect(new Set(seen)).toEqual(new Set(['behind']));
	held[2]?.answer(200, populationBody(held[2].ask, 83));
	await expect.poll(state).toBe('current');
	watch.disconnect();
});

test('a refusal is told with its reason, old figures stay as such, and the next edit asks again', async () => {
	const { held, move, state, screen } = await open(scheme(50));
	await expect.poll(() => held.length).toBe(1);
	held[0]?.answer(200, populationBody(held[0].ask, 81));
	await expect.poll(state).toBe('current');
	move(60);
	await expect.poll(() => held.length).toBe(2);
	const text = { 'zh-CN': '草稿还不能计算：有 1 处错误。', en: '' };
	const advice = { 'zh-CN': '请先按各处的说明修改。', en: '' };
	const reason = { code: 'draft_unsound', text, advice };
	held[1]?.answer(200, { ask: held[1].ask, range: null, population: null, reason });
	await expect.poll(state).toBe('failed');
	await expect.element(screen.getByText(/草稿还不能计算：有 1 处错误/)).toBeVisible();
	await expect.element(screen.getByText('下面是较早一次修改的结果。')).toBeVisible();
	move(61);
	await expect.poll(() => held.length).toBe(3);
	held[2]?.answer(503, { title: '服务正忙', detail: '' });
	await expect.element(screen.getByText(/服务正忙/)).toBeVisible();
	move(62);
	await expect.poll(() => held.length).toBe(4);
	held[3]?.answer(200, populationBody(held[3].ask, 85));
	await expect.poll(state).toBe('current');
});

test('a draft without items asks nothing and says what to do first', async () => {
	const { held, workspace, state, screen } = await open(scheme(50, { items: [] }));
	await expect.element(screen.getByText('先添加一个考核项')).toBeVisible();
	expect(state()).toBe('empty');
	expect(held).toEqual([]);
	workspace.edit('add', scheme(50));
	await expect.poll(() => held.length).toBe(1);
});

const FIGURES: PreviewPersonBody = {
	employee: 'e1',
	name: 'E1',
	period: '2025-12',
	periods: ['2025-12'],
	fiscal_month: 1,
	variables: {
		'metric.revenue': 90,
		'target.revenue': 100,
		'metric.repeat': 60,
		'target.repeat': 100
	},
	withheld: [],
	baseline: scheme(50)
};

test('the steps of one person add up to the change, to the last decimal', () => {
	for (const weight of [10, 33.33, 50, 66.67, 99]) {
		const result = scorePerson(FIGURES, scheme(weight, { total: { max: 80 } }));
		if (!('after' in result)) throw new Error('This person can be scored.');
		const told = result.steps.reduce((sum, { points }) => sum + points, 0);
		const change = (result.after.score ?? NaN) - (result.before?.score ?? NaN);
		expect(told, `weight ${weight}`).toBeCloseTo(change, 9);
	}
});

test('a person is not scored with figures that are missing or withheld', () => {
	const base = { '+': [{ var: 'employee.base_pay' }, 0] };
	const items = (scheme(50)['items'] as JsonObject[]).map((item) => ({ ...item, score: base }));
	expect(scorePerson(FIGURES, scheme(50, { items }))).toEqual({ missing: ['employee.base_pay'] });
	const hidden = { ...FIGURES, withheld: ['employee.base_pay'] };
	expect(scorePerson(hidden, scheme(50, { items }))).toEqual({ withheld: ['employee.base_pay'] });
	const paid = scheme(50, { payout: { currency: 'CNY', amount: { var: 'employee.base_pay' } } });
	const result = scorePerson(hidden, paid);
	expect('after' in result && result.after).toMatchObject({ score: 75, payout: null });
	expect(scorePerson(FIGURES, { format: 'other' })).toEqual({ unsound: true });
});
