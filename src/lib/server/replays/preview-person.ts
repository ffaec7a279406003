import type { Json } from '#lib/engine/logic/rule.ts';
import type { PeriodLength, SchemeDocument } from '#lib/engine/scheme/document.ts';
import { EMPLOYEE_ID, PERIOD_ID } from '#lib/engine/table/paths.ts';
import { textAt, variablesOfRow } from '#lib/engine/table/row.ts';
import { tableOfSnapshot } from '#lib/engine/table/snapshot.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { admitActor, requirePermission } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { maySeePay, PAY_ATTRIBUTES } from '../people/pay.ts';
import { readDraft } from '../schemes/read.ts';
import { draftGround, snapshotOfGround, type DraftGround } from './preview-ground.ts';

export interface PreviewPerson {
	readonly draftId: string;
	readonly length: PeriodLength;
	readonly employee: string;
	/** The newest in which the person was employed, unless given. */
	readonly period?: string | undefined;
}

/** One person's figures of one period: what the browser scores while a hand moves. */
export interface PersonFigures {
	readonly employee: string;
	readonly name: string;
	readonly period: string;
	readonly periods: readonly string[];
	readonly fiscalMonth: number;
	readonly variables: Readonly<Record<string, Json>>;
	/** Variables that this reader may not see: what reads them cannot be scored here. */
	readonly withheld: readonly string[];
	/** What the draft is compared with, without pay for those who may not see it. */
	readonly baseline: SchemeDocument | null;
}

/** The figures of the person at hand, for those who may see everybody's. */
export async function previewPerson(
	ctx: Context,
	actor: Actor,
	input: PreviewPerson
): Promise<PersonFigures> {
	const { ground, table } = await historyOf(ctx, actor, input);
	const rows = rowsOf(table, input.employee);
	const periods = rows.map((row) => textAt(table, PERIOD_ID, row) ?? '').sort();
	const period = input.period ?? periods.at(-1);
	const row = rows.find((at) => textAt(table, PERIOD_ID, at) === period);
	if (row === undefined || period === undefined) throw refuse(commonProblems, 'not_found');
	const seesPay = maySeePay(actor, ground.settings, input.employee);
	const withheld = seesPay ? [] : [...PAY_ATTRIBUTES].map((attribute) => `employee.${attribute}`);
	const variables = [...variablesOfRow(table, row)].filter(([path]) => !withheld.includes(path));
	return {
		employee: input.employee,
		name: textAt(table, 'employee.name', row) ?? input.employee,
		period,
		periods,
		fiscalMonth: ground.settings.fiscalMonth,
		variables: Object.fromEntries(variables) as Record<string, Json>,
		withheld,
		baseline: ground.baseline && (seesPay ? ground.baseline : withoutPayout(ground.baseline))
	};
}

export interface FindPreviewPeople {
	readonly draftId: string;
	readonly length: PeriodLength;
	/** Part of a name or an id. */
	readonly search: string;
}

const MOST_PEOPLE = 20;

/** People of the history whose name or id has the words in it. */
export async function findPreviewPeople(
	ctx: Context,
	actor: Actor,
	input: FindPreviewPeople
): Promise<{ readonly people: readonly { readonly employee: string; readonly name: string }[] }> {
	const { table } = await historyOf(ctx, actor, input);
	const wanted = input.search.trim().toLowerCase();
	const ids = table.columns.get(EMPLOYEE_ID);
	const found = new Map<number, { employee: string; name: string }>();
	if (ids?.kind !== 'text') return { people: [] };
	for (let row = 0; row < table.rows && found.size < MOST_PEOPLE; row++) {
		const code = ids.codes[row] ?? -1;
		if (found.has(code)) continue;
		const employee = ids.dictionary[code] ?? '';
		const name = textAt(table, 'employee.name', row) ?? employee;
		if (employee.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted))
			found.set(code, { employee, name });
	}
	return { people: [...found.values()] };
}

async function historyOf(
	ctx: Context,
	actor: Actor,
	{ draftId, length }: Pick<PreviewPerson, 'draftId' | 'length'>
): Promise<{ ground: DraftGround; table: Table }> {
	admitActor(ctx, actor, 'draft.edit', 'draft.read');
	requirePermission(actor, 'people.read');
	const draft = await readDraft(ctx.db.read, draftId);
	const { document } = draft;
	const ground = await draftGround(ctx, { draft, period: length, document, paths: [] });
	const { snapshot } = await snapshotOfGround(ctx, ground);
	return { ground, table: tableOfSnapshot(snapshot) };
}

function rowsOf(table: Table, employee: string): number[] {
	const ids = table.columns.get(EMPLOYEE_ID);
	if (ids?.kind !== 'text') return [];
	const code = ids.dictionary.indexOf(employee);
	const rows: number[] = [];
	if (code >= 0)
		for (let row = 0; row < table.rows; row++) if (ids.codes[row] === code) rows.push(row);
	return rows;
}

function withoutPayout({ payout: _payout, ...scheme }: SchemeDocument): SchemeDocument {
	return scheme;
}
