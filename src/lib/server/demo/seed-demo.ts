/**
 * The demo client: people, two years of figures with a story in them, a version in force and a
 * draft that would change it. Seeded on the first start in demo mode; seeding again changes nothing.
 */
import { eq } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { GeneratorSpec, SampleAccount } from '#lib/packs/generator-spec.ts';
import { recordEvent } from '../audit/record-event.ts';
import { hashPassword } from '../auth/passwords.ts';
import { ROLES, type Role } from '../auth/roles.ts';
import { momentOf } from '../clock.ts';
import { systemActor } from '../context.ts';
import { clients, memberships, users } from '../db/control/schema.ts';
import { controlContext, clientContext, type Instance } from '../instance.ts';
import { loadPack } from '../packs/shipped-packs.ts';
import { seedClient } from './seed-client.ts';

/** The pack the demo client starts from. */
const DEMO_PACK = 'freight-forwarding';

/** The password of every demo account; shown on the sign-in page, so it protects nothing. */
export const DEMO_PASSWORD = 'quanheng-demo';

/** A way to sign in to the demo, as the sign-in page and the start's log show it. */
export interface DemoSignIn {
	readonly account: string;
	readonly password: string;
	readonly name: string;
	readonly role: Role;
	readonly client: string;
}

export interface SeedDemoOptions {
	/** Also a second, tiny client `twin`, for tests that must not reach across clients. */
	readonly twin?: boolean;
	/** Where packs are; beside the program if left out. */
	readonly packsFolder?: string;
}

export interface DemoSeeded {
	/** False when the demo was there already. */
	readonly created: boolean;
	readonly signIns: readonly DemoSignIn[];
}

type Seeding = Pick<Instance, 'clock' | 'ids' | 'databases'>;

/** Seeds the demo client (and its twin), or finds it already there. */
export async function seedDemo(
	instance: Seeding,
	options: SeedDemoOptions = {}
): Promise<DemoSeeded> {
	const loaded = await loadPack(DEMO_PACK, options.packsFolder);
	const spec = loaded.pack.generator;
	if (!spec) throw new Error(`The pack ${DEMO_PACK} has no sample client.`);

	const worlds = [spec, ...(options.twin ? [twinOf(spec)] : [])];
	let created = false;
	for (const world of worlds) {
		if (await exists(instance, world.client.id)) continue;
		// The client's own file first: a crash in between leaves no client that can be signed in to.
		await seedClient(await clientContext(instance, world.client.id), loaded, world);
		await seedAccounts(instance, world);
		created = true;
	}
	return { created, signIns: worlds.flatMap(signInsOf) };
}

/** The demo sign-ins, without touching any database. */
export async function demoSignIns(packsFolder?: string): Promise<readonly DemoSignIn[]> {
	const { pack } = await loadPack(DEMO_PACK, packsFolder);
	return pack.generator ? signInsOf(pack.generator) : [];
}

function signInsOf(spec: GeneratorSpec): DemoSignIn[] {
	return spec.accounts.map(({ account, name, role }) => ({
		account,
		password: DEMO_PASSWORD,
		name,
		role: roleOf(role),
		client: spec.client.id
	}));
}

function roleOf(word: string): Role {
	const role = ROLES.find((known) => known === word);
	if (!role) throw new Error(`The sample client names a role that does not exist: ${word}.`);
	return role;
}

/** A small neighbour with people of the same ids, so that a leak between clients would show. */
function twinOf(spec: GeneratorSpec): GeneratorSpec {
	const name: LocalText = { 'zh-CN': '双子物流（演示）', en: 'Twin Logistics (demo)' };
	return {
		...spec,
		seed: spec.seed + 1,
		client: { ...spec.client, id: 'twin', name },
		from: spec.to,
		groups: [],
		accounts: spec.accounts.map((account) => ({
			...account,
			account: `twin-${account.account}`
		}))
	};
}

async function exists(instance: Seeding, clientId: string): Promise<boolean> {
	const rows = await instance.databases.control.read
		.select({ id: clients.id })
		.from(clients)
		.where(eq(clients.id, clientId));
	return rows.length > 0;
}

/** Ids of demo users are words, so that rows of the client can name them before they exist. */
function demoUserId(account: string): string {
	return `demo-${account}`;
}

async function seedAccounts(instance: Seeding, spec: GeneratorSpec): Promise<void> {
	const ctx = controlContext(instance);
	const actor = systemActor(spec.client.id);
	const hashed: (SampleAccount & { readonly passwordHash: string })[] = [];
	for (const account of spec.accounts) {
		hashed.push({ ...account, passwordHash: await hashPassword(DEMO_PASSWORD) });
	}
	await ctx.control.write(async (tx) => {
		const now = momentOf(ctx.clock);
		await tx.insert(clients).values({
			id: spec.client.id,
			name: spec.client.name,
			demo: true,
			createdAt: now,
			createdBy: actor.userId
		});
		await recordEvent(tx, ctx, actor, { type: 'client_created', client: spec.client.id });
		for (const { account, name, role, employee, unit, passwordHash } of hashed) {
			const id = demoUserId(account);
			const roles = [roleOf(role)];
			await tx.insert(users).values({
				id,
				account,
				name,
				passwordHash,
				operator: role === 'administrator' && spec.client.id !== 'twin',
				demo: true,
				createdAt: now,
				passwordChangedAt: now
			});
			await tx.insert(memberships).values({
				userId: id,
				clientId: spec.client.id,
				roles,
				employeeId: employee,
				unitId: unit,
				createdAt: now,
				createdBy: actor.userId
			});
			await recordEvent(tx, ctx, actor, { type: 'user_created', user: id });
			await recordEvent(tx, ctx, actor, {
				type: 'membership_granted',
				user: id,
				client: spec.client.id,
				roles,
				ends_at: null
			});
		}
	});
}
