import * as v from 'valibot';
import type { Json } from '#lib/engine/logic/rule.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { settings } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { metricProblems } from '../metrics/problems.ts';
import { clientSettings, readSettings, type ClientSettings } from './client-settings.ts';

/** The settings of the client, for those who may read them. */
export async function getSettings(ctx: Context, actor: Actor): Promise<ClientSettings> {
	admitActor(ctx, actor, 'settings.read');
	return readSettings(ctx.db.read);
}

/** Changes some settings; the others keep their values. */
export async function saveSettings(
	ctx: Context,
	actor: Actor,
	input: Partial<ClientSettings>
): Promise<ClientSettings> {
	admitActor(ctx, actor, 'settings.edit');
	return ctx.db.write(async (tx) => {
		const before = await readSettings(tx);
		const after = v.safeParse(clientSettings, { ...before, ...input });
		if (!after.success) {
			const key = String(after.issues[0].path?.[0]?.key ?? '');
			throw refuse(metricProblems, 'setting_refused', { details: { key } });
		}
		const now = momentOf(ctx.clock);
		for (const [key, value] of Object.entries(after.output)) {
			const old: unknown = Reflect.get(before, key);
			if (JSON.stringify(old) === JSON.stringify(value)) continue;
			const row = { value: value as Json, updatedAt: now, updatedBy: actor.userId };
			await tx
				.insert(settings)
				.values({ key, ...row })
				.onConflictDoUpdate({ target: settings.key, set: row });
			await recordEvent(tx, ctx, actor, { type: 'setting_changed', key });
		}
		return after.output;
	});
}
