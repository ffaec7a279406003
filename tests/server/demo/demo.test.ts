/** The demo clients are seeded once, completely: one of each industry, and the same people at all. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findClientsOf } from '#lib/server/auth/memberships.ts';
import { verifyPassword } from '#lib/server/auth/passwords.ts';
import { FixedClock } from '#lib/server/clock.ts';
import {
	drafts,
	employees,
	installedPacks,
	metrics,
	observations,
	targets,
	templates,
	versions
} from '#lib/server/db/client/schema.ts';
import { memberships, users } from '#lib/server/db/control/schema.ts';
import { Databases } from '#lib/server/db/databases.ts';
import { seedDemo, DEMO_PASSWORD } from '#lib/server/demo/seed-demo.ts';
import { verifyAudit } from '#lib/server/audit/verify-audit.ts';
import { verifyVersions } from '#lib/server/versions/verify-versions.ts';
import { loadAttributes } from '#lib/server/people/attributes.ts';
import { loadPeople } from '#lib/server/people/history.ts';
import { randomIds } from '#lib/server/ids.ts';
import { controlContext } from '#lib/server/instance.ts';

const folder = mkdtempSync(join(tmpdir(), 'quanheng-demo-'));
const clock = new FixedClock('2026-11-20T02:00:00.000Z');
let databases: Databases;

beforeAll(async () => {
	databases = await Databases.open(folder);
});
afterAll(async () => {
	await databases.close();
	rmSync(folder, { recursive: true, force: true });
});

const instance = () => ({ clock, ids: randomIds(clock), databases });

test('the demo client has 60 people, 24 months, the pack, a version in force and a draft', async () => {
	const seeded = await seedDemo(instance(), { twin: true });
	expect(seeded.created).toBe(true);
	const { read } = await databases.client('demo');
	const rows = async (table: typeof employees | typeof observations | typeof targets) =>
		(await read.select({ n: count() }).from(table))[0]?.n;
	expect(await rows(employees)).toBe(60);
	expect(await rows(observations)).toBeGreaterThan(10_000);
	expect(await rows(targets)).toBeGreaterThan(2_000);
	const periods = await read.selectDistinct({ period: observations.period }).from(observations);
	expect(periods).toHaveLength(24);
	expect((await read.select().from(metrics)).length).toBeGreaterThanOrEqual(30);
	expect((await read.select().from(templates)).map(({ id }) => id)).toContain('sales');
	const [version] = await read.select().from(versions);
	expect(version).toMatchObject({ schemeId: 'sales', number: 1, effectiveFrom: '2024-11' });
	const open = (await read.select().from(drafts)).filter(({ closedAt }) => closedAt === null);
	expect(open).toMatchObject([{ id: 'sales-draft', schemeId: 'sales', baseVersion: 1 }]);
}, 60_000);

test.each([
	['demo-manufacturing', 'manufacturing', 'line-leader'],
	['demo-fintech', 'fintech', 'loan-bd']
])(
	'%s has its people, two years of history, its pack, a version in force and a draft',
	async (client, pack, scheme) => {
		const { read } = await databases.client(client);
		expect((await read.select().from(employees)).length).toBeGreaterThanOrEqual(50);
		const periods = await read.selectDistinct({ period: observations.period }).from(observations);
		expect(periods).toHaveLength(24);
		expect(await read.select().from(installedPacks)).toMatchObject([{ packId: pack }]);
		expect(await read.select().from(versions)).toMatchObject([{ schemeId: scheme, number: 1 }]);
		const open = (await read.select().from(drafts)).filter(({ closedAt }) => closedAt === null);
		expect(open).toMatchObject([{ id: `${scheme}-draft`, baseVersion: 1 }]);
		expect(await verifyVersions(read)).toEqual([]);
		expect(await verifyAudit(read)).toMatchObject({ intact: true });
		const people = await loadPeople(read);
		const named = (await loadAttributes(read)).get('position')?.choices ?? [];
		const held = new Set(
			[...people.all.keys()].map((id) => String(people.valueOn(id, 'position', '2026-10-31')))
		);
		const words = new Set(named.map(({ value }) => value));
		expect([...held].filter((position) => !words.has(position))).toEqual([]);
	}
);

test('who works for all clients is one person, and starts at the first', async () => {
	const control = controlContext(instance());
	for (const account of ['implementer', 'designer', 'approver', 'auditor']) {
		const clients = await findClientsOf(control, { id: `demo-${account}` });
		expect(clients.map(({ id }) => id)).toEqual(['demo', 'demo-fintech', 'demo-manufacturing']);
	}
	const [of] = await findClientsOf(control, { id: 'demo-sunqiang' });
	expect(of).toMatchObject({ id: 'demo-manufacturing', roles: ['employee'] });
});

test('every role can sign in with the demo password', async () => {
	const rows = await databases.control.read
		.select({ account: users.account, hash: users.passwordHash, roles: memberships.roles })
		.from(users)
		.innerJoin(memberships, eq(memberships.userId, users.id))
		.where(eq(memberships.clientId, 'demo'));
	expect(new Set(rows.flatMap(({ roles }) => roles))).toEqual(
		new Set([
			'administrator',
			'implementer',
			'hr_designer',
			'hr_approver',
			'department_head',
			'employee',
			'auditor'
		])
	);
	expect(await verifyPassword(rows[0]?.hash ?? null, DEMO_PASSWORD)).toBe(true);
});

test('what was seeded as published and recorded verifies like anything else', async () => {
	const { read } = await databases.client('demo');
	expect(await verifyVersions(read)).toEqual([]);
	expect(await verifyAudit(read)).toMatchObject({ intact: true, fault: null });
	expect(await verifyAudit(databases.control.read)).toMatchObject({ intact: true });
});

test('seeding again changes nothing', async () => {
	const before = await databases.control.read.select().from(users);
	const again = await seedDemo(instance(), { twin: true });
	expect(again.created).toBe(false);
	expect(await databases.control.read.select().from(users)).toEqual(before);
	expect(again.signIns.map(({ account }) => account)).toContain('designer');
});
