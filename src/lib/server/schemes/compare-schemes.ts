import type { InferOutput } from 'valibot';
import type { differenceRequest, mergeRequest } from '../../contract/checks.ts';
import type { SchemeDocument } from '../../engine/scheme/document.ts';
import { diffSchemes } from '../../engine/revise/diff.ts';
import type { SchemeEdit } from '../../engine/revise/edit.ts';
import { mergeSchemes, type MergeResult } from '../../engine/revise/merge.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { clientDictionary } from '../metrics/client-dictionary.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { readSide } from './scheme-side.ts';

/** In what the second scheme differs from the first, edit by edit, in words. */
export async function compareSchemes(
	ctx: Context,
	actor: Actor,
	input: InferOutput<typeof differenceRequest>
): Promise<{ readonly edits: readonly SchemeEdit[] }> {
	admitActor(ctx, actor, 'draft.read');
	const [from, to] = await Promise.all([readSide(ctx, input.from), readSide(ctx, input.to)]);
	return { edits: diffSchemes(from, to, await wordsOf(ctx)) };
}

/** Merges two schemes that descend from one. Stores nothing; conflicts keep ours and are listed. */
export async function mergeSides(
	ctx: Context,
	actor: Actor,
	input: InferOutput<typeof mergeRequest>
): Promise<MergeResult<SchemeDocument>> {
	admitActor(ctx, actor, 'draft.read');
	const [base, ours, theirs] = await Promise.all([
		readSide(ctx, input.base),
		readSide(ctx, input.ours),
		readSide(ctx, input.theirs)
	]);
	return mergeSchemes(base, ours, theirs, await wordsOf(ctx));
}

async function wordsOf({ db }: Pick<Context, 'db'>) {
	const [metrics, dictionary] = await Promise.all([
		loadMetrics(db.read),
		clientDictionary(db.read)
	]);
	return { metrics, dictionary };
}
