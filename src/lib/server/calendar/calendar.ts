/**
 * The client's working days: Monday to Friday, except the days that the calendar names. A holiday
 * rests; a weekend that is worked in its place (调休) works.
 */
import { asc } from 'drizzle-orm';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { calendarDays } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';

export type DayKind = 'work' | 'rest';

export interface CalendarDay {
	/** `yyyy-mm-dd` */
	readonly day: string;
	readonly kind: DayKind;
	/** Such as 国庆节. */
	readonly name: string;
}

const DAY_MS = 86_400_000;

export class Calendar {
	readonly #named: ReadonlyMap<string, CalendarDay>;

	constructor(days: readonly CalendarDay[]) {
		this.#named = new Map(days.map((one) => [one.day, one]));
	}

	get named(): readonly CalendarDay[] {
		return [...this.#named.values()];
	}

	isWorking(day: string): boolean {
		const named = this.#named.get(day);
		if (named) return named.kind === 'work';
		const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
		return weekday !== 0 && weekday !== 6;
	}

	/** Working days of an inclusive range. */
	count(from: string, to: string): number {
		let count = 0;
		for (const day of daysFrom(from, to)) if (this.isWorking(day)) count += 1;
		return count;
	}

	/** Working days of a month `yyyy-mm`. */
	countIn(month: string): number {
		return this.count(`${month}-01`, lastDayOf(month));
	}

	/** The n-th working day of a month (from 1); its last one when there are fewer. */
	nthOf(month: string, n: number): string {
		let found = lastDayOf(month);
		let left = n;
		for (const day of daysFrom(`${month}-01`, lastDayOf(month))) {
			if (!this.isWorking(day)) continue;
			found = day;
			left -= 1;
			if (left <= 0) break;
		}
		return found;
	}
}

function lastDayOf(month: string): string {
	const [year = 0, number = 1] = month.split('-').map(Number);
	return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

function* daysFrom(from: string, to: string): Generator<string> {
	for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) {
		yield new Date(at).toISOString().slice(0, 10);
	}
}

/** Reads the calendar. */
export async function loadCalendar(queries: Queries): Promise<Calendar> {
	const rows = await queries
		.select({ day: calendarDays.day, kind: calendarDays.kind, name: calendarDays.name })
		.from(calendarDays)
		.orderBy(asc(calendarDays.day));
	return new Calendar(rows);
}

export interface CalendarYear {
	readonly year: number;
	readonly days: readonly CalendarDay[];
	readonly months: readonly { readonly month: string; readonly working: number }[];
}

/** The named days and the working days of each month of a year. */
export async function getCalendar(
	ctx: Context,
	actor: Actor,
	input: { readonly year: number }
): Promise<CalendarYear> {
	admitActor(ctx, actor, 'settings.read');
	const calendar = await loadCalendar(ctx.db.read);
	const months = Array.from(
		{ length: 12 },
		(_, at) => `${input.year}-${String(at + 1).padStart(2, '0')}`
	);
	return {
		year: input.year,
		days: calendar.named.filter(({ day }) => day.startsWith(`${input.year}-`)),
		months: months.map((month) => ({ month, working: calendar.countIn(month) }))
	};
}
