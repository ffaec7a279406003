import { inArray, like } from 'drizzle-orm';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { bulkInsert } from '../db/bulk.ts';
import { calendarDays, parameters } from '../db/client/schema.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { recordValue } from '../parameters/save-parameter.ts';
import { Calendar, loadCalendar, type CalendarDay } from './calendar.ts';
import { calendarProblems } from './problems.ts';

/** Rules read the working days of a month as `param.working_days`. */
export const WORKING_DAYS = 'working_days';

/**
 * Replaces the named days of a year. The working days of its months become values of the parameter
 * `working_days`, recorded like any other: months that were counted before keep that record.
 */
export async function saveCalendar(
	ctx: Context,
	actor: Actor,
	input: { readonly year: number; readonly days: readonly CalendarDay[] }
): Promise<{ readonly months: number }> {
	admitActor(ctx, actor, 'settings.edit');
	assertDays(input.year, input.days);
	return ctx.db.write(async (tx) => {
		const before = await loadCalendar(tx);
		const others = before.named.filter(({ day }) => !day.startsWith(`${input.year}-`));
		const after = new Calendar([...others, ...input.days]);
		const now = momentOf(ctx.clock);
		await tx.delete(calendarDays).where(like(calendarDays.day, `${input.year}-%`));
		await bulkInsert(
			tx,
			calendarDays,
			input.days.map((day) => ({ ...day, updatedAt: now, updatedBy: actor.userId }))
		);
		const months = await recordMonths(tx, ctx, actor, input.year, after);
		await recordEvent(tx, ctx, actor, {
			type: 'calendar_saved',
			year: input.year,
			days: input.days.length
		});
		return { months };
	});
}

function assertDays(year: number, days: readonly CalendarDay[]): void {
	const seen = new Set<string>();
	for (const { day } of days) {
		const isDay = !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) && /^\d{4}-\d\d-\d\d$/.test(day);
		if (!isDay || !day.startsWith(`${year}-`)) {
			throw refuse(calendarProblems, 'calendar_day_refused', { details: { day, year } });
		}
		if (seen.has(day)) throw refuse(calendarProblems, 'calendar_day_twice', { details: { day } });
		seen.add(day);
	}
}

async function recordMonths(
	tx: Tx,
	ctx: Context,
	actor: Actor,
	year: number,
	calendar: Calendar
): Promise<number> {
	const known = await tx
		.select({ id: parameters.id })
		.from(parameters)
		.where(inArray(parameters.id, [WORKING_DAYS]));
	if (known.length === 0) {
		await tx.insert(parameters).values({
			id: WORKING_DAYS,
			name: { 'zh-CN': '当月工作日', en: 'Working days of the month' },
			unit: 'days',
			createdAt: momentOf(ctx.clock)
		});
	}
	let changed = 0;
	for (let at = 1; at <= 12; at += 1) {
		const month = `${year}-${String(at).padStart(2, '0')}`;
		const isNews = await recordValue(tx, ctx, actor, {
			parameterId: WORKING_DAYS,
			unitId: null,
			validFrom: month,
			value: calendar.countIn(month),
			source: 'calendar'
		});
		if (isNews) changed += 1;
	}
	return changed;
}
