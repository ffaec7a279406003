/** Invariant: of all windows on a draft, at most one holds the pen, and only one that may edit. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import {
	ANSWER_MS,
	DraftSeats,
	SEAT_MS,
	type Attendance,
	type Wish
} from '#lib/server/schemes/draft-seats.ts';

const SEED = 20_261_122;
const DRAFT = 'demo/sales-draft';
const WISHES: readonly Wish[] = ['edit', 'read', 'ask', 'grant', 'keep', 'leave'];

let seats: DraftSeats;
let now: number;

beforeEach(() => {
	seats = new DraftSeats();
	now = 1_000_000;
});

/** A window of a person: `ann` or `ann-2`. */
function attend(window: string, wish: Wish, mayEdit = true): Attendance {
	const userId = window.split('-')[0] ?? window;
	return seats.attend(DRAFT, { window, userId, name: userId, mayEdit }, wish, now);
}

describe('the pen of a draft', () => {
	test('goes to the first window; the second reads along and sees who edits', () => {
		expect(attend('ann', 'edit').isEditor).toBe(true);
		expect(attend('ben', 'edit')).toMatchObject({
			isEditor: false,
			editor: { name: 'ann', isMe: false }
		});
		expect(attend('ann', 'edit').others).toEqual([{ name: 'ben', isEditor: false }]);
	});

	test('never goes to somebody who only reads', () => {
		expect(attend('eve', 'edit', false).isEditor).toBe(false);
		expect(attend('ann', 'edit').isEditor).toBe(true);
		expect(attend('eve', 'ask', false).asking).toBeNull();
	});

	test('is given when asked for', () => {
		attend('ann', 'edit');
		expect(attend('ben', 'ask').asking).toBe('waiting');
		expect(attend('ann', 'edit').askedBy).toBe('ben');
		expect(attend('ann', 'grant').isEditor).toBe(false);
		expect(attend('ben', 'edit').isEditor).toBe(true);
	});

	test('stays where its holder says so, and asking again is a new question', () => {
		attend('ann', 'edit');
		attend('ben', 'ask');
		attend('ann', 'keep');
		expect(attend('ben', 'edit').asking).toBe('kept');
		now += SEAT_MS - 1;
		attend('ann', 'edit');
		expect(attend('ben', 'edit').isEditor).toBe(false);
		expect(attend('ben', 'ask').asking).toBe('waiting');
	});

	test('goes to who asked when its holder does not answer in time, not a moment before', () => {
		attend('ann', 'edit');
		attend('ben', 'ask');
		now += ANSWER_MS - 1;
		attend('ann', 'edit');
		expect(attend('ben', 'ask').isEditor).toBe(false);
		now += 1;
		expect(attend('ben', 'ask').isEditor).toBe(true);
	});

	test('is free once its window closes or falls silent', () => {
		attend('ann', 'edit');
		attend('ann', 'leave');
		expect(attend('ben', 'edit').isEditor).toBe(true);
		now += SEAT_MS;
		expect(attend('ann', 'edit').isEditor).toBe(false);
		now += 1;
		expect(attend('ann', 'edit').isEditor).toBe(true);
	});

	test("is in the newest of one's own windows, and moves between them without a question", () => {
		attend('ann', 'edit');
		expect(attend('ann-2', 'edit').isEditor).toBe(true);
		expect(attend('ann', 'edit')).toMatchObject({
			isEditor: false,
			editor: { name: 'ann', isMe: true }
		});
		expect(attend('ann', 'ask').isEditor).toBe(true);
		expect(attend('ann-2', 'edit').isEditor).toBe(false);
	});

	test('of one client is not that of another', () => {
		attend('ann', 'edit');
		expect(seats.editorOf('other/sales-draft', now)).toBeNull();
		expect(seats.editorOf(DRAFT, now)?.name).toBe('ann');
		expect(seats.editorOf(DRAFT, now + SEAT_MS + 1)).toBeNull();
	});

	test('is held by at most one window, whatever everybody wishes, and never by a reader', () => {
		const windows = ['ann', 'ann-2', 'ben', 'eve'];
		const call = fc.record({
			window: fc.constantFrom(...windows),
			wish: fc.constantFrom(...WISHES),
			pause: fc.nat(25_000)
		});
		fc.assert(
			fc.property(fc.array(call, { maxLength: 60 }), (calls) => {
				seats = new DraftSeats();
				for (const { window, wish, pause } of calls) {
					now += pause;
					const told = attend(window, wish, window !== 'eve');
					const editors = told.others.filter(({ isEditor }) => isEditor).length;
					expect(editors + Number(told.isEditor)).toBeLessThanOrEqual(1);
					if (window === 'eve') expect(told.isEditor).toBe(false);
					expect(told.others.some(({ name, isEditor }) => name === 'eve' && isEditor)).toBe(false);
				}
			}),
			{ seed: SEED, numRuns: 300 }
		);
	});
});
