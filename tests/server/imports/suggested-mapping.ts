/** What the wizard suggests for a dirty table, with the names that a person would add. */
import type { ImportBatch } from '#lib/server/imports/batches.ts';
import type { MappingInput } from './import-files.ts';

/** Names of columns that no suggestion covers, as a person would map them. */
const FIGURES: Readonly<Record<string, string>> = {
	Umsatz: 'metric.sales',
	Auftraege: 'metric.orders',
	Zielerreichung: 'metric.attainment',
	'数值 / Value': 'metric.sales'
};
const TARGETS: Readonly<Record<string, string>> = {
	Ziel: 'target.sales',
	目标: 'target.sales',
	月度目标: 'target.sales',
	target: 'target.sales'
};

export interface MappingExtra {
	readonly repairs?: MappingInput['repairs'];
	readonly looseIds?: boolean;
}

/** The mapping of a batch as far as it is about employees, periods and figures. */
export function suggestedMapping(
	batch: ImportBatch,
	kind: 'observations' | 'targets',
	extra: MappingExtra = {}
): MappingInput {
	const named = kind === 'targets' ? TARGETS : FIGURES;
	const prefix = kind === 'targets' ? 'target.' : 'metric.';
	const columns = batch.suggestions.flatMap(({ column, field, transform }) => {
		const suggested = kind === 'targets' && field?.startsWith(prefix) ? null : field;
		const target = named[column] ?? suggested;
		const isWanted =
			target === 'employee' || target === 'period' || target?.startsWith(prefix) === true;
		if (!isWanted || target === null) return [];
		const { decimal, scale, date } = transform ?? {};
		return [
			{
				field: target,
				columns: [column],
				transform: {
					...(decimal ? { decimal } : {}),
					...(scale ? { scale } : {}),
					...(date ? { date } : {}),
					...(target === 'employee' && extra.looseIds ? { loose_id: true } : {})
				}
			}
		];
	});
	return { columns, ...(extra.repairs ? { repairs: extra.repairs } : {}) };
}
