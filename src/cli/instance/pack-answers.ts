/** Answers, decisions and choices as the command line gives them: `id=value`. */
import type { PeriodLength } from '#lib/engine/scheme/document.ts';
import type { PackAnswers, ParamAnswer } from '#lib/packs/answers.ts';
import type { ConflictChoice } from '#lib/packs/merge-types.ts';
import { failure } from '../failure.ts';
import type { PackClientOptions } from './options.ts';

/** Splits at the last `=`: ids of conflicts may hold anything but one. */
function pairOf(option: string, text: string, expected: string): [string, string] {
	const at = text.lastIndexOf('=');
	if (at <= 0 || at === text.length - 1) throw wrong(option, expected, text);
	return [text.slice(0, at), text.slice(at + 1)];
}

function wrong(option: string, expected: string, found: string) {
	return failure('option_wrong', { option, expected, found: found.slice(0, 80), command: 'pack' });
}

function numberOf(option: string, text: string, value: string): number {
	const number = Number(value);
	if (value.trim() === '' || !Number.isFinite(number)) throw wrong(option, 'id=1.2', text);
	return number;
}

/** The answers to the pack's questions. */
export function answersOf(options: PackClientOptions): PackAnswers {
	const grades: Record<string, number> = {};
	for (const text of options.grade ?? []) {
		const [id, value] = pairOf('--grade', text, 'good=80');
		grades[id] = numberOf('--grade', text, value);
	}
	const params: Record<string, ParamAnswer> = {};
	for (const text of options.param ?? []) {
		const [name, value] = pairOf('--param', text, 'id=1.2');
		const [id = '', unit] = name.split('@');
		const number = numberOf('--param', text, value);
		const known = params[id] ?? {};
		params[id] =
			unit === undefined
				? { ...known, value: number }
				: { ...known, units: { ...known.units, [unit]: number } };
	}
	return {
		...(options.currency === undefined ? {} : { currency: options.currency }),
		// Another word is refused by the pack's own judge, with the words it knows.
		...(options.period === undefined ? {} : { period: options.period as PeriodLength }),
		...(Object.keys(grades).length > 0 ? { grades } : {}),
		...(Object.keys(params).length > 0 ? { params } : {})
	};
}

/** What to do with parts that the client has in another form. */
export function decisionsOf({
	keep,
	replace
}: PackClientOptions): Record<string, 'keep' | 'replace'> {
	return Object.fromEntries([
		...(keep ?? []).map((part) => [part, 'keep'] as const),
		...(replace ?? []).map((part) => [part, 'replace'] as const)
	]);
}

/** A side for each conflict; `all` speaks for those that are not named. */
export function choicesOf(
	{ choose }: PackClientOptions,
	conflicts: readonly string[]
): Record<string, ConflictChoice> {
	const choices: Record<string, ConflictChoice> = {};
	for (const text of choose ?? []) {
		const [conflict, side] = pairOf('--choose', text, 'all=ours');
		if (side !== 'ours' && side !== 'theirs') throw wrong('--choose', 'ours, theirs', side);
		if (conflict !== 'all') choices[conflict] = side;
		else for (const id of conflicts) choices[id] ??= side;
	}
	return choices;
}
