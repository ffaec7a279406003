import { eq } from 'drizzle-orm';
import { EMPLOYEE_ATTRIBUTES } from '#lib/engine/scheme/variables.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { attributes } from '../db/client/schema.ts';
import type { AttributeChoice, AttributeType } from '../db/client/tables/registers.ts';
import { refuse } from '../http/problem.ts';
import { FIXED_ATTRIBUTES } from './attributes.ts';
import { peopleProblems } from './problems.ts';

export interface SaveAttribute {
	readonly id: string;
	readonly name: LocalText;
	readonly type: AttributeType;
	readonly choices: readonly AttributeChoice[];
	/** No longer offered where new values are entered; values that are there stay. */
	readonly retired?: boolean;
}

const MOST_CHOICES = 200;

/**
 * Describes an attribute: what it is called, what it holds, what its values are called. Values that
 * were recorded before are never changed by it; saving the same again changes nothing.
 */
export async function saveAttribute(
	ctx: Context,
	actor: Actor,
	input: SaveAttribute
): Promise<void> {
	admitActor(ctx, actor, 'people.edit');
	const { id, name, type, choices } = input;
	if (!/^[a-z][a-z0-9_]{0,59}$/.test(id) || FIXED_ATTRIBUTES.has(id)) {
		throw refuse(peopleProblems, 'attribute_id_refused', { details: { id } });
	}
	if (name['zh-CN'].trim() === '' && name.en.trim() === '') {
		throw refuse(peopleProblems, 'attribute_name_missing');
	}
	const values = choices.map(({ value }) => value);
	const double = values.find((value, at) => values.indexOf(value) !== at);
	if (double !== undefined) {
		throw refuse(peopleProblems, 'attribute_choice_twice', { details: { value: double } });
	}
	if (type === 'choice' && (values.length === 0 || values.length > MOST_CHOICES)) {
		throw refuse(peopleProblems, 'attribute_choices_missing', { details: { most: MOST_CHOICES } });
	}
	if (EMPLOYEE_ATTRIBUTES.get(id)?.type === 'number' && type !== 'number') {
		throw refuse(peopleProblems, 'attribute_type_fixed', { details: { id } });
	}
	const saved = {
		name: {
			'zh-CN': name['zh-CN'].trim() || name.en.trim(),
			en: name.en.trim() || name['zh-CN'].trim()
		},
		type,
		retiredAt: input.retired ? momentOf(ctx.clock) : null,
		updatedAt: momentOf(ctx.clock),
		updatedBy: actor.userId
	};
	await ctx.db.write(async (tx) => {
		const [known] = await tx.select().from(attributes).where(eq(attributes.id, id));
		const row = { ...saved, choices: withOrigins(choices, known?.choices ?? []) };
		await tx
			.insert(attributes)
			.values({ id, ...row })
			.onConflictDoUpdate({ target: attributes.id, set: row });
		await recordEvent(tx, ctx, actor, { type: 'attribute_saved', attribute: id });
	});
}

/** A value whose name a pack brought and nobody changed is still the pack's. */
function withOrigins(
	choices: readonly AttributeChoice[],
	known: readonly AttributeChoice[]
): AttributeChoice[] {
	return choices.map(({ value, name }) => {
		const before = known.find((one) => one.value === value);
		const isSame = before?.name['zh-CN'] === name['zh-CN'] && before.name.en === name.en;
		return { value, name, ...(isSame && before.origin ? { origin: before.origin } : {}) };
	});
}
