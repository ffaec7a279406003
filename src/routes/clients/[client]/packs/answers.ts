/** The answers to a pack's questions as a form holds them, and as they are sent: only what differs. */
import type { PackAnswers, PackField, ParamAnswer } from '#lib/packs/answers.ts';

/** What is typed for one question; figures of units beside the general one. */
export interface FieldAnswer {
	text: string;
	value: number | null;
	/** Twelve figures, January first; null without seasons. */
	months: (number | null)[] | null;
	units: { unit: string; value: number | null }[];
}

/** The form before anybody typed: what the pack proposes. */
export function startAnswers(fields: readonly PackField[]): Record<string, FieldAnswer> {
	return Object.fromEntries(
		fields.map(({ id, default: proposed }): [string, FieldAnswer] => [
			id,
			{
				text: typeof proposed === 'string' ? proposed : '',
				value: typeof proposed === 'number' ? proposed : null,
				months: Array.isArray(proposed) ? [...(proposed as readonly number[])] : null,
				units: []
			}
		])
	);
}

/** What is sent: questions that were left as proposed are left out. */
export function answersOf(
	fields: readonly PackField[],
	entered: Readonly<Record<string, FieldAnswer>>
): PackAnswers {
	const answers: {
		currency?: string;
		period?: NonNullable<PackAnswers['period']>;
		grades: Record<string, number>;
		params: Record<string, ParamAnswer>;
	} = { grades: {}, params: {} };
	for (const field of fields) {
		const answer = entered[field.id];
		if (!answer) continue;
		const id = field.id.replace(/^(grades|params)\./, '');
		const isNew = answer.value !== null && answer.value !== field.default;
		if (field.kind === 'currency' && answer.text && answer.text !== field.default) {
			answers.currency = answer.text;
		} else if (field.kind === 'period' && answer.text && answer.text !== field.default) {
			answers.period = answer.text as NonNullable<PackAnswers['period']>;
		} else if (field.kind === 'grade' && isNew) {
			answers.grades[id] = answer.value ?? 0;
		} else if (field.kind === 'param') {
			const param = paramOf(field, answer);
			if (param) answers.params[id] = param;
		}
	}
	const { grades, params, ...rest } = answers;
	return {
		...rest,
		...(Object.keys(grades).length > 0 ? { grades } : {}),
		...(Object.keys(params).length > 0 ? { params } : {})
	};
}

function paramOf(field: PackField, { value, months, units }: FieldAnswer): ParamAnswer | null {
	const season = months?.every((month) => month !== null) ? (months as number[]) : null;
	const hasSeason =
		season !== null &&
		JSON.stringify(season) !== JSON.stringify(Array.isArray(field.default) ? field.default : null);
	// Without its seasons a parameter that has them by default becomes one figure.
	const isPlain = months === null && value !== null && value !== field.default;
	const own = Object.fromEntries(
		units.flatMap(({ unit, value: figure }) => (unit && figure !== null ? [[unit, figure]] : []))
	);
	const hasUnits = Object.keys(own).length > 0;
	if (!hasSeason && !isPlain && !hasUnits) return null;
	return {
		...(isPlain ? { value } : {}),
		...(hasSeason ? { months: season } : {}),
		...(hasUnits ? { units: own } : {})
	};
}
