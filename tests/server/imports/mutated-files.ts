/** Files broken by chance, and the way of each of them through the import: refused, or taken whole. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { count } from 'drizzle-orm';
import { expect } from 'vitest';
import {
	importBatches,
	importFiles,
	importRows,
	observations
} from '#lib/server/db/client/schema.ts';
import { Problem } from '#lib/server/http/problem.ts';
import { completeMapping, type ImportBatch } from '#lib/server/imports/batches.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { readFile } from '#lib/server/imports/read/read-file.ts';
import { rollBackImport } from '#lib/server/imports/roll-back-import.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import type { Random } from '../../engine/generators/random.ts';
import type { MappingInput } from './import-files.ts';
import type { TestClient } from './test-client.ts';

const TOKENS = [
	'"',
	',',
	';',
	'\t',
	'\n',
	'\r',
	'\0',
	'\ufeff',
	'=HYPERLINK("http://x")',
	'__proto__',
	'1e999',
	'9'.repeat(400),
	'2013年13月',
	'小计',
	'合计',
	'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
	'<!DOCTYPE x [<!ENTITY e "e">]>&e;',
	'<c r="A1" t="s"><v>99999999</v></c>',
	'<mergeCell ref="A1:XFD1048576"/>',
	'𠮷\u200b\u202e'
];

/** One to three mistakes in a file: more of them only hide each other. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
	let mutant = bytes;
	for (let i = random.int(1, 3); i > 0; i -= 1) mutant = mutateOnce(mutant, random);
	return mutant;
}

function mutateOnce(bytes: Uint8Array, random: Random): Uint8Array {
	const at = random.int(0, Math.max(0, bytes.length - 1));
	const length = random.int(1, 40);
	const before = bytes.subarray(0, at);
	switch (random.int(0, 5)) {
		case 0: {
			const flipped = Uint8Array.from(bytes);
			flipped[at] = random.int(0, 255);
			return flipped;
		}
		case 1:
			return random.chance(0.3) ? before.slice() : bytes.slice(0, -random.int(1, 9));
		case 2:
			return join(before, bytes.subarray(at + length));
		case 3:
			return join(before, bytes.subarray(at, at + length), bytes.subarray(at));
		case 4:
			return join(before, strToU8(random.pick(TOKENS)), bytes.subarray(at));
		default:
			return join(
				before,
				Uint8Array.from(
					random.times(length, () =>
						random.chance(0.9) ? random.int(32, 126) : random.int(0, 255)
					)
				),
				bytes.subarray(at)
			);
	}
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
	return new Uint8Array(Buffer.concat(parts));
}

/** Mistakes inside the parts of a workbook: the archive itself stays sound. */
export function mutateWorkbook(bytes: Uint8Array, random: Random): Uint8Array {
	const parts = unzipSync(bytes);
	const name = random.pick(Object.keys(parts).sort());
	const part = parts[name];
	if (part) parts[name] = strToU8(strFromU8(mutate(part, random), true), true);
	return zipSync(parts);
}

/** What a person would map, as far as the file still has it. */
function mappingOf(batch: ImportBatch): MappingInput {
	const columns = batch.suggestions.flatMap(({ column, field, transform }) =>
		field === null || field === 'metric' || field === 'value'
			? []
			: [
					{
						field,
						columns: [column],
						...(transform?.decimal ? { transform: { decimal: transform.decimal } } : {})
					}
				]
	);
	return { columns };
}

export interface FuzzTally {
	refused: number;
	planned: number;
	committed: number;
	slowestMs: number;
}

/**
 * Takes one file as far as it goes. Whatever is thrown must be a refusal with a sentence, and
 * nothing of a refused file may be left. `staged` also sends it through the database.
 */
export async function tryFile(
	client: TestClient,
	bytes: Uint8Array,
	staged: boolean,
	tally: FuzzTally
): Promise<void> {
	const cpu = process.cpuUsage();
	const { reading, diagnostics } = await readFile(bytes, {}, { fileName: 'fuzz 2013.csv' });
	const { user, system } = process.cpuUsage(cpu);
	tally.slowestMs = Math.max(tally.slowestMs, (user + system) / 1000);
	if (!reading) {
		expect(diagnostics.length).toBeGreaterThan(0);
		tally.refused += 1;
		return;
	}
	if (!staged) {
		tally.planned += 1;
		return;
	}
	const actor = client.as('implementer');
	const { ctx } = client;
	try {
		const batch = await stageImport(ctx, actor, { kind: 'observations', fileName: 'f.csv', bytes });
		const mapping = completeMapping(mappingOf(batch));
		const plan = await planImport(ctx, actor, { batchId: batch.id, mapping });
		tally.planned += 1;
		if (plan.canCommit) {
			const { facts } = await commitImport(ctx, actor, {
				batchId: batch.id,
				planHash: plan.planHash,
				withoutRejected: true
			});
			expect(facts).toBe(plan.facts.new + plan.facts.changed);
			if (facts > 0) await rollBackImport(ctx, actor, { batchId: batch.id });
			tally.committed += 1;
		}
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		expect(error.status).toBeLessThan(500);
		tally.refused += 1;
	}
}

/** Nothing of a refused file is left, and no fact that no batch brought. */
export async function expectNothingHalf(client: TestClient): Promise<void> {
	const { read } = client.ctx.db;
	const batches = await read.select().from(importBatches);
	expect(batches.filter(({ counts }) => counts['rows'] === undefined)).toEqual([]);
	const known = new Set(batches.map(({ id }) => id));
	for (const table of [importRows, importFiles, observations]) {
		const rows = await read
			.select({ batchId: table.batchId, n: count() })
			.from(table)
			.groupBy(table.batchId);
		expect(rows.filter(({ batchId }) => batchId === null || !known.has(batchId))).toEqual([]);
	}
	const facts = await read.select({ withdrawnAt: observations.withdrawnAt }).from(observations);
	expect(facts.filter(({ withdrawnAt }) => withdrawnAt === null)).toEqual([]);
}
