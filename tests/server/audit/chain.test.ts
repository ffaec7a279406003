// Invariant: no change of the recorded past goes unnoticed, given the head that was exported.
import { asc, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { CHAIN_START, linkHash } from '#lib/server/audit/chain.ts';
import { EVENTS, type AuditEvent } from '#lib/server/audit/events.ts';
import { recordEvent } from '#lib/server/audit/record-event.ts';
import { verifyAudit, type AuditHead } from '#lib/server/audit/verify-audit.ts';
import { bulkInsert } from '#lib/server/db/bulk.ts';
import { auditEvents } from '#lib/server/db/client/schema.ts';
import type { Context } from '#lib/server/context.ts';
import { openStudio } from '../support/studio.ts';

const actor = { userId: 'somebody' };
type Entry = typeof auditEvents.$inferSelect;

async function chainOf(length: number): Promise<Context> {
	const ctx = await (await openStudio()).context();
	await ctx.db.write(async (tx) => {
		for (let i = 0; i < length; i += 1) {
			await recordEvent(tx, ctx, actor, { type: 'setting_changed', key: `key-${i}` });
		}
	});
	return ctx;
}

/** Puts other entries in place of the chain, past the triggers, as an attacker with the file can. */
async function rewrite(ctx: Context, entries: readonly Entry[]): Promise<void> {
	await ctx.db.write(async (tx) => {
		await tx.run(sql`DROP TRIGGER IF EXISTS audit_events_no_delete`);
		await tx.delete(auditEvents);
		await bulkInsert(tx, auditEvents, entries);
	});
}

const entriesOf = (ctx: Context) =>
	ctx.db.read.select().from(auditEvents).orderBy(asc(auditEvents.seq));

/** Gives every entry from `from` on the hashes that make the chain look whole again. */
function relink(entries: readonly Entry[], from: number): Entry[] {
	const linked: Entry[] = [];
	for (const [i, entry] of entries.entries()) {
		const prevHash = linked[i - 1]?.hash ?? CHAIN_START;
		const link = { ...entry, prevHash };
		linked.push(i < from ? entry : { ...link, hash: linkHash(link) });
	}
	return linked;
}

test('an untouched chain is intact and its head can be exported', async () => {
	const ctx = await chainOf(20);
	const verdict = await verifyAudit(ctx.db.read);
	expect(verdict).toMatchObject({ intact: true, entries: 20, fault: null });
	expect(await verifyAudit(ctx.db.read, verdict.head)).toMatchObject({ intact: true });
});

test('an empty chain is intact', async () => {
	expect(await verifyAudit((await chainOf(0)).db.read)).toMatchObject({ intact: true, entries: 0 });
});

/** Ways to tamper with a list of entries; each gets a random number below one. */
const TAMPERINGS: Readonly<Record<string, (entries: Entry[], at: number, r: number) => Entry[]>> = {
	'edit the data': (entries, at) =>
		entries.map((entry, i) => (i === at ? { ...entry, data: '{"key":"other"}' } : entry)),
	'edit the actor': (entries, at) =>
		entries.map((entry, i) => (i === at ? { ...entry, actorId: 'somebody-else' } : entry)),
	'edit the time': (entries, at) =>
		entries.map((entry, i) => (i === at ? { ...entry, at: '2020-01-01T00:00:00.000Z' } : entry)),
	'edit and re-hash one': (entries, at) =>
		entries.map((entry, i) => {
			const changed = { ...entry, data: '{"key":"other"}' };
			return i === at ? { ...changed, hash: linkHash(changed) } : entry;
		}),
	'edit and re-hash the tail': (entries, at) =>
		relink(
			entries.map((entry, i) => (i === at ? { ...entry, data: '{"key":"other"}' } : entry)),
			at
		),
	'delete one': (entries, at) => entries.filter((_, i) => i !== at),
	'delete one and re-hash the tail': (entries, at) =>
		relink(
			entries.filter((_, i) => i !== at).map((entry, i) => ({ ...entry, seq: i + 1 })),
			at
		),
	'insert one and re-hash the tail': (entries, at) => {
		const copy = entries[at - 1];
		const longer = copy ? [...entries.slice(0, at), copy, ...entries.slice(at)] : entries;
		return relink(
			longer.map((entry, i) => ({ ...entry, seq: i + 1 })),
			at
		);
	},
	'swap two': (entries, at) =>
		entries.map((entry, i) => {
			const other = i === at ? entries[at - 1] : i === at - 1 ? entries[at] : undefined;
			return other ? { ...other, seq: entry.seq } : entry;
		}),
	'cut the end off': (entries, at) => entries.slice(0, at),
	'empty it': () => []
};

test(
	'300 random tamperings are all found with the exported head',
	{ timeout: 120_000 },
	async () => {
		const ctx = await chainOf(40);
		const original = await entriesOf(ctx);
		const { head } = await verifyAudit(ctx.db.read);
		const seed = 20_261_122;
		let state = seed;
		const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
		const ways = Object.entries(TAMPERINGS);
		for (let round = 0; round < 300; round += 1) {
			const [name, tamper] = ways[Math.floor(random() * ways.length)] ?? ['', () => original];
			const at = 1 + Math.floor(random() * (original.length - 1));
			await rewrite(ctx, tamper([...original], at, random()));
			const verdict = await verifyAudit(ctx.db.read, head);
			expect(verdict.intact, `${name} at ${at}, round ${round}, seed ${seed}`).toBe(false);
		}
		await rewrite(ctx, original);
		expect((await verifyAudit(ctx.db.read, head)).intact).toBe(true);
	}
);

test('a cut or rewritten end shows only beside an exported head: that is what it is for', async () => {
	const ctx = await chainOf(10);
	const { head } = await verifyAudit(ctx.db.read);
	await rewrite(ctx, (await entriesOf(ctx)).slice(0, 5));
	expect((await verifyAudit(ctx.db.read)).intact).toBe(true);
	expect(await verifyAudit(ctx.db.read, head)).toMatchObject({
		intact: false,
		fault: { seq: 6, kind: 'truncated' }
	});
});

test('verifying 20,000 entries takes a second or so', async () => {
	const ctx = await (await openStudio()).context();
	const entries: Entry[] = [];
	let head: AuditHead = { seq: 0, hash: CHAIN_START };
	for (let seq = 1; seq <= 20_000; seq += 1) {
		const link = {
			seq,
			at: '2026-01-01T00:00:00.000Z',
			actorId: 'somebody',
			type: 'setting_changed',
			data: `{"key":"${seq}"}`,
			prevHash: head.hash
		};
		head = { seq, hash: linkHash(link) };
		entries.push({ ...link, hash: head.hash });
	}
	await ctx.db.write((tx) => bulkInsert(tx, auditEvents, entries), { deadlineMs: 30_000 });
	const startedAt = performance.now();
	expect(await verifyAudit(ctx.db.read, head)).toMatchObject({ intact: true, entries: 20_000 });
	// 100,000 entries have five seconds; a shared machine gets twice that.
	expect(performance.now() - startedAt).toBeLessThan(2_000);
});

test('an event and the change it tells of exist together or not at all', async () => {
	const ctx = await chainOf(3);
	const failing = ctx.db.write(async (tx) => {
		await recordEvent(tx, ctx, actor, { type: 'setting_changed', key: 'never' });
		throw new Error('on purpose');
	});
	await expect(failing).rejects.toThrow('on purpose');
	expect(await entriesOf(ctx)).toHaveLength(3);
});

test('fields that an event does not have are refused, so nothing personal slips in', async () => {
	const ctx = await chainOf(0);
	const event = { type: 'setting_changed', key: 'x', salary: 18_500 } as unknown as AuditEvent;
	await expect(ctx.db.write((tx) => recordEvent(tx, ctx, actor, event))).rejects.toThrow();
	expect(await entriesOf(ctx)).toEqual([]);
});

test('no event has a field that could hold a score, pay or a secret', () => {
	const fields = Object.values(EVENTS).flatMap((schema) => Object.keys(schema.entries));
	const telling = /score(?!cards)|pay|salary|bonus|password|token_hash|value/;
	expect(fields.filter((field) => telling.test(field))).toEqual([]);
});
