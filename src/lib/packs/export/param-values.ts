/** The values of a client's parameter as a pack states them. Pure. */
import type { PackParam, PackParamValue } from '../pack.ts';

/** A value as the client recorded it, oldest first. */
export interface RecordedValue {
	readonly unitId: string | null;
	readonly validFrom: string;
	readonly value: number;
}

/**
 * The default is what holds for everybody today. Figures that repeat month for month in every year
 * are a season; any other history goes along as dated values, those of single units as well.
 */
export function exportedValues(
	values: readonly RecordedValue[]
): Pick<PackParam, 'default' | 'months' | 'values'> {
	const general = values.filter(({ unitId }) => unitId === null);
	const ofUnits = values.filter(({ unitId }) => unitId !== null);
	const season = seasonOf(general);
	const plain = season ? season.rest : general;
	const dated = [
		// A single value holds as the default does: always.
		...(plain.length > 1 ? plain : []).map(({ validFrom, value }): PackParamValue => ({
			from: validFrom,
			value
		})),
		...ofUnits.map(({ unitId, validFrom, value }): PackParamValue => ({
			from: validFrom,
			value,
			...(unitId === null ? {} : { unit: unitId })
		}))
	];
	return {
		default: plain.at(-1)?.value ?? season?.months[0] ?? 0,
		...(season ? { months: season.months } : {}),
		...(dated.length > 0 ? { values: dated } : {})
	};
}

/** Twelve months in a row at least, each with the same value whatever the year. */
function seasonOf(values: readonly RecordedValue[]): {
	readonly months: readonly number[];
	/** What is no part of the season: the value before it. */
	readonly rest: readonly RecordedValue[];
} | null {
	const start = values.findIndex(({ validFrom }, index) => {
		const year = validFrom.slice(0, 4);
		return (
			validFrom.slice(5, 7) === '01' &&
			Array.from({ length: 12 }, (_, month) => values[index + month]?.validFrom).every(
				(from, month) => from?.slice(0, 7) === `${year}-${String(month + 1).padStart(2, '0')}`
			)
		);
	});
	if (start < 0) return null;
	const months = values.slice(start, start + 12).map(({ value }) => value);
	const repeats = values
		.slice(start)
		.every(({ validFrom, value }) => months[Number(validFrom.slice(5, 7)) - 1] === value);
	return repeats ? { months, rest: values.slice(0, start) } : null;
}
