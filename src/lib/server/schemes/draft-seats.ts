/**
 * Who has a draft open, and which window holds the pen. Kept in memory, for both bundles of the
 * process: a lease is worth nothing after a restart, when every window asks for it anew, and what
 * it protects is protected by the revision counter as well.
 */
import type { Context } from '../context.ts';

/** Windows call at least every few seconds; one that was silent so long is gone. */
export const SEAT_MS = 30_000;
/** Who is asked for the pen and says nothing so long has given it. */
export const ANSWER_MS = 20_000;
const MOST_SEATS = 200;

export type Wish =
	| 'edit' // hold the pen if it is free, keep it if it is held
	| 'read' // read along only
	| 'ask' // ask whoever holds the pen for it
	| 'grant' // give it to whoever asks
	| 'keep' // go on editing although somebody asks
	| 'leave'; // the window is closed

export interface Caller {
	readonly window: string;
	readonly userId: string;
	readonly name: string;
	readonly mayEdit: boolean;
}

/** What one window is told. */
export interface Attendance {
	readonly isEditor: boolean;
	/** Whoever holds the pen, if it is another window. */
	readonly editor: { readonly name: string; readonly isMe: boolean } | null;
	/** The other windows on this draft. */
	readonly others: readonly { readonly name: string; readonly isEditor: boolean }[];
	/** Somebody asks this window, which holds the pen, for it. */
	readonly askedBy: string | null;
	/** What became of this window's own asking. */
	readonly asking: 'waiting' | 'kept' | null;
}

interface Seat extends Caller {
	readonly seenAt: number;
}

interface Room {
	readonly seats: Map<string, Seat>;
	pen: string | null;
	request: { readonly window: string; readonly at: number; kept: boolean } | null;
}

export class DraftSeats {
	readonly #rooms = new Map<string, Room>();

	/** Hears one window and tells it how things stand. */
	attend(draft: string, caller: Caller, wish: Wish, now: number): Attendance {
		const room = this.#rooms.get(draft) ?? { seats: new Map(), pen: null, request: null };
		this.#rooms.set(draft, room);
		const isNew = !room.seats.has(caller.window);
		if (wish === 'leave') room.seats.delete(caller.window);
		else room.seats.set(caller.window, { ...caller, seenAt: now });
		settle(room, now);
		obey(room, caller, wish, isNew, now);
		if (room.seats.size === 0) this.#rooms.delete(draft);
		return tell(room, caller);
	}

	/** Whoever holds the pen of a draft now; null when nobody does. */
	editorOf(draft: string, now: number): { readonly userId: string; readonly name: string } | null {
		const room = this.#rooms.get(draft);
		if (!room) return null;
		settle(room, now);
		return seatOf(room, room.pen);
	}
}

function seatOf(room: Room, window: string | null): Seat | null {
	return window === null ? null : (room.seats.get(window) ?? null);
}

/** Forgets windows that fell silent, and gives the pen where nobody answered for it. */
function settle(room: Room, now: number): void {
	for (const [window, seat] of room.seats) {
		if (now - seat.seenAt > SEAT_MS || room.seats.size > MOST_SEATS) room.seats.delete(window);
	}
	if (!seatOf(room, room.pen)) room.pen = null;
	if (room.request && !seatOf(room, room.request.window)) room.request = null;
	if (room.request && !room.request.kept && now - room.request.at >= ANSWER_MS) {
		room.pen = room.request.window;
		room.request = null;
	}
}

function obey(
	room: Room,
	{ window, userId, mayEdit }: Caller,
	wish: Wish,
	isNew: boolean,
	now: number
): void {
	if (!mayEdit || wish === 'leave') return;
	if (room.pen === window) {
		if (wish === 'read') room.pen = null;
		if (room.request && wish === 'keep') room.request.kept = true;
		if (room.request && wish === 'grant') {
			room.pen = room.request.window;
			room.request = null;
		}
		return;
	}
	const wants = wish === 'edit' || wish === 'ask';
	// One's own other window needs no asking, and a window just opened is where one wants to edit.
	const isOwn = seatOf(room, room.pen)?.userId === userId && (isNew || wish === 'ask');
	if (wants && (room.pen === null || isOwn)) {
		room.pen = window;
		if (room.request?.window === window) room.request = null;
	} else if (wish === 'ask' && (!room.request || room.request.kept)) {
		room.request = { window, at: now, kept: false };
	}
}

function tell(room: Room, { window, userId }: Caller): Attendance {
	const pen = seatOf(room, room.pen);
	const { request } = room;
	return {
		isEditor: room.pen === window,
		editor: pen && pen.window !== window ? { name: pen.name, isMe: pen.userId === userId } : null,
		others: [...room.seats.values()]
			.filter((seat) => seat.window !== window)
			.map((seat) => ({ name: seat.name, isEditor: seat.window === room.pen })),
		askedBy:
			request && !request.kept && room.pen === window
				? (seatOf(room, request.window)?.name ?? null)
				: null,
		asking: request?.window === window ? (request.kept ? 'kept' : 'waiting') : null
	};
}

const SEATS = Symbol.for('quanheng.draft-seats');
const shared = globalThis as typeof globalThis & { [SEATS]?: DraftSeats };

/** The seats of this process, the same in both of its bundles. */
export function draftSeats(): DraftSeats {
	return (shared[SEATS] ??= new DraftSeats());
}

/** The name of a draft among those of all clients. */
export function seatKey(ctx: Pick<Context, 'clientId'>, draftId: string): string {
	return `${ctx.clientId}/${draftId}`;
}
