/**
 * Years after the first day: a client that made the pack its own takes a later version. Its own
 * edits are there afterwards, what both changed was decided with both effects in view, what is
 * published is as it was, and doing it twice changes nothing.
 */
import type { Page } from '@playwright/test';
import { call } from './support/api.ts';
import { newerPack, type FileEdit } from './support/newer-pack.ts';
import { expect, open, test } from './support/test.ts';

const CLIENT = 'demo-manufacturing';
const PACK = 'manufacturing';
const VERSION = '1.1.0';
const DRAFT = 'line-leader-draft';

const SCHEME = 'schemes/line-leader.json';
/** Judging a pack runs its hundreds of sentences, and each choice is replayed. */
const IN_ITS_TIME = { timeout: 90_000 };

/** What the authors of the pack changed since: two curves, a metric's words, and a line about it. */
const UPSTREAM: readonly FileEdit[] = [
	[SCHEME, '[0.85, 60],\n\t\t\t\t\t\t[1, 100]', '[0.85, 40],\n\t\t\t\t\t\t[1, 100]'],
	[SCHEME, '[0.95, 80]', '[0.95, 75]'],
	[
		'CHANGELOG.md',
		'## 1.0.0',
		'## 1.1.0\n\n自 2026-12 起：线长方案的设备综合效率曲线更陡。From 2026-12: a steeper curve of equipment effectiveness for line leaders.\n\n## 1.0.0'
	]
];

interface SchemeItem {
	readonly id: string;
	score: { curve: [unknown, [number, number][]] };
}
interface Draft {
	readonly revision: number;
	readonly document: { name: Record<string, string>; items: SchemeItem[] };
}
interface SchemeList {
	readonly schemes: readonly { readonly id: string; readonly drafts: readonly { id: string }[] }[];
}

function curveOf({ document }: Draft, item: string): [number, number][] {
	const found = document.items.find(({ id }) => id === item);
	if (!found) throw new Error(`The draft has no item ${item}.`);
	return found.score.curve[1];
}

async function draftIds(page: Page): Promise<string[]> {
	const { schemes } = await call<SchemeList>(page, CLIENT, 'GET', 'schemes');
	return schemes.flatMap(({ drafts }) => drafts.map(({ id }) => id)).sort();
}

/** What people read of the version in force. */
async function publishedVersion(page: Page): Promise<string> {
	await open(page, `/clients/${CLIENT}/schemes/line-leader/versions/1`);
	return page.getByRole('main').innerText();
}

test('a client with changes of its own upgrades a pack, decides the one conflict with both effects in view, and loses nothing', async ({
	visit
}) => {
	test.setTimeout(300_000);
	const page = await visit('implementer');
	const main = page.getByRole('main');
	await open(page, `/clients/${CLIENT}/packs`);
	const before = await publishedVersion(page);

	await test.step('the client changes the draft of the pack in its own way', async () => {
		const draft = await call<Draft>(page, CLIENT, 'GET', `drafts/${DRAFT}`);
		draft.document.name['zh-CN'] = '恒锐线长方案';
		const point = curveOf(draft, 'oee')[1];
		if (!point) throw new Error('The curve has no second point.');
		point[1] = 75;
		await call(page, CLIENT, 'PUT', `drafts/${DRAFT}`, {
			revision: draft.revision,
			document: draft.document
		});
	});

	await test.step('a broken archive is refused with what is wrong, and nothing is kept', async () => {
		await open(page, `/clients/${CLIENT}/packs`);
		await page.getByRole('button', { name: '上传规则包' }).click();
		const dialog = page.getByRole('dialog', { name: '上传规则包' });
		await dialog.getByLabel('选择规则包文件').setInputFiles({
			name: 'broken.zip',
			mimeType: 'application/zip',
			buffer: Buffer.from('this is no zip')
		});
		await dialog.getByRole('button', { name: '上传并检查' }).click();
		await expect(dialog.getByRole('alert')).toContainText('zip');
		await dialog.getByLabel('选择规则包文件').setInputFiles({
			name: `${PACK}-${VERSION}.zip`,
			mimeType: 'application/zip',
			buffer: newerPack(PACK, VERSION, UPSTREAM)
		});
		await dialog.getByRole('button', { name: '上传并检查' }).click();
	});

	await test.step('the later version is at hand, and leads to the upgrade', async () => {
		// The archive is judged, its sentences included, before anything is kept.
		await expect(main.getByText(`有新版本 ${VERSION}`)).toBeVisible(IN_ITS_TIME);
		await main.getByRole('link', { name: '查看升级' }).click();
		await expect(page.getByRole('heading', { level: 1, name: '升级 制造业' })).toBeVisible(
			IN_ITS_TIME
		);
		await expect(main.getByText('设备综合效率曲线更陡')).toBeVisible();
	});

	const conflict = main.getByRole('group').filter({ has: page.getByRole('radio') });
	await test.step('one conflict stands side by side, each side with what history says', async () => {
		await expect(conflict).toHaveCount(1);
		await expect(conflict).toContainText('两边都改了');
		await expect(page.getByRole('button', { name: `升级到 ${VERSION}` })).toBeDisabled();
		const ours = conflict.locator('[data-effect=ours]');
		const theirs = conflict.locator('[data-effect=theirs]');
		await expect(ours).toContainText(/\d+ 人上升，\d+ 人下降，\d+ 人不变/, IN_ITS_TIME);
		await expect(theirs).toContainText(/\d+ 人上升，\d+ 人下降，\d+ 人不变/);
		expect(await theirs.innerText()).not.toBe(await ours.innerText());
	});

	const draftsBefore = await draftIds(page);
	await test.step('the client keeps its own and applies', async () => {
		await conflict.getByRole('radio', { name: /^保留我们的/ }).check();
		await page.getByRole('button', { name: `升级到 ${VERSION}` }).click();
		await expect(main.getByText(`已升级到 ${VERSION}`)).toBeVisible(IN_ITS_TIME);
	});

	await test.step('the result is a draft with the edits of both, and is linked', async () => {
		await main.getByRole('link', { name: /^打开草稿：/ }).click();
		await expect(page).toHaveURL(/\/drafts\//);
		const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
		expect(draftsBefore).not.toContain(id);
		const merged = await call<Draft>(page, CLIENT, 'GET', `drafts/${id}`);
		expect(merged.document.name['zh-CN']).toBe('恒锐线长方案');
		expect(curveOf(merged, 'oee')).toContainEqual([0.85, 75]);
		expect(curveOf(merged, 'first_pass')).toContainEqual([0.95, 75]);
		const own = await call<Draft>(page, CLIENT, 'GET', `drafts/${DRAFT}`);
		expect(curveOf(own, 'first_pass')).toContainEqual([0.95, 80]);
	});

	await test.step('what is published is as it was', async () => {
		expect(await publishedVersion(page)).toBe(before);
	});

	await test.step('upgrading again changes nothing', async () => {
		const drafts = await draftIds(page);
		await open(page, `/clients/${CLIENT}/packs/${PACK}/upgrade`);
		await expect(main.getByText('没有可升级的版本')).toBeVisible();
		await expect(page.getByRole('button', { name: /^升级到/ })).toBeHidden();
		expect(await draftIds(page)).toEqual(drafts);
	});

	await test.step('the versions can be compared in words, and the pack uninstalled by a plan', async () => {
		await open(page, `/clients/${CLIENT}/packs/${PACK}/versions?from=1.0.0&to=${VERSION}`);
		await expect(main.getByText('线长方案', { exact: true })).toBeVisible();
		await open(page, `/clients/${CLIENT}/packs/${PACK}/uninstall`);
		await expect(main.getByText('留下：有人在用').first()).toBeVisible();
		await expect(page.getByRole('button', { name: '卸载' })).toBeVisible();
	});
});
