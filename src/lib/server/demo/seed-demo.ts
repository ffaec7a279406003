/**
 * The demo clients, one of each industry: people, two years of figures with a story in them, a
 * version in force and a draft that would change it. Seeded on the first start in demo mode; seeding
 * again changes nothing. Those who work for several clients are the same people at each.
 */
import { eq, inArray } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { GeneratorSpec } from '#lib/packs/generator-spec.ts';
import { recordEvent } from '../audit/record-event.ts';
import { hashPassword } from '../auth/passwords.ts';
import { ROLES, type Role } from '../auth/roles.ts';
import { momentOf } from '../clock.ts';
import { systemActor } from '../context.ts';
import { clients, memberships, users } from '../db/control/schema.ts';
import { controlContext, clientContext, type Instance } from '../instance.ts';
import { loadPack, type LoadedPack } from '../packs/shipped-packs.ts';
import { DEMO_WORLDS, type DemoWorld } from './demo-worlds.ts';
import { scoreLastYear } from './score-demo.ts';
import { seedClient } from './seed-client.ts';

/** The password of every demo account; shown on the sign-in page, so it protects nothing. */
export const DEMO_PASSWORD = 'quanheng-demo';

/** A way to sign in to the demo, as the sign-in page and the start's log show it. */
export interface DemoSignIn {
	readonly account: string;
	readonly password: string;
	readonly name: string;
	readonly role: Role;
	/** Clients they are at; where they start comes first. */
	readonly clients: readonly { readonly id: string; readonly name: LocalText }[];
}

export interface SeedDemoOptions {
	/** Also a second, tiny client `twin`, for tests that must not reach across clients. */
	readonly twin?: boolean;
	/** Also a year of released scorecards, which takes about as long as everything else. */
	readonly scored?: boolean;
	/** Only the clients of these packs; all industries if left out. */
	readonly packs?: readonly string[];
	/** Where packs are; beside the program if left out. */
	readonly packsFolder?: string;
}

export interface DemoSeeded {
	/** False when the demo was there already. */
	readonly created: boolean;
	readonly signIns: readonly DemoSignIn[];
}

type Seeding = Pick<Instance, 'clock' | 'ids' | 'databases'>;

interface SeededWorld {
	readonly world: DemoWorld;
	readonly loaded: LoadedPack;
	readonly spec: GeneratorSpec;
}

async function worldsOf(options: SeedDemoOptions): Promise<SeededWorld[]> {
	const chosen = DEMO_WORLDS.filter(({ pack }) => options.packs?.includes(pack) ?? true);
	const worlds = await Promise.all(
		chosen.map(async (world) => {
			const loaded = await loadPack(world.pack, options.packsFolder);
			const spec = loaded.pack.generator;
			if (!spec) throw new Error(`The pack ${world.pack} has no sample client.`);
			return { world, loaded, spec };
		})
	);
	const [first] = worlds;
	return options.twin && first ? [...worlds, { ...first, spec: twinOf(first.spec) }] : worlds;
}

/** Seeds the demo clients (and the twin), or finds them already there. */
export async function seedDemo(
	instance: Seeding,
	options: SeedDemoOptions = {}
): Promise<DemoSeeded> {
	const worlds = await worldsOf(options);
	let created = false;
	for (const { world, loaded, spec } of worlds) {
		if (await exists(instance, spec.client.id)) continue;
		// The client's own file first: a crash in between leaves no client that can be signed in to.
		const ctx = await clientContext(instance, spec.client.id);
		await seedClient(ctx, loaded, spec, world);
		if (options.scored) await scoreLastYear(ctx, spec);
		await seedAccounts(instance, spec);
		created = true;
	}
	return { created, signIns: signInsOf(worlds) };
}

/** The demo sign-ins, without touching any database. */
export async function demoSignIns(packsFolder?: string): Promise<readonly DemoSignIn[]> {
	return signInsOf(await worldsOf(packsFolder === undefined ? {} : { packsFolder }));
}

/** Everybody once, however many clients they are at. */
function signInsOf(worlds: readonly SeededWorld[]): DemoSignIn[] {
	const people = new Map<string, DemoSignIn>();
	for (const { spec } of worlds) {
		for (const { account, name, role } of spec.accounts) {
			const known = people.get(account);
			const { id, name: clientName } = spec.client;
			people.set(account, {
				account,
				password: DEMO_PASSWORD,
				name,
				role: roleOf(role),
				clients: [...(known?.clients ?? []), { id, name: clientName }]
			});
		}
	}
	return [...people.values()];
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
	const ids = spec.accounts.map(({ account }) => demoUserId(account));
	const rows = await ctx.control.read
		.select({ id: users.id })
		.from(users)
		.where(inArray(users.id, ids));
	const known = new Set(rows.map(({ id }) => id));
	const hashes = await Promise.all(
		spec.accounts.map(async ({ account }) => {
			const id = demoUserId(account);
			return [id, known.has(id) ? null : await hashPassword(DEMO_PASSWORD)] as const;
		})
	);
	const hashOf = new Map(hashes);
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
		for (const { account, name, role, employee, unit } of spec.accounts) {
			const id = demoUserId(account);
			const roles = [roleOf(role)];
			const passwordHash = hashOf.get(id);
			if (passwordHash) {
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
				await recordEvent(tx, ctx, actor, { type: 'user_created', user: id });
			}
			await tx.insert(memberships).values({
				userId: id,
				clientId: spec.client.id,
				roles,
				employeeId: employee,
				unitId: unit,
				createdAt: now,
				createdBy: actor.userId
			});
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
