/** What a form says beyond its points, as sentences; what nobody decided is flagged. */
import { m } from '#lib/paraglide/messages.js';
import { formatNumber } from '#lib/ui/format.ts';
import type { BaseStepForm, CurveEnd, EditableForm, Point } from './score-form.ts';

export interface EndNote {
	readonly text: string;
	/** Somebody should decide this on purpose. */
	readonly isFlagged: boolean;
}

type WriteInput = (x: number) => string;

const plain = (text: string): EndNote => ({ text, isFlagged: false });
const flagged = (text: string): EndNote => ({ text, isFlagged: true });

/** The ends of a form in words. */
export function endNotes(form: EditableForm, writeInput: WriteInput): readonly EndNote[] {
	switch (form.kind) {
		case 'piecewise':
			return [
				curveEnd('below', form.below, form.points[0], writeInput),
				curveEnd('above', form.above, form.points.at(-1), writeInput)
			];
		case 'steps': {
			const input = writeInput(form.steps[0]?.[0] ?? 0);
			const above = curveEnd('above', 'flat', form.steps.at(-1), writeInput);
			return form.otherwise === null
				? [flagged(m.curves_note_below_undefined({ input })), above]
				: [plain(m.curves_note_below_score({ input, score: formatNumber(form.otherwise) })), above];
		}
		case 'proportional':
			return form.cap === null ? [flagged(m.curves_note_no_cap())] : [];
		case 'base_step':
			return [belowBase(form, writeInput), ...uncapped(form)];
		case 'deduction':
			return form.floor === null ? [flagged(m.curves_note_no_floor())] : [];
		case 'pass_fail':
			return form.guarded ? [] : [flagged(m.curves_note_unguarded())];
		case 'fixed':
			return [];
	}
}

function uncapped({ cap, perStep }: BaseStepForm): readonly EndNote[] {
	return cap === null && perStep > 0 ? [flagged(m.curves_note_no_cap())] : [];
}

function belowBase(form: BaseStepForm, writeInput: WriteInput): EndNote {
	const input = writeInput(form.from);
	const { below } = form;
	if (below === 'continue') return flagged(m.curves_note_below_continue({ input }));
	if (below === 'undefined') return flagged(m.curves_note_below_undefined({ input }));
	return 'score' in below
		? plain(m.curves_note_below_score({ input, score: formatNumber(below.score) }))
		: plain(m.curves_note_below_factor({ input, score: formatNumber(below.factor * form.from) }));
}

function curveEnd(
	side: 'below' | 'above',
	end: CurveEnd,
	point: Point | undefined,
	writeInput: WriteInput
): EndNote {
	const input = writeInput(point?.[0] ?? 0);
	const score = formatNumber(point?.[1] ?? 0);
	const isBelow = side === 'below';
	switch (end) {
		case 'flat':
			return plain(
				isBelow
					? m.curves_note_below_flat({ input, score })
					: m.curves_note_above_flat({ input, score })
			);
		case 'extend':
			return plain(
				isBelow ? m.curves_note_below_extend({ input }) : m.curves_note_above_extend({ input })
			);
		case 'zero':
			return plain(
				isBelow
					? m.curves_note_below_score({ input, score: '0' })
					: m.curves_note_above_score({ input, score: '0' })
			);
		case 'undefined':
			return flagged(
				isBelow
					? m.curves_note_below_undefined({ input })
					: m.curves_note_above_undefined({ input })
			);
	}
}
