import { asc } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { parameters, parameterValues } from '../db/client/schema.ts';
import type { PackOrigin } from '../db/client/tables/metrics.ts';

export interface ParameterValue {
	readonly id: number;
	/** Null for the whole client. */
	readonly unitId: string | null;
	/** The period from which it holds. */
	readonly validFrom: string;
	readonly value: number | null;
	readonly source: string | null;
	readonly evidence: string | null;
	readonly recordedAt: string;
	readonly recordedBy: string;
	readonly withdrawnAt: string | null;
}

export interface Parameter {
	readonly id: string;
	readonly name: LocalText;
	readonly unit: string;
	readonly origin: PackOrigin | null;
	/** Everything ever recorded, newest period first; of equal periods the later record counts. */
	readonly values: readonly ParameterValue[];
}

/** The client's parameters with all their values, withdrawn ones included. */
export async function findParameters(ctx: Context, actor: Actor): Promise<readonly Parameter[]> {
	admitActor(ctx, actor, 'metric.read');
	const [defined, values] = await Promise.all([
		ctx.db.read.select().from(parameters).orderBy(asc(parameters.id)),
		ctx.db.read.select().from(parameterValues)
	]);
	const byParameter = new Map<string, ParameterValue[]>();
	for (const { parameterId, batchId: _batch, withdrawnBy: _by, ...value } of values) {
		const list = byParameter.get(parameterId);
		if (list) list.push(value);
		else byParameter.set(parameterId, [value]);
	}
	return defined.map(({ id, name, unit, origin }) => ({
		id,
		name,
		unit,
		origin,
		values: (byParameter.get(id) ?? []).sort((a, b) =>
			a.validFrom < b.validFrom ? 1 : a.validFrom > b.validFrom ? -1 : b.id - a.id
		)
	}));
}
