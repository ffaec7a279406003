/** A client with three salespeople, a year of figures, and versions of the minimal pack to install. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { momentOf } from '#lib/server/clock.ts';
import { systemActor, type Actor, type Context } from '#lib/server/context.ts';
import { employeeFacts, employees, observations, targets } from '#lib/server/db/client/schema.ts';
import { openStudio } from '../support/studio.ts';

export type Edit = readonly [path: string, before: string, after: string];

/** A folder of packs in which `minimal` is changed by text. */
export function packsWith(edits: readonly Edit[] = [], version = '1.0.0'): string {
	const folder = mkdtempSync(join(tmpdir(), 'quanheng-packs-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	cpSync('tests/packs/minimal', join(folder, 'minimal'), { recursive: true });
	const all: readonly Edit[] = [
		...(version === '1.0.0'
			? []
			: [
					['pack.yaml', 'version: 1.0.0', `version: ${version}`] as const,
					['CHANGELOG.md', '## 1.0.0', `## ${version}\n\n## 1.0.0`] as const
				]),
		...edits
	];
	for (const [path, before, after] of all) {
		const file = join(folder, 'minimal', path);
		const text = readFileSync(file, 'utf8');
		if (!text.includes(before)) throw new Error(`${path} does not contain “${before}”.`);
		writeFileSync(file, text.replace(before, after));
	}
	return folder;
}

export interface PackClient {
	readonly ctx: Context;
	readonly actor: Actor;
}

/** Three people at 60, 90 and 130 % of their target in every month of 2025. */
export async function clientWithHistory(): Promise<PackClient> {
	const studio = await openStudio();
	const ctx = await studio.context('acme');
	const recordedAt = momentOf(studio.clock);
	const by = { recordedAt, recordedBy: 'test' };
	const people = { e1: 60, e2: 90, e3: 130 };
	await ctx.db.write(async (tx) => {
		for (const [id, value] of Object.entries(people)) {
			await tx.insert(employees).values({ id, name: `Person ${id}`, createdAt: recordedAt });
			await tx.insert(employeeFacts).values(
				Object.entries({ position: 'sales', hired_on: '2020-01-01' }).map(([attribute, fact]) => ({
					employeeId: id,
					attribute,
					value: fact,
					validFrom: '2020-01-01',
					...by
				}))
			);
			for (let month = 1; month <= 12; month += 1) {
				const period = `2025-${String(month).padStart(2, '0')}`;
				const about = {
					subjectKind: 'employee' as const,
					subjectId: id,
					metric: 'revenue',
					period
				};
				await tx.insert(observations).values({ ...about, value, ...by });
				await tx.insert(targets).values({ ...about, value: 100, ...by });
			}
		}
	});
	return { ctx, actor: systemActor('acme') };
}
