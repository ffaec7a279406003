/** The dated values that a pack's parameter gets at installation. */
import { isNull, sql } from 'drizzle-orm';
import { diagnose, pointer, type Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { paramAnswer } from '#lib/packs/adapt-pack.ts';
import { answerDiagnostics } from '#lib/packs/answer-diagnostics.ts';
import type { PackAnswers } from '#lib/packs/answers.ts';
import type { PackParam } from '#lib/packs/pack.ts';
import { observations } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { loadUnits } from '../people/unit-tree.ts';
import type { ParamValue } from './part-writer.ts';

/** From this month on a pack's parameters hold, so that history can be replayed with them. */
const PARAMS_FROM = '2000-01';

/** Years for which the months of a season are written ahead. */
const YEARS_AHEAD = 3;

/** The years in which a season repeats: from the first figure to some years after today. */
export interface SeasonYears {
	readonly from: number;
	readonly to: number;
}

/** The years a client's seasonal parameters are written for. */
export async function seasonYears(queries: Queries, now: string): Promise<SeasonYears> {
	const [row] = await queries
		.select({ first: sql<string | null>`min(${observations.period})` })
		.from(observations)
		.where(isNull(observations.withdrawnAt));
	const year = Number(now.slice(0, 4));
	const first = Number((row?.first ?? '').slice(0, 4));
	return { from: first >= 1900 ? Math.min(first, year) : year - 2, to: year + YEARS_AHEAD };
}

/** What is written for one parameter: the client's value, its seasons, and those of single units. */
export function paramValues(
	param: PackParam,
	answers: PackAnswers,
	years: SeasonYears,
	knownUnits: ReadonlySet<string>
): ParamValue[] {
	const { value, units, months } = paramAnswer(answers, param.id);
	const season = months ?? (value === undefined ? param.months : undefined);
	const general = { unitId: null, validFrom: PARAMS_FROM, value: value ?? param.default };
	return [
		general,
		...(season ? seasonal(season, years) : []),
		...datedValues(param, answers, knownUnits),
		...Object.entries(units ?? {}).map(([unitId, figure]) => ({
			unitId,
			validFrom: PARAMS_FROM,
			value: figure
		}))
	];
}

/**
 * The dated values that the pack itself brings. An answer for everybody takes the place of those for
 * everybody, one for a unit of those for it; a unit that the client does not have gets none.
 */
function datedValues(
	{ id, values = [] }: PackParam,
	answers: PackAnswers,
	knownUnits: ReadonlySet<string>
): ParamValue[] {
	const { value, months, units = {} } = paramAnswer(answers, id);
	const isAnswered = value !== undefined || months !== undefined;
	return values
		.filter(({ unit }) =>
			unit === undefined ? !isAnswered : knownUnits.has(unit) && units[unit] === undefined
		)
		.map(({ from, unit, value: figure }) => ({
			unitId: unit ?? null,
			validFrom: from,
			value: figure
		}));
}

/** The units of the client, for the values of single ones. */
export async function unitIds(queries: Queries): Promise<ReadonlySet<string>> {
	return new Set((await loadUnits(queries)).all.keys());
}

function seasonal(months: readonly number[], { from, to }: SeasonYears): ParamValue[] {
	return Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((year) =>
		months.map((value, month) => ({
			unitId: null,
			validFrom: `${year}-${String(month + 1).padStart(2, '0')}`,
			value
		}))
	);
}

/** Figures for units that the client does not have. */
export async function unknownUnits(
	queries: Queries,
	answers: PackAnswers
): Promise<readonly Diagnostic[]> {
	const named = Object.keys(answers.params ?? {}).flatMap((id) =>
		Object.keys(paramAnswer(answers, id).units ?? {}).map((unit) => [id, unit] as const)
	);
	if (named.length === 0) return [];
	const tree = await loadUnits(queries);
	return named
		.filter(([, unit]) => !tree.all.has(unit))
		.map(([id, unit]) =>
			diagnose(answerDiagnostics, 'answer_unit_unknown', pointer('/params', id, 'units', unit), {
				field: `params.${id}`,
				unit: unit.slice(0, 60)
			})
		);
}
