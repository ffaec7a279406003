import { eq } from 'drizzle-orm';
import type { Json } from '#lib/engine/logic/rule.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { employeeFacts, employees } from '../db/client/schema.ts';
import { refuse } from '../http/problem.ts';
import { assertFits, loadAttributes } from './attributes.ts';
import { loadPeople } from './history.ts';
import { peopleProblems } from './problems.ts';
import { loadUnits } from './unit-tree.ts';

export interface SavePerson {
	readonly id: string;
	readonly name?: string;
	readonly attributes: Readonly<Record<string, Json>>;
	/** The day from which the attributes hold. */
	readonly validFrom: string;
}

/** Adds a person, or dated attributes of one. What holds already is not recorded again. */
export async function savePerson(
	ctx: Context,
	actor: Actor,
	input: SavePerson
): Promise<{ readonly changed: readonly string[] }> {
	admitActor(ctx, actor, 'people.edit');
	if (input.id === '') throw refuse(peopleProblems, 'person_id_missing');
	if (!/^\d{4}-\d{2}-\d{2}$/.test(input.validFrom)) {
		throw refuse(peopleProblems, 'valid_from_refused', { details: { found: input.validFrom } });
	}
	return ctx.db.write(async (tx) => {
		const people = await loadPeople(tx, { employeeId: input.id });
		const known = people.all.get(input.id);
		const unit = input.attributes['unit'];
		if (unit !== undefined && unit !== null && !(await loadUnits(tx)).all.has(String(unit))) {
			throw refuse(peopleProblems, 'unit_unknown');
		}
		const described = await loadAttributes(tx);
		for (const [attribute, value] of Object.entries(input.attributes)) {
			assertFits(described.get(attribute), value);
		}
		const now = momentOf(ctx.clock);
		const name = input.name ?? known?.name;
		if (name === undefined) throw refuse(peopleProblems, 'name_missing');
		await tx
			.insert(employees)
			.values({ id: input.id, name, createdAt: now })
			.onConflictDoUpdate({
				target: employees.id,
				set: { name, withdrawnAt: null, withdrawnBy: null }
			});
		const changed = Object.entries(input.attributes).filter(
			([attribute, value]) => people.valueOn(input.id, attribute, input.validFrom) !== value
		);
		for (const [attribute, value] of changed) {
			await tx.insert(employeeFacts).values({
				employeeId: input.id,
				attribute,
				value,
				validFrom: input.validFrom,
				source: 'form',
				recordedAt: now,
				recordedBy: actor.userId
			});
		}
		const attributes = changed.map(([attribute]) => attribute);
		const renamed = known !== undefined && known.name !== name;
		if (renamed) await tx.update(employees).set({ name }).where(eq(employees.id, input.id));
		if (attributes.length > 0 || !known || renamed) {
			await recordEvent(tx, ctx, actor, { type: 'person_saved', employee: input.id, attributes });
		}
		return { changed: attributes };
	});
}
