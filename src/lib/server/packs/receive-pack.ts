import { and, eq } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { sha256Hex } from '#lib/engine/hash.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { receivedPacks } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { runThread } from '../jobs/run-thread.ts';
import type { JudgedArchive } from './archive/judge-archive.ts';
import type { JudgeWork } from './judge.thread.ts';
import judgeThread from './judge.thread.ts?thread';
import { packProblems } from './problems.ts';

export interface ReceivePack {
	/** The zip as it came. */
	readonly bytes: Uint8Array;
}

export interface PackReceived {
	readonly pack: string;
	readonly version: string;
	readonly hash: string;
	readonly name: LocalText;
	/** Name of the trusted key that signed it; null for a pack without a signature. */
	readonly signer: string | null;
	/** False when the very same pack was kept already. */
	readonly changed: boolean;
}

/**
 * Judges an archive and keeps its pack for this client; nothing is installed by that. A refused one
 * leaves an entry in the audit trail and nothing else: what is installed and what was kept stays.
 */
export async function receivePack(
	ctx: Context,
	actor: Actor,
	{ bytes }: ReceivePack
): Promise<PackReceived> {
	admitActor(ctx, actor, 'pack.install');
	const now = momentOf(ctx.clock);
	const archiveHash = sha256Hex(bytes);
	const judged = await runThread<JudgeWork, JudgedArchive>(judgeThread, {
		bytes,
		dataDir: ctx.dataDir,
		today: now.slice(0, 10)
	});
	const { pack, files, signer, findings } = judged;
	if (!pack) {
		const errors = findings.filter(({ severity }) => severity === 'error');
		await ctx.db.write((tx) =>
			recordEvent(tx, ctx, actor, {
				type: 'pack_refused',
				archive_hash: archiveHash,
				codes: [...new Set(errors.map(({ code }) => code))].slice(0, 20)
			})
		);
		const [first] = errors;
		throw refuse(packProblems, 'archive_refused', {
			details: {
				count: errors.length,
				first: first?.message.en ?? '',
				first_zh: first?.message['zh-CN'] ?? ''
			},
			diagnostics: findings
		});
	}
	const { id, version, name } = pack.manifest;
	const received = { pack: id, version, hash: pack.hash, name, signer };
	return ctx.db.write(async (tx) => {
		const here = and(eq(receivedPacks.packId, id), eq(receivedPacks.version, version));
		const [known] = await tx.select().from(receivedPacks).where(here);
		if (known?.hash === pack.hash && known.signer === signer) {
			return { ...received, changed: false };
		}
		if (known && known.hash !== pack.hash) {
			throw refuse(packProblems, 'version_rewritten', { details: { version } });
		}
		if (known) await tx.delete(receivedPacks).where(here);
		await tx.insert(receivedPacks).values({
			packId: id,
			version,
			hash: pack.hash,
			archiveHash,
			files: Object.fromEntries(files),
			signer,
			receivedAt: now,
			receivedBy: actor.userId
		});
		await recordEvent(tx, ctx, actor, {
			type: 'pack_received',
			pack: id,
			version,
			hash: pack.hash,
			archive_hash: archiveHash,
			signer
		});
		return { ...received, changed: true };
	});
}
