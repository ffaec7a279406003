import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { explainScorecard, type ScorecardExplanation } from '#lib/engine/score/explain.ts';
import type { Scorecard } from '#lib/engine/score/scorecard.ts';
import { prepareScheme, scoreRow } from '#lib/engine/score/score-row.ts';
import { rowsWhere } from '#lib/engine/table/select-rows.ts';
import { textAt, variablesOfRow } from '#lib/engine/table/row.ts';
import { scorableTable } from '#lib/engine/table/snapshot.ts';
import type { Variables } from '#lib/engine/logic/rule.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadPeople } from '../people/history.ts';
import { maySeePay } from '../people/pay.ts';
import { assertCovers, scopeOf, todayOf } from '../people/scope.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { readDraft } from '../schemes/read.ts';
import { readSettings } from '../settings/client-settings.ts';
import { takeSnapshot } from '../snapshots/take-snapshot.ts';
import { readReplay, replayedDocument } from './get-replay.ts';
import { readSides, type ReplaySides } from './sides.ts';

export interface PersonSide {
	readonly scheme: { readonly id: string; readonly name: LocalText };
	readonly scorecard: Scorecard;
	readonly explanation: ScorecardExplanation;
}

export interface PersonReplay {
	readonly employee: { readonly id: string; readonly name: string };
	readonly period: string;
	/** All periods of the replay in which the person was employed. */
	readonly periods: readonly string[];
	readonly before: PersonSide | null;
	readonly after: PersonSide;
	/** False when the data of the replay cannot be restored bit by bit any more. */
	readonly isSameData: boolean;
}

/** One person before and after, rule by rule, on the data as it was known when the replay ran. */
export async function personReplay(
	ctx: Context,
	actor: Actor,
	input: { readonly replayId: string; readonly employeeId: string; readonly period?: string }
): Promise<PersonReplay> {
	admitActor(ctx, actor, 'replay.read', 'replay.read_own_unit');
	const row = await readReplay(ctx, input.replayId);
	const settings = await readSettings(ctx.db.read);
	const [people, tree] = await Promise.all([loadPeople(ctx.db.read), loadUnits(ctx.db.read)]);
	const scope = scopeOf(actor, people, tree, todayOf(ctx, settings), {
		all: 'replay.read',
		ownUnit: 'replay.read_own_unit',
		self: 'people.read_self'
	});
	assertCovers(scope, input.employeeId);
	const draft = await readDraft(ctx.db.read, row.draftId);
	const document = await replayedDocument(ctx, row);
	const sides = await readSides(ctx.db.read, draft.schemeId, document, row.baselineVersion);
	const taken = await takeSnapshot(ctx, {
		range: { from: row.periodFrom, to: row.periodTo },
		length: sides.draft.period,
		paths: sides.paths,
		knownAt: row.knownAt
	});
	const table = scorableTable(taken.snapshot, sides.paths);
	const rows = [...rowsWhere(table, 'employee.id', new Set([input.employeeId]))];
	const periods = rows.map((at) => textAt(table, 'period.id', at) ?? '');
	const period = input.period ?? periods.at(-1) ?? '';
	const at = rows[periods.indexOf(period)];
	if (at === undefined) throw refuse(commonProblems, 'not_found');
	const variables = variablesOfRow(table, at);
	const seesPay = maySeePay(actor, settings, input.employeeId);
	const side = (scheme: SchemeDocument, preview: boolean): PersonSide =>
		explainSide(scheme, variables, sides, { preview, seesPay, fiscalMonth: settings.fiscalMonth });
	return {
		employee: {
			id: input.employeeId,
			name: people.all.get(input.employeeId)?.name ?? input.employeeId
		},
		period,
		periods,
		before: sides.baseline ? side(sides.baseline.document, false) : null,
		after: side(sides.draft, true),
		isSameData: row.datasetHash === null || row.datasetHash === taken.hash
	};
}

/** Scores and explains one side; pay is left out for those who may not see it. */
function explainSide(
	scheme: SchemeDocument,
	variables: Variables,
	{ metrics, dictionary }: Pick<ReplaySides, 'metrics' | 'dictionary'>,
	options: { readonly preview: boolean; readonly seesPay: boolean; readonly fiscalMonth: number }
): PersonSide {
	const shown = options.seesPay ? scheme : payless(scheme);
	const prepared = prepareScheme(shown);
	const { preview, fiscalMonth } = options;
	const scorecard = scoreRow(prepared, variables, { preview, fiscalMonth });
	const explanation = explainScorecard(prepared, variables, scorecard, {
		metrics,
		dictionary,
		fiscalMonth
	});
	return { scheme: { id: scheme.id, name: scheme.name }, scorecard, explanation };
}

function payless({ payout: _payout, ...scheme }: SchemeDocument): SchemeDocument {
	return scheme;
}
