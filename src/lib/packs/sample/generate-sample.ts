/**
 * The sample client of a pack: people, units, figures and targets from its description. Pure: the
 * same description gives the same client on every machine, and adding a person moves nobody else.
 */
import { roundHalfAway } from '#lib/engine/logic/number.ts';
import { lastDay, parsePeriod, periodsBetween, type Period } from '#lib/engine/scheme/period.ts';
import type {
	GeneratorSpec,
	MetricPattern,
	Profile,
	SampleCharacter,
	SampleUnit
} from '../generator-spec.ts';
import { freshName } from './names.ts';
import { SeededRandom, seedFor } from './random.ts';

/** An attribute of a person from a day on. */
export interface SampleFact {
	readonly attribute: string;
	readonly value: string | number;
	readonly validFrom: string;
}

export interface SamplePerson {
	readonly id: string;
	readonly name: string;
	readonly hiredOn: string;
	readonly leftOn: string | null;
	readonly facts: readonly SampleFact[];
}

export interface SampleFigure {
	readonly subjectKind: 'employee' | 'unit';
	readonly subjectId: string;
	readonly metric: string;
	readonly period: string;
	readonly value: number;
}

export interface SampleClient {
	readonly units: readonly SampleUnit[];
	readonly people: readonly SamplePerson[];
	readonly observations: readonly SampleFigure[];
	readonly targets: readonly SampleFigure[];
	readonly periods: readonly string[];
}

/** The person as generated: who they are and how they differ from their profile. */
interface Figure {
	readonly person: SampleCharacter;
	readonly profile: Profile;
}

/** Makes the sample client. Throws when the description names a profile or unit that is not there. */
export function generateSample(spec: GeneratorSpec): SampleClient {
	const periods = monthsOf(spec);
	const figures = [...spec.people, ...strangers(spec)].map((person): Figure => {
		const profile = spec.profiles.get(person.profile);
		if (!profile) throw new Error(`The sample client has no profile “${person.profile}”.`);
		return { person, profile };
	});
	const observations = figures.flatMap((figure) => observe(spec, figure, periods));
	const events = new Map(
		spec.events.map((event) => [`${event.subject} ${event.metric} ${event.period}`, event.value])
	);
	const told = observations.map((figure) => {
		const value = events.get(`${figure.subjectId} ${figure.metric} ${figure.period}`);
		return value === undefined ? figure : { ...figure, value };
	});
	return {
		units: spec.units,
		people: figures.map(({ person }) => toPerson(person)),
		observations: [...told, ...unitTotals(spec, figures, told, periods)],
		targets: [
			...figures.flatMap((figure) => targetsOf(spec, figure, periods)),
			...unitTargets(spec, periods)
		],
		periods: periods.map((period) => period.id)
	};
}

function monthsOf(spec: GeneratorSpec): readonly Period[] {
	const from = parsePeriod(spec.from);
	const to = parsePeriod(spec.to);
	const months = from && to && periodsBetween(from, to);
	if (!months) throw new Error(`${spec.from} to ${spec.to} is not a range of months.`);
	return months;
}

/** The people the story does not name. */
function strangers(spec: GeneratorSpec): SampleCharacter[] {
	const taken = new Set(spec.people.map((person) => person.name));
	let number = 1100;
	return spec.groups.flatMap((group) =>
		Array.from({ length: group.count }, (): SampleCharacter => {
			number += 1;
			const id = `E${number}`;
			const random = new SeededRandom(seedFor(spec.seed, 'person', id));
			const [first, last] = group.hired.map(monthNumber);
			const hired = random.between(first ?? 0, last ?? first ?? 0);
			const day = random.pick(['01', '01', '06', '12', '15', '20']);
			const [low, high] = group.basePay;
			return {
				id,
				name: freshName(random, taken),
				unit: group.unit,
				position: group.position,
				profile: group.profile,
				site: group.site,
				region: group.region,
				hiredOn: `${monthText(hired)}-${day}`,
				leftOn: null,
				basePay: Math.round((low + (high - low) * random.next()) / 100) * 100,
				factors: new Map(),
				moves: [],
				note: null
			};
		})
	);
}

function monthNumber(month: string): number {
	return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

function monthText(number: number): string {
	return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
}

function toPerson(person: SampleCharacter): SamplePerson {
	const from = person.hiredOn;
	const fact = (attribute: string, value: string | number): SampleFact => ({
		attribute,
		value,
		validFrom: from
	});
	return {
		id: person.id,
		name: person.name,
		hiredOn: person.hiredOn,
		leftOn: person.leftOn,
		facts: [
			fact('hired_on', person.hiredOn),
			fact('unit', person.unit),
			fact('position', person.position),
			fact('site', person.site),
			fact('region', person.region),
			fact('base_pay', person.basePay),
			fact('status', 'active'),
			...person.moves.map((move) => ({
				attribute: 'unit',
				value: move.unit,
				validFrom: move.on
			})),
			...(person.leftOn === null
				? []
				: [{ attribute: 'left_on', value: person.leftOn, validFrom: person.leftOn }])
		]
	};
}

/** Months in which somebody is employed on at least one day. */
function employed(person: SampleCharacter, period: Period): boolean {
	return (
		person.hiredOn <= lastDay(period) &&
		(person.leftOn === null || person.leftOn >= `${period.id}-01`)
	);
}

function observe(
	spec: GeneratorSpec,
	{ person, profile }: Figure,
	periods: readonly Period[]
): SampleFigure[] {
	const own = new SeededRandom(seedFor(spec.seed, 'own', person.id));
	// Drawn for every metric in order, so that a factor of the story changes only its metric.
	const habits = new Map(
		profile.metrics.map(({ metric, spread }) => [metric, 1 + (own.normal() * spread * 2) / 3])
	);
	return periods.flatMap((period, index) => {
		if (!employed(person, period)) return [];
		const chance = new SeededRandom(seedFor(spec.seed, person.id, period.id));
		const values = new Map<string, number>();
		for (const pattern of profile.metrics) {
			const habit = person.factors.get(pattern.metric) ?? habits.get(pattern.metric) ?? 1;
			values.set(
				pattern.metric,
				valueOf(spec, pattern, { period, index, person, habit, values, luck: chance.normal() })
			);
		}
		return [...values].map(([metric, value]) => ({
			subjectKind: 'employee' as const,
			subjectId: person.id,
			metric,
			period: period.id,
			value
		}));
	});
}

interface Month {
	readonly period: Period;
	readonly index: number;
	readonly person: SampleCharacter;
	/** How this person differs from the profile. */
	readonly habit: number;
	/** Metrics of this month that are known so far. */
	readonly values: ReadonlyMap<string, number>;
	readonly luck: number;
}

/** Months until a newcomer sells like the others, and where they start. */
const RAMP_MONTHS = 12;
const RAMP_START = 0.4;

function valueOf(spec: GeneratorSpec, pattern: MetricPattern, month: Month): number {
	const season =
		pattern.seasons?.[month.period.index - 1] ??
		(pattern.seasonal ? seasonOf(spec, month.period) : 1);
	const growth = 1 + pattern.trend * month.index;
	const months = monthNumber(month.period.id) - monthNumber(month.person.hiredOn);
	const ramp = pattern.ramp
		? Math.min(1, RAMP_START + (months * (1 - RAMP_START)) / RAMP_MONTHS)
		: 1;
	const rate =
		pattern.around * month.habit * season * growth * ramp * (1 + month.luck * pattern.spread);
	const bounded = Math.min(Math.max(rate, pattern.min ?? 0), pattern.max ?? Infinity);
	const whole = pattern.of === null ? 1 : (month.values.get(pattern.of) ?? 0);
	return roundHalfAway(bounded * whole, pattern.decimals);
}

function seasonOf(spec: GeneratorSpec, period: Period): number {
	return spec.seasons[period.index - 1] ?? 1;
}

function targetsOf(
	spec: GeneratorSpec,
	{ person, profile }: Figure,
	periods: readonly Period[]
): SampleFigure[] {
	const targets = new Map(profile.targets);
	for (const { metric, target } of profile.metrics)
		if (target !== null) targets.set(metric, target);
	const seasonal = new Set<string>();
	for (const { metric, seasonal: isSeasonal, of } of profile.metrics) {
		if (isSeasonal || (of !== null && seasonal.has(of))) seasonal.add(metric);
	}
	return periods
		.filter((period) => employed(person, period))
		.flatMap((period) =>
			[...targets].map(([metric, target]) => ({
				subjectKind: 'employee' as const,
				subjectId: person.id,
				metric,
				period: period.id,
				value: seasonal.has(metric) ? tidy(target * seasonOf(spec, period)) : target
			}))
		);
}

/** A target as people write it: two significant figures. */
function tidy(value: number): number {
	let unit = 1;
	while (unit * 100 <= value) unit *= 10;
	return Math.max(1, Math.round(value / unit)) * unit;
}

function unitTotals(
	spec: GeneratorSpec,
	figures: readonly Figure[],
	observations: readonly SampleFigure[],
	periods: readonly Period[]
): SampleFigure[] {
	const members = new Map(figures.map(({ person }) => [person.id, person]));
	return spec.unitMetrics.flatMap(({ unit, metric, sumOf }) =>
		periods.map((period) => ({
			subjectKind: 'unit' as const,
			subjectId: unit,
			metric,
			period: period.id,
			value: observations
				.filter(
					(figure) =>
						figure.metric === sumOf &&
						figure.period === period.id &&
						unitOn(members.get(figure.subjectId), lastDay(period)) === unit
				)
				.reduce((sum, figure) => sum + figure.value, 0)
		}))
	);
}

function unitOn(person: SampleCharacter | undefined, day: string): string | null {
	if (!person) return null;
	return person.moves.filter((move) => move.on <= day).at(-1)?.unit ?? person.unit;
}

function unitTargets(spec: GeneratorSpec, periods: readonly Period[]): SampleFigure[] {
	return spec.unitMetrics.flatMap(({ unit, metric, target }) =>
		target === null
			? []
			: periods.map((period) => ({
					subjectKind: 'unit' as const,
					subjectId: unit,
					metric,
					period: period.id,
					value: target
				}))
	);
}
