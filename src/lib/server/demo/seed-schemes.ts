/** What is in force at the demo client, with its whole way there, and the drafts that would change it. */
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { schemeHash, versionHash } from '#lib/engine/scheme/hash.ts';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import type { GeneratorSpec } from '#lib/packs/generator-spec.ts';
import type { Pack } from '#lib/packs/pack.ts';
import type { AuditEvent } from '../audit/events.ts';
import { recordEvent } from '../audit/record-event.ts';
import { momentOf } from '../clock.ts';
import type { Context } from '../context.ts';
import {
	decisions,
	draftRevisions,
	drafts,
	replays,
	schemes,
	submissions,
	versions
} from '../db/client/schema.ts';
import type { Tx } from '../db/database.ts';
import { documentFromTemplate } from '../packs/install-pack.ts';
import { usedMetrics } from '../versions/used-metrics.ts';
import { emptyReplayReport } from './empty-replay.ts';

interface People {
	readonly designer: string;
	readonly approver: string;
}

function peopleOf(spec: GeneratorSpec): People {
	const idOf = (role: string): string => {
		const account = spec.accounts.find((candidate) => candidate.role === role)?.account;
		if (account === undefined) throw new Error(`The sample client has nobody as ${role}.`);
		return `demo-${account}`;
	};
	return { designer: idOf('hr_designer'), approver: idOf('hr_approver') };
}

/** Publishes the schemes that were in force before: draft, replay, submission, decision, version. */
export async function seedVersions(
	tx: Tx,
	ctx: Context,
	pack: Pack,
	spec: GeneratorSpec
): Promise<void> {
	for (const { effectiveFrom, scheme } of spec.inForce) {
		const parsed = parseScheme(scheme, { metrics: pack.metrics });
		if (!parsed.scheme || hasErrors(parsed.diagnostics)) {
			throw new Error(`The scheme in force from ${effectiveFrom} is not valid.`);
		}
		await seedVersion(tx, ctx, spec, parsed.scheme, effectiveFrom);
	}
}

async function seedVersion(
	tx: Tx,
	ctx: Context,
	spec: GeneratorSpec,
	document: SchemeDocument,
	effectiveFrom: string
): Promise<void> {
	const { designer, approver } = peopleOf(spec);
	const now = momentOf(ctx.clock);
	const published = `${effectiveFrom}-01T01:00:00.000Z`;
	const at = published < now ? published : now;
	const clock = { now: () => new Date(at) };
	const tell = (userId: string, event: AuditEvent): Promise<void> =>
		recordEvent(tx, { clock }, { userId }, event);
	const id = document.id;
	const draftId = `${id}-v1-draft`;
	const replayId = `${id}-v1-replay`;
	const submissionId = `${id}-v1-submission`;
	const hash = schemeHash(document);
	const stored = document as unknown as JsonObject;
	const used = (await usedMetrics(tx, document)).map(({ definition }) => definition);
	const frozen = versionHash(document, used);

	await tx.insert(schemes).values({ id, name: document.name, createdAt: at, createdBy: designer });
	await tell(designer, { type: 'scheme_created', scheme: id });
	await tx.insert(drafts).values({
		id: draftId,
		schemeId: id,
		baseVersion: null,
		revision: 1,
		document: stored,
		hash,
		createdAt: at,
		createdBy: designer,
		updatedAt: at,
		updatedBy: designer,
		closedAt: at,
		closedBy: designer,
		closedAs: 'published',
		publishedVersion: 1
	});
	await tx
		.insert(draftRevisions)
		.values({ draftId, revision: 1, document: stored, hash, savedAt: at, savedBy: designer });
	await tell(designer, { type: 'draft_created', draft: draftId, scheme: id, base: null, hash });
	const report = emptyReplayReport(document, hash);
	await tx.insert(replays).values({
		id: replayId,
		draftId,
		draftRevision: 1,
		draftHash: hash,
		periodFrom: effectiveFrom,
		periodTo: effectiveFrom,
		datasetHash: report.dataset.hash,
		engineVersion: report.engine.version,
		status: 'done',
		report,
		verdict: {
			'zh-CN': '当时还没有历史数据可以回放。',
			en: 'There was no history to replay at that time.'
		},
		createdAt: at,
		createdBy: designer,
		finishedAt: at
	});
	await tx.insert(submissions).values({
		id: submissionId,
		draftId,
		draftRevision: 1,
		draftHash: hash,
		replayId,
		baseVersion: null,
		submittedAt: at,
		submittedBy: designer
	});
	await tell(designer, {
		type: 'draft_submitted',
		submission: submissionId,
		draft: draftId,
		draft_hash: hash,
		replay: replayId,
		base: null
	});
	await tx.insert(decisions).values({
		submissionId,
		verdict: 'approve',
		draftHash: hash,
		reason: '同意 / Agreed',
		decidedAt: at,
		decidedBy: approver
	});
	await tell(approver, {
		type: 'submission_decided',
		submission: submissionId,
		verdict: 'approve',
		draft_hash: hash,
		submitted_by: designer
	});
	await tx.insert(versions).values({
		schemeId: id,
		number: 1,
		document,
		metrics: used,
		hash: frozen,
		documentHash: hash,
		effectiveFrom,
		baseVersion: null,
		draftId,
		submissionId,
		replayId,
		submittedBy: designer,
		approvedBy: approver,
		approvedAt: at,
		publishedBy: designer,
		publishedAt: at
	});
	await tell(designer, {
		type: 'version_published',
		scheme: id,
		number: 1,
		hash: frozen,
		draft_hash: hash,
		base: null,
		effective_from: effectiveFrom,
		submission: submissionId,
		submitted_by: designer,
		approved_by: approver
	});
}

/** Opens a draft of each scheme the story wants changed, from the pack's template. */
export async function seedDrafts(
	tx: Tx,
	ctx: Context,
	pack: Pack,
	spec: GeneratorSpec
): Promise<void> {
	const { designer } = peopleOf(spec);
	const at = momentOf(ctx.clock);
	for (const id of spec.drafts) {
		const template = pack.schemes.get(id)?.document;
		if (!template) throw new Error(`The pack has no scheme “${id}”.`);
		const document = documentFromTemplate(template, {
			pack: pack.manifest.id,
			version: pack.manifest.version
		});
		const hash = schemeHash(document);
		const stored = document as unknown as JsonObject;
		const draftId = `${id}-draft`;
		const base = spec.inForce.some(
			({ scheme }) => (scheme as { readonly id?: unknown } | null)?.id === id
		)
			? 1
			: null;
		if (base === null) {
			await tx
				.insert(schemes)
				.values({ id, name: document.name, createdAt: at, createdBy: designer });
			await recordEvent(tx, ctx, { userId: designer }, { type: 'scheme_created', scheme: id });
		}
		await tx.insert(drafts).values({
			id: draftId,
			schemeId: id,
			baseVersion: base,
			revision: 1,
			document: stored,
			hash,
			createdAt: at,
			createdBy: designer,
			updatedAt: at,
			updatedBy: designer
		});
		await tx
			.insert(draftRevisions)
			.values({ draftId, revision: 1, document: stored, hash, savedAt: at, savedBy: designer });
		await recordEvent(
			tx,
			ctx,
			{ userId: designer },
			{ type: 'draft_created', draft: draftId, scheme: id, base, hash }
		);
	}
}
