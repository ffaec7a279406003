/** The source of “now”. Everything that stores a moment asks it, so tests can hold it still. */
export interface Clock {
	now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved. */
export class FixedClock implements Clock {
	#time: number;

	constructor(start: string | Date = '2026-01-15T02:00:00.000Z') {
		this.#time = new Date(start).getTime();
	}

	now(): Date {
		return new Date(this.#time);
	}

	advance(milliseconds: number): void {
		this.#time += milliseconds;
	}
}

/** The moment of a clock as it is stored: ISO 8601 in UTC with milliseconds. */
export function momentOf(clock: Clock): string {
	return clock.now().toISOString();
}
