/** A scheme that a request names: written out, or a version or a draft of the client. */
import type { InferOutput } from 'valibot';
import type { schemeSide } from '../../contract/checks.ts';
import type { Json } from '../../engine/logic/rule.ts';
import type { SchemeDocument } from '../../engine/scheme/document.ts';
import { parseScheme } from '../../engine/scheme/validate.ts';
import type { Context } from '../context.ts';
import { refuse } from '../http/problem.ts';
import { readVersion } from '../versions/read.ts';
import { schemeProblems } from './problems.ts';
import { readDraft } from './read.ts';

export type SchemeSide = InferOutput<typeof schemeSide>;

/** The scheme of a side; a document that is no scheme is refused with its findings. */
export async function readSide(
	ctx: Pick<Context, 'db'>,
	side: SchemeSide
): Promise<SchemeDocument> {
	const { scheme, diagnostics } = parseScheme(await documentOf(ctx, side));
	if (scheme) return scheme;
	const errors = diagnostics.filter(({ severity }) => severity === 'error');
	throw refuse(schemeProblems, 'document_not_scheme', {
		details: { count: errors.length },
		diagnostics: errors
	});
}

async function documentOf(
	ctx: Pick<Context, 'db'>,
	side: SchemeSide
): Promise<Json | SchemeDocument> {
	if ('document' in side) return side.document;
	if ('draft' in side) return (await readDraft(ctx.db.read, side.draft)).document;
	return (await readVersion(ctx.db.read, side.schemeId, side.number)).document;
}
