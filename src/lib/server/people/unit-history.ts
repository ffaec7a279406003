import { asc, eq } from 'drizzle-orm';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { unitMoves } from '../db/client/schema.ts';

export interface UnitMove {
	readonly parentId: string | null;
	readonly validFrom: string;
	readonly recordedAt: string;
	readonly batchId: string | null;
	readonly withdrawnAt: string | null;
}

/** Where a unit has been in the tree, oldest first; empty for one that never moved. */
export async function historyOfUnit(
	ctx: Context,
	actor: Actor,
	input: { readonly unitId: string }
): Promise<readonly UnitMove[]> {
	admitActor(ctx, actor, 'people.list');
	return ctx.db.read
		.select({
			parentId: unitMoves.parentId,
			validFrom: unitMoves.validFrom,
			recordedAt: unitMoves.recordedAt,
			batchId: unitMoves.batchId,
			withdrawnAt: unitMoves.withdrawnAt
		})
		.from(unitMoves)
		.where(eq(unitMoves.unitId, input.unitId))
		.orderBy(asc(unitMoves.validFrom), asc(unitMoves.id));
}
