/** Parameters of a client: dated values, for everybody or for a unit and those below it. */
import { and, asc, isNull, lte, sql } from 'drizzle-orm';
import { firstDayOf } from '#lib/contract/periods.ts';
import { parameterValues } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import type { UnitTree } from '../people/unit-tree.ts';

interface DatedParameter {
	readonly unitId: string | null;
	readonly validFrom: string;
	readonly value: number | null;
}

/** A value that is tried before anybody stored it; the client's own values of the parameter count more. */
export interface ProposedParameter extends DatedParameter {
	readonly id: string;
}

export class Parameters {
	readonly #values: ReadonlyMap<string, readonly DatedParameter[]>;

	constructor(values: ReadonlyMap<string, readonly DatedParameter[]>) {
		this.#values = values;
	}

	/** The value in force on a day: of the nearest unit upward that has one, else the client's. */
	valueOf(
		id: string,
		unit: string | null,
		tree: UnitTree,
		day: string,
		fiscalMonth: number
	): number | null {
		const inForce = (this.#values.get(id) ?? []).filter(
			({ validFrom }) => firstDayOf(validFrom, fiscalMonth) <= day
		);
		const units = unit === null ? [] : tree.upward(unit, day);
		for (const place of [...units, null]) {
			const found = inForce.filter(({ unitId }) => unitId === place).at(-1);
			if (found) return found.value;
		}
		return null;
	}
}

/** Reads all values, oldest first; of equal dates the one recorded later counts. */
export async function loadParameters(
	queries: Queries,
	knownAt: string | null = null,
	proposed: readonly ProposedParameter[] = []
): Promise<Parameters> {
	const rows = await queries
		.select({
			parameterId: parameterValues.parameterId,
			unitId: parameterValues.unitId,
			validFrom: parameterValues.validFrom,
			value: parameterValues.value
		})
		.from(parameterValues)
		.where(
			knownAt === null
				? isNull(parameterValues.withdrawnAt)
				: and(
						lte(parameterValues.recordedAt, knownAt),
						sql`(${parameterValues.withdrawnAt} IS NULL OR ${parameterValues.withdrawnAt} > ${knownAt})`
					)
		)
		.orderBy(asc(parameterValues.validFrom), asc(parameterValues.id));
	const values = new Map<string, DatedParameter[]>();
	for (const { parameterId, ...value } of rows) {
		values.set(parameterId, [...(values.get(parameterId) ?? []), value]);
	}
	const stored = new Set(values.keys());
	for (const { id, ...value } of proposed) {
		if (!stored.has(id)) values.set(id, [...(values.get(id) ?? []), value]);
	}
	for (const [id, list] of values) {
		if (!stored.has(id)) list.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
	}
	return new Parameters(values);
}
