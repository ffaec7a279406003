/** Who belongs to a client in a period, and where. */
import { firstDayOf, lastDayOf } from '#lib/contract/periods.ts';
import type { PeopleHistory } from '../people/history.ts';
import type { UnitTree } from '../people/unit-tree.ts';
import type { Peers } from './derive.ts';
import type { Subjects } from './subjects.ts';

/** A person in a period: the day whose attributes count, and the unit on it. */
export interface CrewMember {
	readonly id: string;
	/** The number that the stores of figures know them by. */
	readonly subject: number;
	readonly day: string;
	readonly unit: string | null;
}

/** Everybody employed on at least one day of a period, by id. */
export function crewOf(
	people: PeopleHistory,
	subjects: Subjects,
	period: string,
	fiscalMonth: number
): CrewMember[] {
	const first = firstDayOf(period, fiscalMonth);
	const last = lastDayOf(period, fiscalMonth);
	const crew: CrewMember[] = [];
	for (const id of people.all.keys()) {
		const day = people.lastEmployedDay(id, first, last);
		if (day === null) continue;
		const unit = people.valueOn(id, 'unit', day);
		const subject = subjects.of('employee', id);
		crew.push({ id, subject, day, unit: typeof unit === 'string' ? unit : null });
	}
	return crew.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The people of each period, found once; ranks and teams ask for earlier ones as well. */
export class Crews {
	readonly #find: (period: string) => readonly CrewMember[];
	readonly #crews = new Map<string, readonly CrewMember[]>();
	readonly #peers = new Map<string, Peers>();

	constructor(find: (period: string) => readonly CrewMember[]) {
		this.#find = find;
	}

	of(period: string): readonly CrewMember[] {
		let crew = this.#crews.get(period);
		if (!crew) this.#crews.set(period, (crew = this.#find(period)));
		return crew;
	}

	/** Who is compared with whom. */
	readonly peersOf = (period: string): Peers => {
		let peers = this.#peers.get(period);
		if (!peers) {
			peers = { unitOf: new Map(this.of(period).map(({ id, unit }) => [id, unit])) };
			this.#peers.set(period, peers);
		}
		return peers;
	};
}

/** The units of a person on a day, nearest first. */
export function unitsOn(
	people: PeopleHistory,
	tree: UnitTree,
	employee: string,
	day: string
): readonly string[] {
	const unit = people.valueOn(employee, 'unit', day);
	return typeof unit === 'string' ? tree.upward(unit, day) : [];
}
