/** A mapping as its repairs leave it: the one place where repairs of notation take effect. */
import * as v from 'valibot';
import { toWire } from '#lib/contract/base.ts';
import {
	columnTransform,
	type ColumnTransform,
	type ImportMapping
} from '#lib/contract/import-mapping.ts';

/** The mapping with its repairs of notation and of missing units applied; the others stay rules. */
export function withRepairs(mapping: ImportMapping): ImportMapping {
	const createUnits =
		mapping.createUnits || mapping.repairs.some(({ kind }) => kind === 'create_units');
	const columns = mapping.columns.map((column) => {
		let { transform } = column;
		for (const repair of mapping.repairs) {
			if (repair.kind !== 'notation' || repair.field !== column.field) continue;
			transform = merged(transform, repair.set);
		}
		return transform === undefined ? column : { ...column, transform };
	});
	return { ...mapping, columns, createUnits };
}

function merged(
	transform: ColumnTransform | undefined,
	set: Readonly<Record<string, unknown>>
): ColumnTransform {
	const own = (toWire(columnTransform, transform ?? {}) ?? {}) as Record<string, unknown>;
	return v.parse(columnTransform, { ...own, ...set });
}
