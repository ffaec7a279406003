/**
 * What a person's own columns and those of their team hold.
 *
 * `team.<id>` is the nearest unit, from the person's own upward, that was told a figure of the
 * metric; where no unit was, the figures of the people of the own unit and below are combined as
 * the metric says. A target of a unit is per head for metrics of people, and the unit's own for
 * metrics of units.
 */
import { lastDayOf } from '#lib/contract/periods.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import type { UnitTree } from '../people/unit-tree.ts';
import type { CrewMember } from './crews.ts';
import type { Groups, MetricValues, Peers } from './derive.ts';
import {
	combine,
	targetAggregation,
	targetIn,
	type Calendar,
	type FigureStore
} from './figure-store.ts';
import type { RecordFigures } from './record-figures.ts';
import { subjectKey, type Subjects } from './subjects.ts';

export interface TeamSources {
	readonly metrics: ReadonlyMap<string, MetricDefinition>;
	readonly values: MetricValues;
	/** The same without totals of people: what units were told themselves. */
	readonly told: MetricValues;
	/** Shares its subjects with the store of the values. */
	readonly goals: FigureStore;
	readonly calendar: Calendar;
	readonly tree: UnitTree;
	readonly peersOf: (period: string) => Peers;
	readonly records?: RecordFigures;
}

export class TeamFigures {
	readonly #sources: TeamSources;
	readonly #subjects: Subjects;
	readonly #team = new Map<string, number | null>();
	/** Numbers of the units above each unit, by day. */
	readonly #above = new Map<string, Map<string, readonly number[]>>();

	constructor(sources: TeamSources) {
		this.#sources = sources;
		this.#subjects = sources.goals.subjects;
	}

	/** What `MetricValues` needs of the tree: totals of units, and the unit nearest to a person. */
	get groups(): Groups {
		const memberOf = (id: string, period: string): CrewMember => ({
			id,
			subject: this.#subjects.of('employee', id),
			unit: this.#sources.peersOf(period).unitOf.get(id) ?? null,
			day: lastDayOf(period, this.#sources.calendar.fiscalMonth)
		});
		return {
			totalOf: (metric, unit, period) => {
				const day = lastDayOf(period, this.#sources.calendar.fiscalMonth);
				return this.#combined(metric, { unit, day }, period, 'actual');
			},
			nearestTo: (metric, employee, period) =>
				this.#nearestActual(metric.id, memberOf(employee, period), period)
		};
	}

	/** `metric.<id>` of a person; a metric of units gives the nearest unit's. */
	actualOf(metricId: string, member: CrewMember, period: string): number | null {
		const { metrics, values } = this.#sources;
		if (metrics.get(metricId)?.grain === 'unit')
			return this.#nearestActual(metricId, member, period);
		return values.valueOf(metricId, member.subject, period);
	}

	/** `target.<id>` of a person: their own, else the nearest unit's. */
	targetOf(metricId: string, member: CrewMember, period: string): number | null {
		const metric = this.#sources.metrics.get(metricId);
		if (!metric) return null;
		const own = this.#target(metric, member.subject, period);
		return own ?? this.#nearestTarget(metric, member, period);
	}

	/** `team.<id>.actual` or `team.<id>.target`, given as `<id>.actual`. */
	teamCell(name: string, member: CrewMember, period: string): number | null {
		const dot = name.lastIndexOf('.');
		const metric = this.#sources.metrics.get(name.slice(0, dot));
		if (!metric) return null;
		const part = name.slice(dot + 1);
		if (part === 'actual') {
			return (
				this.#nearestActual(metric.id, member, period) ??
				this.#combined(metric, member, period, 'actual')
			);
		}
		if (metric.grain === 'unit') return this.#nearestTarget(metric, member, period);
		return this.#combined(metric, member, period, 'target');
	}

	#nearestActual(metricId: string, member: CrewMember, period: string): number | null {
		const { metrics, values, told } = this.#sources;
		const source = metrics.get(metricId)?.grain === 'unit' ? values : told;
		for (const unit of this.#upward(member)) {
			const value = source.valueOf(metricId, unit, period);
			if (value !== null) return value;
		}
		return null;
	}

	#nearestTarget(metric: MetricDefinition, member: CrewMember, period: string): number | null {
		for (const unit of this.#upward(member)) {
			const value = this.#target(metric, unit, period);
			if (value !== null) return value;
		}
		return null;
	}

	#target(metric: MetricDefinition, subject: number, period: string): number | null {
		const { goals, calendar } = this.#sources;
		return targetIn(goals.told(metric.id, subject), metric, period, calendar);
	}

	#upward({ unit, day }: CrewMember): readonly number[] {
		if (unit === null) return [];
		let days = this.#above.get(unit);
		if (!days) this.#above.set(unit, (days = new Map()));
		let above = days.get(day);
		if (!above) {
			above = this.#sources.tree.upward(unit, day).map((id) => this.#subjects.of('unit', id));
			days.set(day, above);
		}
		return above;
	}

	/** The people of a unit and those below it, taken together. Once for each unit and period. */
	#combined(
		metric: MetricDefinition,
		member: Pick<CrewMember, 'unit' | 'day'>,
		period: string,
		part: 'actual' | 'target'
	): number | null {
		if (member.unit === null) return null;
		const key = `${part}\u0001${metric.id}\u0001${member.unit}\u0001${period}`;
		const known = this.#team.get(key);
		if (known !== undefined) return known;
		const below = this.#sources.tree.subtree(member.unit, member.day);
		const team = [...this.#sources.peersOf(period).unitOf]
			.filter(([, unit]) => unit !== null && below.has(unit))
			.map(([id, unit]): CrewMember => ({
				id,
				subject: this.#subjects.of('employee', id),
				unit,
				day: member.day
			}));
		const value =
			part === 'target'
				? this.#sum(team, targetAggregation(metric), (one) => this.targetOf(metric.id, one, period))
				: this.#teamActual(metric, team, period);
		this.#team.set(key, value);
		return value;
	}

	#teamActual(
		metric: MetricDefinition,
		team: readonly CrewMember[],
		period: string
	): number | null {
		const of = (id: string) => (one: CrewMember) => this.actualOf(id, one, period);
		const subjects = team.map(({ id }) => subjectKey('employee', id));
		const whole = this.#sources.records?.whole(metric.id, subjects, period) ?? null;
		if (whole !== null) return whole;
		if (metric.aggregation !== 'ratio') return this.#sum(team, metric.aggregation, of(metric.id));
		if (!metric.numerator || !metric.denominator) return null;
		const above = this.#sum(team, 'sum', of(metric.numerator));
		const under = this.#sum(team, 'sum', of(metric.denominator));
		return above === null || under === null || under === 0 ? null : above / under;
	}

	#sum(
		team: readonly CrewMember[],
		how: Parameters<typeof combine>[1],
		valueOf: (one: CrewMember) => number | null
	): number | null {
		return combine(
			team.flatMap((one) => valueOf(one) ?? []),
			how
		);
	}
}
