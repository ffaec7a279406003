/** `quanheng db migrate`, `client list|create`, `audit verify`, `version list`. */
import { asc } from 'drizzle-orm';
import type { Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import { verifyAudit } from '#lib/server/audit/verify-audit.ts';
import { createClient } from '#lib/server/auth/create-client.ts';
import { SYSTEM_MANAGER } from '#lib/server/auth/managers.ts';
import { clients } from '#lib/server/db/control/schema.ts';
import { versions } from '#lib/server/db/client/schema.ts';
import { controlContext, type Instance } from '#lib/server/instance.ts';
import { verifyVersions } from '#lib/server/versions/verify-versions.ts';
import { failure } from '../failure.ts';
import { EXIT, localeOf, type ExitCode, type Io } from '../io.ts';
import type { ClientOptions, InstanceOptions } from './options.ts';
import { contextOf, withInstance } from './with-instance.ts';

async function clientIds(instance: Instance): Promise<string[]> {
	const rows = await instance.databases.control.read
		.select({ id: clients.id })
		.from(clients)
		.orderBy(asc(clients.id));
	return rows.map(({ id }) => id);
}

/** Opening a database migrates it, so opening all of them is the whole work. */
export async function runMigrate(io: Io, options: InstanceOptions): Promise<ExitCode> {
	return withInstance(
		io,
		options,
		async (instance) => {
			const ids = await clientIds(instance);
			for (const id of ids) await instance.databases.client(id);
			const migrated = ['control', ...ids];
			await io.write(
				options.json ? `${JSON.stringify({ migrated }, null, '\t')}\n` : `${migrated.join('\n')}\n`
			);
			return EXIT.done;
		},
		{ create: true }
	);
}

export async function runClients(io: Io, options: InstanceOptions): Promise<ExitCode> {
	const locale = localeOf(io, options.locale);
	return withInstance(io, options, async (instance) => {
		const rows = await instance.databases.control.read
			.select()
			.from(clients)
			.orderBy(asc(clients.id));
		const list = rows.map(({ id, name, demo, archivedAt }) => ({
			id,
			name,
			demo,
			archived: archivedAt !== null
		}));
		await io.write(
			options.json
				? `${JSON.stringify({ clients: list }, null, '\t')}\n`
				: list.map(({ id, name }) => `${id}\t${name[locale]}\n`).join('')
		);
		return EXIT.done;
	});
}

export async function runCreateClient(
	io: Io,
	id: string,
	options: ClientOptions
): Promise<ExitCode> {
	const name = { 'zh-CN': options.nameZh ?? id, en: options.nameEn ?? id };
	if (!options.dryRun) {
		await withInstance(
			io,
			options,
			async (instance) => {
				await createClient(controlContext(instance), SYSTEM_MANAGER, { id, name });
				await instance.databases.client(id);
			},
			{ create: true }
		);
	}
	await io.write(options.json ? `${JSON.stringify({ id, name })}\n` : `${id}\n`);
	return EXIT.done;
}

interface Verified {
	readonly chain: string;
	readonly entries: number;
	readonly intact: boolean;
	readonly head: string;
	readonly fault: string | null;
	readonly altered_versions: readonly string[];
}

const VERDICTS: Readonly<Record<Locale, readonly [intact: string, altered: string]>> = {
	'zh-CN': ['完好', '被改动'],
	en: ['intact', 'ALTERED']
};

export async function runVerify(io: Io, options: ClientOptions): Promise<ExitCode> {
	const locale = localeOf(io, options.locale);
	const results = await withInstance(io, options, async (instance) => {
		const ids = options.client === undefined ? await clientIds(instance) : [options.client];
		const found: Verified[] = [];
		if (options.client === undefined) {
			found.push(verified('control', await verifyAudit(instance.databases.control.read), []));
		}
		for (const id of ids) {
			const { db } = await contextOf(instance, id);
			const altered = await verifyVersions(db.read);
			found.push(
				verified(
					id,
					await verifyAudit(db.read),
					altered.map(({ schemeId, number }) => `${schemeId} ${number}`)
				)
			);
		}
		return found;
	});
	const [good, bad] = VERDICTS[locale];
	await io.write(
		options.json
			? `${JSON.stringify({ chains: results }, null, '\t')}\n`
			: results
					.map(({ chain, entries, intact, head, fault, altered_versions: altered }) =>
						[chain, entries, intact ? good : `${bad} ${fault ?? altered.join(', ')}`, head].join(
							'\t'
						)
					)
					.join('\n')
					.concat('\n')
	);
	const broken = results.filter(({ intact }) => !intact);
	if (broken.length > 0) {
		throw failure('audit_broken', { chains: broken.map(({ chain }) => chain).join(', ') });
	}
	return EXIT.done;
}

function verified(
	chain: string,
	verdict: Awaited<ReturnType<typeof verifyAudit>>,
	altered: readonly string[]
): Verified {
	const { intact, entries, head, fault } = verdict;
	return {
		chain,
		entries,
		intact: intact && altered.length === 0,
		head: head.hash,
		fault: fault ? `${fault.kind} ${fault.seq}` : null,
		altered_versions: altered
	};
}

export async function runVersions(io: Io, options: ClientOptions): Promise<ExitCode> {
	return withInstance(io, options, async (instance) => {
		const { db } = await contextOf(instance, options.client ?? '');
		const rows = await db.read
			.select({
				scheme: versions.schemeId,
				number: versions.number,
				effective_from: versions.effectiveFrom,
				hash: versions.hash,
				published_at: versions.publishedAt
			})
			.from(versions)
			.orderBy(asc(versions.schemeId), asc(versions.number));
		await io.write(
			options.json
				? `${JSON.stringify({ versions: rows }, null, '\t')}\n`
				: rows
						.map(
							({ scheme, number, effective_from: from, hash }) =>
								`${[scheme, number, from, hash].join('\t')}\n`
						)
						.join('')
		);
		return EXIT.done;
	});
}
