/**
 * The same bits everywhere: random rules and schemes come to the same hash in Chromium, in three
 * time zones and languages, and in Node, by every engine.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleDigest } from './parity/bundle.ts';
import type { ParityDigest, ParitySize } from './parity/digest.ts';
import { expect, test } from '@playwright/test';

const asked = Number(process.env['QUANHENG_SEED']);
const SIZE: ParitySize = {
	seed: Number.isInteger(asked) && asked > 0 ? asked : 20261122,
	rules: 4000,
	schemes: 60,
	rows: 65
};
const PLACES = [
	{ timezoneId: 'Asia/Shanghai', locale: 'zh-CN' },
	{ timezoneId: 'America/St_Johns', locale: 'en-US' },
	{ timezoneId: 'Pacific/Kiritimati', locale: 'de-DE' }
] as const;

type Digest = (size: ParitySize) => ParityDigest;

let script: string;
let inNode: ParityDigest;

test.beforeAll(async () => {
	script = await bundleDigest();
	const folder = mkdtempSync(join(tmpdir(), 'quanheng-parity-'));
	try {
		const file = join(folder, 'parity.mjs');
		writeFileSync(file, script);
		const loaded = (await import(pathToFileURL(file).href)) as { parityDigest: Digest };
		inNode = loaded.parityDigest(SIZE);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

test(`in Node every engine gives the same bits (seed ${SIZE.seed})`, () => {
	expect(inNode.blocks).toBe(inNode.interpreter);
	expect(inNode.wasm).toBe(inNode.interpreter);
});

for (const place of PLACES) {
	test(`Chromium in ${place.timezoneId} gives the bits of Node (seed ${SIZE.seed})`, async ({
		browser
	}) => {
		const context = await browser.newContext(place);
		const page = await context.newPage();
		await page.goto('about:blank');
		await page.addScriptTag({ content: script, type: 'module' });
		await page.waitForFunction(() => 'parityDigest' in globalThis);
		const found = await page.evaluate((size) => {
			const { parityDigest } = globalThis as unknown as { parityDigest: Digest };
			return parityDigest(size);
		}, SIZE);
		expect(found).toEqual(inNode);
		await context.close();
	});
}
