import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { recordCorrections } from '../db/client/schema.ts';
import type { Tx } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { readSettings } from '../settings/client-settings.ts';
import { loadClosedMonths } from './closed-months.ts';
import { pendingCorrections } from './find-corrections.ts';
import { recordProblems } from './problems.ts';
import { loadAllRecordTypes } from './record-types.ts';

export interface AcceptCorrection {
	readonly type: string;
	/** The closed month, `2025-03`. */
	readonly month: string;
	/** The moment up to which records were compared on the page: later ones wait for another look. */
	readonly asOf: string;
	readonly reason: string;
}

export interface CorrectionAccepted {
	readonly id: string;
	readonly month: string;
	/** Figures of metrics that changed by it. */
	readonly figures: number;
}

/**
 * Lets a closed month count the records that came since, up to the moment that was looked at. The
 * scorecards stay as they were scored; scoring again makes another run. Accepted twice, the second
 * is refused: nothing waits any more.
 */
export async function acceptCorrection(
	ctx: Context,
	actor: Actor,
	input: AcceptCorrection
): Promise<CorrectionAccepted> {
	admitActor(ctx, actor, 'metric.edit');
	const reason = input.reason.trim();
	if (reason === '') throw refuse(recordProblems, 'reason_missing');
	const now = momentOf(ctx.clock);
	const asOf = input.asOf < now ? input.asOf : now;
	const pending = await pendingCorrections(ctx.db.read, asOf, input.type);
	const waiting = pending.find(({ month }) => month === input.month);
	const notLate = refuse(recordProblems, 'month_not_late', { details: { month: input.month } });
	if (!waiting || waiting.closing.knownAt >= asOf) throw notLate;
	return ctx.db.write(async (tx) => {
		// Two people may accept the same month in the same second.
		const closing = await closingOf(tx, input.type, input.month, now);
		if (closing?.knownAt !== waiting.closing.knownAt) throw notLate;
		const id = ctx.ids.make();
		const figures = waiting.figures.length;
		await tx.insert(recordCorrections).values({
			id,
			type: input.type,
			month: input.month,
			knownBefore: waiting.closing.knownAt,
			knownAt: asOf,
			reason,
			figures,
			recordedAt: now,
			recordedBy: actor.userId
		});
		await recordEvent(tx, ctx, actor, {
			type: 'record_month_corrected',
			correction: id,
			record_type: input.type,
			month: input.month,
			figures
		});
		return { id, month: input.month, figures };
	});
}

async function closingOf(tx: Tx, type: string, month: string, now: string) {
	const definition = (await loadAllRecordTypes(tx)).get(type)?.definition;
	if (!definition) return null;
	const closings = await loadClosedMonths(tx, [definition], await readSettings(tx), now);
	return closings.get(type)?.of(month) ?? null;
}
