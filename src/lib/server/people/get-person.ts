import { and, asc, eq } from 'drizzle-orm';
import type { Json } from '#lib/engine/logic/rule.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { employeeFacts } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { readSettings } from '../settings/client-settings.ts';
import { loadPeople } from './history.ts';
import { maySeePay, PAY_ATTRIBUTES } from './pay.ts';
import { assertCovers, scopeOf, todayOf } from './scope.ts';
import { loadUnits } from './unit-tree.ts';

export interface Person {
	readonly id: string;
	readonly name: string;
	/** As of `day`; pay is absent for those who may not see it. */
	readonly attributes: Readonly<Record<string, Json>>;
	readonly unitPath: readonly string[];
	readonly day: string;
	readonly employed: boolean;
}

/** One person the actor may see, as of a day (today unless given). */
export async function getPerson(
	ctx: Context,
	actor: Actor,
	input: { readonly employeeId: string; readonly day?: string }
): Promise<Person> {
	admitActor(ctx, actor, 'people.list', 'people.read_own_unit', 'people.read_self');
	const settings = await readSettings(ctx.db.read);
	const today = todayOf(ctx, settings);
	const [people, tree] = await Promise.all([loadPeople(ctx.db.read), loadUnits(ctx.db.read)]);
	assertCovers(scopeOf(actor, people, tree, today), input.employeeId);
	const known = people.all.get(input.employeeId);
	if (!known) throw refuse(commonProblems, 'not_found');
	const day = input.day ?? today;
	const attributes = Object.fromEntries(
		[...people.attributesOn(known.id, day)].filter(
			([attribute]) => !PAY_ATTRIBUTES.has(attribute) || maySeePay(actor, settings, known.id)
		)
	);
	const unit = attributes['unit'];
	return {
		id: known.id,
		name: known.name,
		attributes,
		unitPath: typeof unit === 'string' ? tree.upward(unit, day).reverse() : [],
		day,
		employed: people.lastEmployedDay(known.id, day, day) !== null
	};
}

export interface PersonFact {
	readonly attribute: string;
	readonly value: Json;
	readonly validFrom: string;
	readonly recordedAt: string;
	readonly source: string | null;
	readonly batchId: string | null;
	readonly withdrawnAt: string | null;
}

/** Everything ever recorded of a person, oldest first, corrections and withdrawals included. */
export async function historyOfEmployee(
	ctx: Context,
	actor: Actor,
	input: { readonly employeeId: string }
): Promise<readonly PersonFact[]> {
	await getPerson(ctx, actor, input);
	const settings = await readSettings(ctx.db.read);
	const facts = await ctx.db.read
		.select({
			attribute: employeeFacts.attribute,
			value: employeeFacts.value,
			validFrom: employeeFacts.validFrom,
			recordedAt: employeeFacts.recordedAt,
			source: employeeFacts.source,
			batchId: employeeFacts.batchId,
			withdrawnAt: employeeFacts.withdrawnAt
		})
		.from(employeeFacts)
		.where(and(eq(employeeFacts.employeeId, input.employeeId)))
		.orderBy(asc(employeeFacts.validFrom), asc(employeeFacts.id));
	return facts.filter(
		({ attribute }) =>
			!PAY_ATTRIBUTES.has(attribute) || maySeePay(actor, settings, input.employeeId)
	);
}
