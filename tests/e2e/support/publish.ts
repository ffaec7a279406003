/** From a draft to a version by the interface that programs use: replay, submit, approve, publish. */
import { expect, type Page } from '@playwright/test';
import { call } from './api.ts';

interface DraftAnswer {
	readonly revision: number;
	readonly hash: string;
	readonly base_version: number | null;
}

/** Publishes what a draft of the demo says, from a period on; needs a designer and an approver. */
export async function publishByApi(
	designer: Page,
	approver: Page,
	draft: string,
	from: string
): Promise<void> {
	const { revision, hash, base_version } = await call<DraftAnswer>(
		designer,
		'demo',
		'GET',
		`drafts/${draft}`
	);
	const replay = await call<{ id: string }>(designer, 'demo', 'POST', `drafts/${draft}/replays`, {
		revision,
		range: { from: '2026-08', to: '2026-10' }
	});
	await expect
		.poll(
			async () =>
				(await call<{ status: string }>(designer, 'demo', 'GET', `replays/${replay.id}`)).status,
			{ timeout: 30_000 }
		)
		.toBe('done');
	const submission = await call<{ id: string }>(
		designer,
		'demo',
		'POST',
		`drafts/${draft}/submissions`,
		{ draft_hash: hash, replay_id: replay.id, base_version }
	);
	await call(approver, 'demo', 'POST', `submissions/${submission.id}/decision`, {
		draft_hash: hash,
		verdict: 'approve',
		reason: '同意'
	});
	await call(designer, 'demo', 'POST', `submissions/${submission.id}/publication`, {
		draft_hash: hash,
		base_version,
		effective_from: from
	});
}
