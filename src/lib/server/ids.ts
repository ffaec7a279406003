import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** The source of ids for rows that have no name of their own. */
export interface Ids {
	/** An id that nobody can guess and that sorts by the time it was made. */
	make(): string;
}

/** Crockford's alphabet in lower case: no letter that reads like a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

function print(value: bigint, length: number): string {
	let text = '';
	for (let left = value; text.length < length; left >>= 5n) {
		text = (ALPHABET[Number(left & 31n)] ?? '') + text;
	}
	return text;
}

/** Ids of 48 bits of time and 80 bits of chance, 26 characters. */
export function randomIds(clock: Clock): Ids {
	return {
		make() {
			const time = BigInt(clock.now().getTime());
			const chance = BigInt(`0x${randomBytes(10).toString('hex')}`);
			return print(time, 10) + print(chance, 16);
		}
	};
}

/** Ids that count up, for tests that compare whole rows. */
export function countingIds(prefix = 'id'): Ids {
	let count = 0;
	return { make: () => `${prefix}-${String(++count).padStart(4, '0')}` };
}
