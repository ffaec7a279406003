import { EMPLOYEE_ID } from '#lib/engine/table/paths.ts';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { rowsWhere } from '#lib/engine/table/select-rows.ts';
import { textAt, variablesOfRow } from '#lib/engine/table/row.ts';
import { scorableTable } from '#lib/engine/table/snapshot.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadPeople } from '../people/history.ts';
import { PAY_ATTRIBUTES } from '../people/pay.ts';
import { assertCovers, scopeOf, todayOf } from '../people/scope.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { findDefaultRange, readSides } from '../replays/sides.ts';
import { readSettings } from '../settings/client-settings.ts';
import { takeSnapshot } from '../snapshots/take-snapshot.ts';
import { readDraft } from './read.ts';

export interface ReadPersonMonth {
	readonly draftId: string;
	readonly employeeId: string;
	/** The newest with figures when left out. */
	readonly period?: string;
}

export interface PersonMonth {
	readonly employee: { readonly id: string; readonly name: string };
	readonly period: string;
	readonly periods: readonly string[];
	/** What the draft's rules read of the person in that period, as an example gives it. */
	readonly given: JsonObject;
}

/**
 * A real person's period in the form of a golden employee. Pay is left out for everybody: an
 * example is part of the document, and whoever reads the scheme reads it.
 */
export async function readPersonMonth(
	ctx: Context,
	actor: Actor,
	{ draftId, employeeId, period: wished }: ReadPersonMonth
): Promise<PersonMonth> {
	admitActor(ctx, actor, 'draft.edit');
	const settings = await readSettings(ctx.db.read);
	const [people, tree] = await Promise.all([loadPeople(ctx.db.read), loadUnits(ctx.db.read)]);
	const scope = scopeOf(actor, people, tree, todayOf(ctx, settings), {
		all: 'people.read',
		ownUnit: 'people.read_own_unit',
		self: 'people.read_self'
	});
	assertCovers(scope, employeeId);
	const draft = await readDraft(ctx.db.read, draftId);
	const sides = await readSides(ctx.db.read, draft.schemeId, draft.document, draft.baseVersion);
	const length = sides.draft.period;
	const range = await findDefaultRange(ctx.db.read, length, settings);
	const person = people.all.get(employeeId);
	if (!range || !person) throw refuse(commonProblems, 'not_found');
	const taken = await takeSnapshot(ctx, { range, length, paths: sides.paths });
	const table = scorableTable(taken.snapshot, sides.paths);
	const rows = [...rowsWhere(table, EMPLOYEE_ID, new Set([employeeId]))];
	const periods = rows.map((row) => textAt(table, 'period.id', row) ?? '');
	const period = wished ?? periods.at(-1) ?? '';
	const row = rows[periods.indexOf(period)];
	if (row === undefined) throw refuse(commonProblems, 'not_found');
	const read = prepareScheme(sides.draft).paths.filter((path) => !isPay(path));
	const variables = variablesOfRow(table, row, [EMPLOYEE_ID, ...read]);
	const given = Object.fromEntries(
		[...variables].filter(([path, value]) => path !== 'period.id' && value !== null)
	) as JsonObject;
	return { employee: { id: employeeId, name: person.name }, period, periods, given };
}

function isPay(path: string): boolean {
	return path.startsWith('employee.') && PAY_ATTRIBUTES.has(path.slice('employee.'.length));
}
