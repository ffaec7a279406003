import { eq } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { units } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { readSettings } from '../settings/client-settings.ts';
import { loadPeople } from './history.ts';
import { peopleProblems } from './problems.ts';
import { employeesWithin, todayOf } from './scope.ts';
import { loadUnits } from './unit-tree.ts';

/**
 * Closes a unit that nobody belongs to any more. Refused while people or other units are in it:
 * they are moved first, so that nobody is left without a place. History keeps the unit's name.
 */
export async function closeUnit(
	ctx: Context,
	actor: Actor,
	input: { readonly id: string }
): Promise<void> {
	admitActor(ctx, actor, 'people.edit');
	const day = todayOf(ctx, await readSettings(ctx.db.read));
	await ctx.db.write(async (tx) => {
		const [people, tree] = [await loadPeople(tx), await loadUnits(tx)];
		const known = tree.all.get(input.id);
		if (!known) throw refuse(commonProblems, 'not_found');
		const within = employeesWithin(people, tree, input.id, day).filter(
			(id) => people.lastEmployedDay(id, day, day) !== null
		);
		const below = [...tree.all.values()].filter(({ parentId }) => parentId === input.id);
		if (within.length + below.length > 0) {
			throw refuse(peopleProblems, 'unit_not_empty', {
				details: { people: within.length, units: below.length }
			});
		}
		await tx
			.update(units)
			.set({ closedAt: momentOf(ctx.clock) })
			.where(eq(units.id, input.id));
		await recordEvent(tx, ctx, actor, { type: 'unit_closed', unit: input.id });
	});
}
