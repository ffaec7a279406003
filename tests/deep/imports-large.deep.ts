/**
 * Two hundred thousand rows, from upload to commit, while other people go on working. Figures are
 * printed; the limits are those that the product promises on two cores.
 */
import { observations } from '#lib/server/db/client/schema.ts';
import { completeMapping } from '#lib/server/imports/batches.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { findImports, getImport } from '#lib/server/imports/get-import.ts';
import { importWork } from '#lib/server/imports/import-work.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { count } from 'drizzle-orm';
import { writeXlsx, type CellValue } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
	bytesOf,
	columns,
	importFile,
	metric,
	registerMetrics
} from '../server/imports/import-files.ts';
import { openTestClient, type TestClient } from '../server/imports/test-client.ts';

const PEOPLE = 5_000;
const ROWS = 200_000;
/**
 * The rise in memory that the largest file may cause: about 350 MB were measured, most of it while
 * the dry run holds every row and figure at once.
 */
const MOST_RSS_MB = 450;

let client: TestClient;
beforeEach(async () => {
	client = await openTestClient();
	const actor = client.as('implementer');
	await registerMetrics(client.ctx, actor, [metric('sales', { unit: 'money' }), metric('orders')]);
	const roll = Array.from({ length: PEOPLE }, (_, i) => `E${i},Person ${i},2010-01-01`).join('\n');
	await importFile(client.ctx, actor, 'people', `id,name,hired\n${roll}\n`, {
		columns: columns({ id: 'employee', name: 'name', hired: 'attribute.hired_on' })
	});
});
afterEach(async () => {
	await client.close();
});

function* table(): Generator<readonly [string, string, number, number]> {
	for (let i = 0; i < ROWS; i += 1) {
		const month = Math.floor(i / PEOPLE);
		const period = `${2015 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
		yield [`E${i % PEOPLE}`, period, Math.round(i * 137.77) / 100, i % 40];
	}
}

/** Somebody asks for a page every 100 ms; gives how long each of the answers took. */
function askAllTheTime(work: () => Promise<unknown>) {
	const took: number[] = [];
	let done = false;
	const running = (async () => {
		while (!done) {
			const started = performance.now();
			await new Promise((resolve) => setTimeout(resolve, 100));
			await work();
			// Late timers count: whoever waits does not care why.
			took.push(performance.now() - started - 100);
		}
	})();
	return {
		async stop() {
			done = true;
			await running;
			took.sort((a, b) => a - b);
			return {
				requests: took.length,
				median: Math.round(took[Math.floor(took.length / 2)] ?? 0),
				p99: Math.round(took[Math.floor(took.length * 0.99)] ?? 0),
				worst: Math.round(took.at(-1) ?? 0)
			};
		}
	};
}

async function run(bytes: Uint8Array, fileName: string) {
	const actor = client.as('implementer');
	const { ctx } = client;
	global.gc?.();
	const rss = process.memoryUsage().rss;
	let most = rss;
	const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
	const phases = new Set<string>();
	let id = '';
	const others = askAllTheTime(async () => {
		const work = id === '' ? null : importWork(ctx.clientId, id);
		if (work) phases.add(work.phase);
		await findImports(ctx, actor);
	});
	const cpu = process.cpuUsage();
	const started = performance.now();
	const batch = await stageImport(ctx, actor, { kind: 'observations', fileName, bytes });
	const staged = performance.now();
	const rise = () => Math.round((most - rss) / 1024 / 1024);
	const stageRssMb = rise();
	id = batch.id;
	const plan = await planImport(ctx, actor, {
		batchId: batch.id,
		mapping: completeMapping({
			columns: columns({
				employee: 'employee',
				month: 'period',
				sales: 'metric.sales',
				orders: 'metric.orders'
			})
		})
	});
	const planned = performance.now();
	const planRssMb = rise();
	const done = await commitImport(ctx, actor, { batchId: batch.id, planHash: plan.planHash });
	const committed = performance.now();
	const served = await others.stop();
	clearInterval(watch);
	const { user, system } = process.cpuUsage(cpu);
	const figures = {
		cpuMs: Math.round((user + system) / 1000),
		file: `${Math.round(bytes.length / 1024)} kB`,
		stageMs: Math.round(staged - started),
		planMs: Math.round(planned - staged),
		commitMs: Math.round(committed - planned),
		totalMs: Math.round(committed - started),
		stageRssMb,
		planRssMb,
		rssRiseMb: rise(),
		...served
	};
	console.log(fileName, JSON.stringify(figures));
	expect(plan.rows).toMatchObject({ read: ROWS, accepted: ROWS, rejected: 0 });
	expect(done.facts).toBe(ROWS * 2);
	const [row] = await ctx.db.read.select({ n: count() }).from(observations);
	expect(row?.n).toBe(ROWS * 2);
	expect((await getImport(ctx, actor, { batchId: batch.id })).status).toBe('committed');
	expect(figures.rssRiseMb).toBeLessThan(MOST_RSS_MB);
	return figures;
}

describe('two hundred thousand rows', () => {
	it('as CSV, in under a minute, while others are served', async () => {
		const lines = [...table()].map((row) => row.join(','));
		const figures = await run(
			bytesOf(['employee,month,sales,orders', ...lines].join('\n')),
			'large.csv'
		);
		// Processor time: on a busy machine the clock says more of the others.
		expect(figures.cpuMs).toBeLessThan(60_000);
		expect(figures.worst).toBeLessThan(1_000);
	});

	it('as a workbook', async () => {
		const rows: CellValue[][] = [
			['employee', 'month', 'sales', 'orders'],
			...[...table()].map((row) => [...row])
		];
		const bytes = await writeXlsx({ sheets: [{ name: 'data', rows }] });
		const figures = await run(bytes, 'large.xlsx');
		// Processor time: on a busy machine the clock says more of the others.
		expect(figures.cpuMs).toBeLessThan(60_000);
		expect(figures.worst).toBeLessThan(1_000);
	});
});
