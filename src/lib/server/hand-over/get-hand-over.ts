import { and, asc, count, desc, eq, gt, isNull, max, min, or, sql } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { packNeeds, type DataNeed } from '#lib/packs/needs.ts';
import { admitActor, hasPermission } from '../auth/permissions.ts';
import type { Role } from '../auth/roles.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import {
	employees,
	importBatches,
	installedPacks,
	observations,
	replays,
	drafts,
	targets,
	units,
	versions
} from '../db/client/schema.ts';
import { memberships, users } from '../db/control/schema.ts';
import type { Queries } from '../db/database.ts';
import { clientData } from '../packs/client-pack-state.ts';
import { installedPack } from '../packs/present-parts.ts';
import { loadPeople } from '../people/history.ts';
import { todayOf } from '../people/scope.ts';
import { readSettings } from '../settings/client-settings.ts';
import { schemeFit, type SchemeFit } from './scheme-fit.ts';

/** The way from nothing to a client that others go on with. */
export const HAND_OVER_STEPS = ['pack', 'people', 'history', 'replay', 'accounts'] as const;
export type HandOverStep = (typeof HAND_OVER_STEPS)[number];

/** Roles without which nothing can be designed, approved or administered. */
export const NEEDED_ROLES = ['administrator', 'hr_designer', 'hr_approver'] as const;

export interface HandOver {
	readonly packs: readonly {
		readonly id: string;
		readonly name: LocalText;
		readonly version: string;
		readonly at: string;
	}[];
	readonly people: number;
	readonly units: number;
	readonly history: FigureRange;
	readonly targets: FigureRange;
	/** Files that were read in and wait for somebody to commit them. */
	readonly openImports: number;
	readonly drafts: number;
	readonly versions: number;
	/** The newest replay that ended. */
	readonly replay: {
		readonly id: string;
		readonly draftId: string;
		readonly verdict: LocalText | null;
		readonly at: string;
		readonly scored: number;
		readonly rows: number;
	} | null;
	readonly fit: SchemeFit;
	/** Data that schemes for people of this client read and that nobody has delivered. */
	readonly missing: readonly DataNeed[];
	readonly members: readonly {
		readonly name: string;
		readonly roles: readonly Role[];
		readonly hasSignedIn: boolean;
	}[];
	/** Needed roles that nobody but the implementers holds. */
	readonly rolesMissing: readonly Role[];
	readonly done: Readonly<Record<HandOverStep, boolean>>;
	/** The first step that is not done; null when everything is. */
	readonly next: HandOverStep | null;
}

export interface FigureRange {
	readonly facts: number;
	readonly metrics: number;
	readonly from: string | null;
	readonly to: string | null;
}

/**
 * How far a new client is, read from its data: nothing of it is stored as a flag, so it can be left
 * and taken up anywhere, and is true for clients that were set up otherwise.
 */
export async function getHandOver(ctx: Context, actor: Actor): Promise<HandOver> {
	admitActor(ctx, actor, 'pack.read', 'account.manage');
	const read = ctx.db.read;
	const settings = await readSettings(read);
	const [rows, data, people, figures, replay, members] = await Promise.all([
		installedRows(read),
		clientData(read),
		loadPeople(read),
		counts(read),
		newestReplay(read),
		membersOf(ctx)
	]);
	const fit = await schemeFit(read, people, todayOf(ctx, settings));
	const used = new Set(fit.schemes.filter((scheme) => scheme.people > 0).map(({ id }) => id));
	const installed = await Promise.all(rows.map((row) => installedPack(row)));
	const missing = hasPermission(actor, 'pack.read')
		? installed
				.flatMap((pack) => packNeeds(pack, data))
				.filter(({ have, schemes }) => !have && schemes.some((scheme) => used.has(scheme)))
		: [];
	const rolesMissing = NEEDED_ROLES.filter(
		(role) => !members.some(({ roles }) => roles.includes(role) && !roles.includes('implementer'))
	);
	const done: Record<HandOverStep, boolean> = {
		pack: rows.length > 0,
		people: figures.people > 0,
		history: figures.history.facts > 0,
		// Nothing is published without a replay, so a client with versions has had its first.
		replay: (replay !== null && replay.scored > 0) || figures.versions > 0,
		accounts: rolesMissing.length === 0
	};
	return {
		packs: rows.map(({ packId, version, manifest, installedAt }) => ({
			id: packId,
			// A manifest was read by its validator; its JSON only lost the type.
			name: manifest['name'] as unknown as LocalText,
			version,
			at: installedAt
		})),
		...figures,
		replay,
		fit,
		missing,
		members,
		rolesMissing,
		done,
		next: HAND_OVER_STEPS.find((step) => !done[step]) ?? null
	};
}

async function installedRows(read: Queries) {
	return read
		.select()
		.from(installedPacks)
		.where(isNull(installedPacks.removedAt))
		.orderBy(asc(installedPacks.packId));
}

async function counts(read: Queries) {
	const rangeOf = async (table: typeof observations | typeof targets): Promise<FigureRange> => {
		const [row] = await read
			.select({
				facts: count(),
				metrics: sql<number>`count(distinct ${table.metric})`,
				from: min(table.period),
				to: max(table.period)
			})
			.from(table)
			.where(isNull(table.withdrawnAt));
		return row ?? { facts: 0, metrics: 0, from: null, to: null };
	};
	const [people, unit, open, openDrafts, published, history, aims] = await Promise.all([
		read.select({ n: count() }).from(employees).where(isNull(employees.withdrawnAt)),
		read.select({ n: count() }).from(units).where(isNull(units.closedAt)),
		read
			.select({ n: count() })
			.from(importBatches)
			.where(or(eq(importBatches.status, 'staged'), eq(importBatches.status, 'checked'))),
		read.select({ n: count() }).from(drafts).where(isNull(drafts.closedAt)),
		read.select({ n: count() }).from(versions),
		rangeOf(observations),
		rangeOf(targets)
	]);
	return {
		people: people[0]?.n ?? 0,
		units: unit[0]?.n ?? 0,
		openImports: open[0]?.n ?? 0,
		drafts: openDrafts[0]?.n ?? 0,
		versions: published[0]?.n ?? 0,
		history,
		targets: aims
	};
}

async function newestReplay(read: Queries): Promise<HandOver['replay']> {
	const [row] = await read
		.select({
			id: replays.id,
			draftId: replays.draftId,
			verdict: replays.verdict,
			report: replays.report,
			at: replays.finishedAt
		})
		.from(replays)
		.where(eq(replays.status, 'done'))
		.orderBy(desc(replays.finishedAt))
		.limit(1);
	if (!row?.report || row.at === null) return null;
	const { scored, rows } = row.report.coverage;
	return { id: row.id, draftId: row.draftId, verdict: row.verdict, at: row.at, scored, rows };
}

async function membersOf(ctx: Context): Promise<HandOver['members']> {
	const rows = await ctx.control.read
		.select({
			name: users.name,
			roles: memberships.roles,
			mustChangePassword: users.mustChangePassword
		})
		.from(memberships)
		.innerJoin(users, eq(users.id, memberships.userId))
		.where(
			and(
				eq(memberships.clientId, ctx.clientId),
				isNull(memberships.revokedAt),
				isNull(users.disabledAt),
				or(isNull(memberships.endsAt), gt(memberships.endsAt, momentOf(ctx.clock)))
			)
		)
		.orderBy(asc(users.name));
	return rows.map(({ name, roles, mustChangePassword }) => ({
		name,
		roles,
		// Whoever still has the password they were given has never come in.
		hasSignedIn: !mustChangePassword
	}));
}
