/** The shipped packs hold to what the checker asks of everybody. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { quanheng } from './run.ts';

const root = fileURLToPath(new URL('../../rule-packs', import.meta.url));
const schemes = readdirSync(root)
	.filter((pack) => existsSync(join(root, pack, 'schemes')))
	.flatMap((pack) =>
		readdirSync(join(root, pack, 'schemes')).map((scheme) => [pack, scheme] as const)
	);

it.each(schemes)('%s/%s has no error, and no warning without a reason', async (pack, scheme) => {
	const { code, out } = await quanheng([
		...['check', join(root, pack, 'schemes', scheme)],
		...['--metrics', join(root, pack, 'metrics'), '--json']
	]);
	const report = JSON.parse(out) as {
		diagnostics: { severity: string; code: string; at: string }[];
		weights: { total: number }[];
	};
	expect(report.diagnostics.filter(({ severity }) => severity !== 'hint')).toEqual([]);
	expect(report.weights.every(({ total }) => total === 100)).toBe(true);
	expect(code).toBe(0);
});
