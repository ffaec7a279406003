import { eq } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { unitMoves, units } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { readSettings } from '../settings/client-settings.ts';
import { peopleProblems } from './problems.ts';
import { todayOf } from './scope.ts';
import { loadUnits } from './unit-tree.ts';

export interface SaveUnit {
	readonly id: string;
	readonly parentId: string | null;
	readonly name: LocalText;
	readonly kind: string;
	/** From which day the place in the tree holds; today unless given. */
	readonly validFrom?: string;
}

/** Makes a unit, or renames or moves one. A move is dated, so history keeps the old tree. */
export async function saveUnit(ctx: Context, actor: Actor, input: SaveUnit): Promise<void> {
	admitActor(ctx, actor, 'people.edit');
	const settings = await readSettings(ctx.db.read);
	const validFrom = input.validFrom ?? todayOf(ctx, settings);

	await ctx.db.write(async (tx) => {
		const tree = await loadUnits(tx);
		const known = tree.all.get(input.id);
		if (input.parentId !== null) {
			if (!tree.all.has(input.parentId)) throw refuse(peopleProblems, 'unit_parent_unknown');
			if (known && tree.isWithin(input.parentId, input.id))
				throw refuse(peopleProblems, 'unit_cycle');
		}
		const now = momentOf(ctx.clock);
		const values = { parentId: input.parentId, name: input.name, kind: input.kind };
		if (known) await tx.update(units).set(values).where(eq(units.id, input.id));
		else await tx.insert(units).values({ id: input.id, ...values, createdAt: now });
		if (known && known.parentId !== input.parentId) {
			const moves = await tx
				.select({ id: unitMoves.id })
				.from(unitMoves)
				.where(eq(unitMoves.unitId, input.id));
			const move = (parentId: string | null, from: string) => ({
				unitId: input.id,
				parentId,
				validFrom: from,
				recordedAt: now,
				recordedBy: actor.userId
			});
			// The first move also says where the unit had been, or the past would follow the present.
			if (moves.length === 0) await tx.insert(unitMoves).values(move(known.parentId, '0001-01-01'));
			await tx.insert(unitMoves).values(move(input.parentId, validFrom));
		}
		await recordEvent(tx, ctx, actor, { type: 'unit_saved', unit: input.id });
	});
}
