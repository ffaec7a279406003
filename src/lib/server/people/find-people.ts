import { pinyin } from 'pinyin-pro';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { readSettings } from '../settings/client-settings.ts';
import { loadPeople, type PeopleHistory } from './history.ts';
import { covers, scopeOf, todayOf } from './scope.ts';
import { loadUnits } from './unit-tree.ts';

export interface FindPeople {
	/** Part of an id, a name or its pinyin. */
	readonly search?: string;
	/** A unit; those below it are included. */
	readonly unitId?: string;
	/** Attributes as of this day; today unless given. */
	readonly day?: string;
	/** Also people who left before that day. */
	readonly includeLeft?: boolean;
	/** The last id of the page before. */
	readonly after?: string;
	readonly limit?: number;
}

export interface PersonSummary {
	readonly id: string;
	readonly name: string;
	readonly unitId: string | null;
	readonly position: string | null;
	readonly level: string | null;
	readonly site: string | null;
	readonly employed: boolean;
}

export interface PeopleFound {
	readonly people: readonly PersonSummary[];
	readonly total: number;
	/** Give it as `after` for the next page; null on the last. */
	readonly next: string | null;
}

const DEFAULT_LIMIT = 100;
const MOST = 500;

/** People the actor may see, as of a day, in the order of their ids. */
export async function findPeople(
	ctx: Context,
	actor: Actor,
	input: FindPeople
): Promise<PeopleFound> {
	admitActor(ctx, actor, 'people.list', 'people.read_own_unit', 'people.read_self');
	const settings = await readSettings(ctx.db.read);
	const today = todayOf(ctx, settings);
	const [people, tree] = await Promise.all([loadPeople(ctx.db.read), loadUnits(ctx.db.read)]);
	const scope = scopeOf(actor, people, tree, today);
	const day = input.day ?? today;
	const below = input.unitId === undefined ? null : tree.subtree(input.unitId, day);
	const wanted = (input.search ?? '').trim().toLowerCase();

	const found: PersonSummary[] = [];
	for (const person of people.all.values()) {
		if (!covers(scope, person.id) || !isNamed(person, wanted)) continue;
		const summary = summarise(people, person.id, person.name, day);
		if (!summary.employed && !input.includeLeft) continue;
		if (below && !(summary.unitId !== null && below.has(summary.unitId))) continue;
		found.push(summary);
	}
	found.sort((a, b) => (a.id < b.id ? -1 : 1));
	const after = input.after;
	const from = after === undefined ? 0 : found.filter(({ id }) => id <= after).length;
	const page = found.slice(from, from + Math.min(input.limit ?? DEFAULT_LIMIT, MOST));
	const isLast = from + page.length >= found.length;
	return { people: page, total: found.length, next: isLast ? null : (page.at(-1)?.id ?? null) };
}

function isNamed(person: { id: string; name: string }, wanted: string): boolean {
	if (wanted === '') return true;
	if (person.id.toLowerCase().includes(wanted) || person.name.toLowerCase().includes(wanted))
		return true;
	if (!/[\u4e00-\u9fff]/.test(person.name)) return false;
	const syllables = pinyin(person.name, { toneType: 'none', type: 'array' });
	return (
		syllables.join('').includes(wanted.replaceAll(' ', '')) ||
		syllables
			.map((syllable) => syllable[0])
			.join('')
			.includes(wanted)
	);
}

/** The few attributes that lists show. */
export function summarise(
	people: PeopleHistory,
	id: string,
	name: string,
	day: string
): PersonSummary {
	const text = (attribute: string): string | null => {
		const value = people.valueOn(id, attribute, day);
		return value === null ? null : String(value);
	};
	return {
		id,
		name,
		unitId: text('unit'),
		position: text('position'),
		level: text('level'),
		site: text('site'),
		employed: people.lastEmployedDay(id, day, day) !== null
	};
}
