/** Every shipped pack is sound, complete in both languages, and does what its sentences say. */
import { describe, expect, test } from 'vitest';
import { lintPack, type PackLint } from '#lib/packs/lint-pack.ts';
import { runPackTests, runSchemeTests } from '#lib/packs/run-pack-tests.ts';
import { packIds } from '#lib/server/packs/shipped-packs.ts';
import { shippedPack } from './pack-files.ts';
import type { Pack } from '#lib/packs/pack.ts';

const linted = new Map<string, Promise<PackLint>>();

/** Judged once for all tests. */
function lint(id: string): Promise<PackLint> {
	const known = linted.get(id) ?? shippedPack(id).then((files) => lintPack(files));
	linted.set(id, known);
	return known;
}

async function sound(id: string): Promise<Pack> {
	const { pack, findings } = await lint(id);
	if (!pack)
		throw new Error(findings.map(({ file, message }) => `${file}: ${message.en}`).join('\n'));
	return pack;
}

describe.each(packIds())('%s', (id) => {
	test('has no error, and no warning that is not waived with a reason', async () => {
		const { findings } = await lint(id);
		const open = findings.filter(({ severity }) => severity !== 'hint');
		expect(open.map(({ file, at, message }) => `${file} ${at} ${message.en}`)).toEqual([]);
	});

	test('does what every one of its sentences says', async () => {
		const report = runPackTests(await sound(id));
		const wrong = report.results.filter(({ verdict }) => verdict !== 'PASS');
		expect(wrong).toEqual([]);
	});

	test('has at least 12 sentences for each scheme and leaves no branch without a test or a reason', async () => {
		const pack = await sound(id);
		for (const [scheme] of pack.schemes) {
			const sentences = pack.tests.filter((entry) => entry.scheme === scheme);
			expect(sentences.length, scheme).toBeGreaterThanOrEqual(12);
		}
		const { unreached } = runPackTests(pack);
		expect(unreached.filter(({ reason }) => reason === null)).toEqual([]);
	});

	test('says of every metric where it comes from, how it is gamed and what proves it', async () => {
		const pack = await sound(id);
		expect(pack.metrics.size).toBeGreaterThanOrEqual(30);
		for (const metric of pack.metrics.values()) {
			const { reference, gaming, evidence, source, controllable, description } = metric;
			expect({ id: metric.id, reference, gaming, evidence, source, description }).toEqual({
				id: metric.id,
				reference: expect.any(String) as string,
				gaming: expect.objectContaining({ en: expect.any(String) as string }) as object,
				evidence: expect.objectContaining({ en: expect.any(String) as string }) as object,
				source: expect.objectContaining({ en: expect.any(String) as string }) as object,
				description: expect.objectContaining({ en: expect.any(String) as string }) as object
			});
			expect(controllable).toBeTypeOf('boolean');
		}
	});

	test('every scheme grades every total it can give', async () => {
		const pack = await sound(id);
		for (const { document } of pack.schemes.values()) {
			expect(document.grades.at(-1)?.from).toBeLessThanOrEqual(document.total?.min ?? 0);
		}
	});
});

test('a sentence that is wrong fails, names what was expected and traces the rule', async () => {
	const pack = await sound('freight-forwarding');
	const sales = pack.schemes.get('sales')?.document;
	const first = pack.tests.find((entry) => entry.scheme === 'sales');
	if (!sales || !first) throw new Error('The pack has no sales scheme.');
	const wrong = {
		...first,
		expect: { score: 88.49, 'items.repeat_rate.score': 79 }
	};
	const { results } = runSchemeTests(sales, [wrong]);
	expect(results[0]).toMatchObject({
		verdict: 'FAIL',
		mismatches: [
			{ field: 'score', expected: 88.49, found: 88.5 },
			{ field: 'items.repeat_rate.score', expected: 79, found: 80, trace: { name: 'curve' } }
		]
	});
});

test('branches that no sentence reaches are named', async () => {
	const pack = await sound('freight-forwarding');
	const sales = pack.schemes.get('sales')?.document;
	if (!sales) throw new Error('The pack has no sales scheme.');
	const senior = pack.tests.filter(
		(entry) => entry.scheme === 'sales' && entry.given['employee.tenure_months'] === 36
	);
	const { unreached } = runSchemeTests(sales, senior);
	// Without a new salesperson nobody reaches the weights of the new branch.
	expect(unreached).toContainEqual(
		expect.objectContaining({ kind: 'otherwise', at: '/items/4/weight/if/2' })
	);
});
