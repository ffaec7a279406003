/**
 * The states of the designer that people meet, each with how it comes about. Every one is looked at
 * in both languages and themes, wide and on a phone: see `designer-states.spec.ts`.
 */
import { expect, type Page } from '@playwright/test';
import { call, ownDraft } from './support/api.ts';
import { answers, open } from './support/test.ts';

type Document = Record<string, unknown>;

export interface World {
	/** Signed in as the designer, at home. */
	readonly designer: Page;
	/** Signed in as somebody else who may edit. */
	readonly other: Page;
}

export interface DesignerState {
	readonly name: string;
	/** Makes what is needed; answers with the address below the client. */
	readonly prepare: (world: World) => Promise<string>;
	/** Brings the page into the state. */
	readonly act?: (page: Page, world: World) => Promise<void>;
	/** Messages of the console that the state provokes. */
	readonly provoked?: RegExp;
}

const LONG_ZH = '跨部门协作满意度与客户投诉闭环及时率综合评价（含季度复盘与整改完成情况）';
const LONG_EN =
	'Cross-department collaboration satisfaction combined with timely closing of customer complaints';

async function stored(page: Page, id: string): Promise<{ revision: number; document: Document }> {
	return call(page, 'demo', 'GET', `drafts/${id}`);
}

/** A draft of the sales template, changed by program before anybody opens it. */
async function draftWith(
	{ designer }: World,
	change: (document: Document) => Document = (document) => document,
	template = 'sales'
): Promise<string> {
	const id = await ownDraft(designer, template);
	const { revision, document } = await stored(designer, id);
	const next = change(document);
	if (next !== document)
		await call(designer, 'demo', 'PUT', `drafts/${id}`, { revision, document: next });
	return `drafts/${id}`;
}

const itemsOf = (document: Document) => document['items'] as Document[];
const idOf = (address: string) => address.split('/')[1]?.split('?')[0] ?? '';

async function attend(page: Page, id: string, wish: string): Promise<void> {
	await call(page, 'demo', 'POST', `drafts/${id}/presence`, { window: 'state-window', wish });
}

/** Presses the n-th button whose accessible name ends so, in whichever language. */
const nudge = async (page: Page) => {
	const slider = page.getByRole('slider').first();
	await slider.focus();
	await page.keyboard.press('ArrowRight');
};

function branched(document: Document, count: number): Document {
	const conditions = Array.from({ length: count - 1 }, (_, index) => ({
		'>=': [{ var: 'employee.tenure_months' }, (count - index) * 12]
	}));
	const items = itemsOf(document).map((item, index) => {
		const weight = index < 4 ? 25 : 0;
		return { ...item, weight: { if: [...conditions.flatMap((when) => [when, weight]), weight] } };
	});
	return { ...document, items };
}

function longNames(document: Document): Document {
	const name = { 'zh-CN': LONG_ZH, en: LONG_EN };
	const items = itemsOf(document).map((item) => ({ ...item, name }));
	const ids = items.map((item) => String((item as Document)['id']));
	const groups = [0, 1].map((at) => ({
		id: `group_${at}`,
		name,
		items: ids.filter((_, index) => index % 3 === at)
	}));
	const gates = (document['gates'] as Document[]).map((gate, at) => ({
		...gate,
		name: { 'zh-CN': `${LONG_ZH}${at}`, en: `${LONG_EN} ${at}` }
	}));
	return { ...document, name, items, gates, view: { groups } };
}

export const DESIGNER_STATES: readonly DesignerState[] = [
	{
		name: 'a blank draft',
		prepare: async ({ designer }) => {
			const { id } = await call<{ id: string }>(designer, 'demo', 'POST', 'drafts', {
				from: 'blank',
				scheme_id: `blank-${Date.now().toString(36)}`,
				name: { 'zh-CN': '空白方案', en: 'Blank scheme' },
				period: 'month'
			});
			return `drafts/${id}`;
		}
	},
	{ name: 'two branches', prepare: (world) => draftWith(world) },
	{
		name: 'five branches',
		prepare: (world) => draftWith(world, (document) => branched(document, 5))
	},
	{ name: 'long names in groups', prepare: (world) => draftWith(world, longNames) },
	{
		name: 'an item with its curve',
		prepare: async (world) => `${await draftWith(world)}?item=collected_revenue`
	},
	{
		name: 'an item scored by a rule of no form',
		prepare: async (world) => `${await draftWith(world)}?item=collaboration_rating`
	},
	{
		name: 'gates and adjustments with long names',
		prepare: async (world) => `${await draftWith(world, longNames)}?view=rules`
	},
	{
		name: 'grades, total and pay',
		prepare: async (world) => `${await draftWith(world)}?view=grades`
	},
	{
		name: 'grades that leave a gap',
		prepare: async (world) =>
			`${await draftWith(world, (document) => ({
				...document,
				grades: (document['grades'] as Document[]).map((grade, at, all) =>
					at === all.length - 1 ? { ...grade, from: 30 } : grade
				)
			}))}?view=grades`
	},
	{
		name: 'read through',
		prepare: async (world) => `${await draftWith(world, longNames)}?view=outline`
	},
	{
		name: 'text that is not JSON',
		prepare: async (world) => `${await draftWith(world)}?view=json`,
		act: async (page) => {
			await page.locator('.monaco-editor .view-lines').first().click();
			await page.keyboard.press('Control+Home');
			await page.keyboard.type('x');
			await expect(page.getByRole('status').filter({ hasText: 'JSON' }).first()).toBeVisible();
		}
	},
	{
		name: 'weights that total 110',
		prepare: (world) =>
			draftWith(world, (document) => ({
				...document,
				items: itemsOf(document).map((item, index) => ({ ...item, weight: index < 2 ? 55 : 0 }))
			}))
	},
	{
		name: 'a golden employee that fails',
		prepare: (world) =>
			draftWith(world, (document) => ({
				...document,
				examples: (document['examples'] as Document[]).map((example) => ({
					...example,
					expect: { score: 12.5, grade: 'poor' }
				}))
			}))
	},
	{
		name: 'somebody else editing',
		prepare: async (world) => {
			const address = await draftWith(world);
			await attend(world.other, idOf(address), 'edit');
			return address;
		}
	},
	{
		name: 'somebody asking for the pen',
		prepare: (world) => draftWith(world),
		act: async (page, { other }) => {
			const id = idOf(new URL(page.url()).pathname.split('/').slice(-2).join('/'));
			await attend(other, id, 'ask');
			await expect(
				page
					.getByRole('status')
					.filter({ hasText: /实施顾问|接管|take over/ })
					.first()
			).toBeVisible();
		}
	},
	{
		name: 'a conflict',
		provoked: /409/,
		prepare: (world) => draftWith(world),
		act: async (page, { designer }) => {
			if ((await page.getByRole('slider').count()) === 0) return;
			const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
			const { revision, document } = await stored(designer, id);
			await call(designer, 'demo', 'PUT', `drafts/${id}`, {
				revision,
				document: { ...document, note: { 'zh-CN': String(revision), en: String(revision) } }
			});
			await nudge(page);
			await expect(page.getByRole('alert').first()).toBeVisible();
		}
	},
	{
		name: 'the preview behind the hand',
		prepare: (world) => draftWith(world),
		act: async (page) => {
			await page.route('**/preview/**', () => undefined);
			if ((await page.getByRole('slider').count()) > 0) await nudge(page);
		}
	},
	{
		name: 'offline',
		provoked: /ERR_INTERNET_DISCONNECTED|Failed to load resource|Failed to fetch/,
		prepare: (world) => draftWith(world),
		act: async (page) => {
			if ((await page.getByRole('slider').count()) === 0) return;
			await page.context().setOffline(true);
			await nudge(page);
			await expect(page.getByText(/离线，|[Oo]ffline/).first()).toBeVisible();
		}
	},
	{
		name: 'a draft that was put aside',
		prepare: async (world) => {
			const address = await draftWith(world, undefined, 'documents');
			const response = await world.designer.request.post(`/clients/demo/${address}?/discard`, {
				headers: { origin: new URL(world.designer.url()).origin },
				form: {}
			});
			expect(response.ok()).toBe(true);
			return address;
		}
	},
	{ name: 'a new scheme from a template', prepare: async () => 'schemes/new?from=template' },
	{ name: 'a new scheme from a table', prepare: async () => 'schemes/new?from=sheet' },
	{ name: 'a new blank scheme', prepare: async () => 'schemes/new?from=blank' }
];

/** Opens a state at its address and brings it about. */
export async function enter(
	page: Page,
	state: DesignerState,
	address: string,
	world: World
): Promise<void> {
	await open(page, `/clients/demo/${address}`);
	await state.act?.(page, world);
	await answers(page);
}
