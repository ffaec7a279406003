/** The action that saves a record type. */
import { redirect } from '@sveltejs/kit';
import type { Actor, Context } from '#lib/server/context.ts';
import { saveRecordType } from '#lib/server/records/save-record-type.ts';
import { answer, textOf } from '../../../form-answer.server.ts';

/** Saves the type of a form and leads to it; a refusal comes back to the form. */
export async function saveTypeForm(
	{ ctx, actor }: { readonly ctx: Context; readonly actor: Actor },
	request: Request
) {
	const data = await request.formData();
	const done = await answer(() =>
		saveRecordType(ctx, actor, {
			definition: parsed(textOf(data, 'definition')),
			revision: Number(textOf(data, 'revision'))
		})
	);
	if ('id' in done) redirect(303, `/clients/${ctx.clientId}/records/${done.id}`);
	return done;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return null;
	}
}
