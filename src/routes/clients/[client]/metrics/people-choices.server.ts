/** People to choose from, as far as the actor sees them. */
import type { Actor, Context } from '#lib/server/context.ts';
import { findPeople } from '#lib/server/people/find-people.ts';
import { loadUnits } from '#lib/server/people/unit-tree.ts';

/** More are found by typing their id. */
const MOST = 500;

/** Ids and names for a list to choose from. */
export async function namesOfPeople(
	ctx: Context,
	actor: Actor
): Promise<{ readonly id: string; readonly name: string }[]> {
	const { people } = await findPeople(ctx, actor, { limit: MOST, includeLeft: true });
	return people.map(({ id, name }) => ({ id, name }));
}

/** Units of the client, with their Chinese names. */
export async function namesOfUnits(
	ctx: Context
): Promise<{ readonly id: string; readonly name: string }[]> {
	const tree = await loadUnits(ctx.db.read);
	return [...tree.all.values()].map(({ id, name }) => ({ id, name: name['zh-CN'] }));
}
