import { redirect } from '@sveltejs/kit';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { PERIOD_LENGTHS } from '#lib/engine/scheme/document.ts';
import { refuse } from '#lib/server/http/problem.ts';
import { commonProblems } from '#lib/server/http/problems.ts';
import { loadMetrics } from '#lib/server/metrics/load-metrics.ts';
import { createDraft } from '#lib/server/schemes/create-draft.ts';
import { listSchemes } from '#lib/server/schemes/find-schemes.ts';
import { listStartChoices } from '#lib/server/schemes/start-choices.ts';
import { startCopy, type CopySource } from '#lib/server/schemes/start-copy.ts';
import { answer, textOf } from '../../../../form-answer.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals }) => {
	const { ctx, actor } = locals;
	const [choices, schemes, metrics] = await Promise.all([
		listStartChoices(ctx, actor),
		listSchemes(ctx, actor),
		loadMetrics(ctx.db.read)
	]);
	return { ...choices, taken: schemes.map(({ id }) => id), metrics };
};

/** One name for both languages, until somebody writes the other. */
function nameOf(data: FormData): LocalText {
	const name = textOf(data, 'name').trim();
	return { 'zh-CN': name, en: name };
}

/** `version:<scheme>/<number>` or `draft:<id>`. */
function copySource(key: string): CopySource {
	const draft = /^draft:(.+)$/.exec(key)?.[1];
	if (draft !== undefined) return { kind: 'draft', draftId: draft };
	const version = /^version:(.+)\/(\d+)$/.exec(key);
	if (!version) throw refuse(commonProblems, 'not_found');
	return { kind: 'version', schemeId: version[1] ?? '', number: Number(version[2]) };
}

function documentOf(text: string): Json {
	try {
		return JSON.parse(text) as Json;
	} catch (cause) {
		throw refuse(commonProblems, 'body_not_json', { cause });
	}
}

/** Runs one way to start and leads to the draft. */
function starting(
	start: (event: {
		readonly locals: App.Locals;
		readonly data: FormData;
	}) => Promise<{ readonly id: string }>
): Actions[string] {
	return async ({ locals, params, request }) => {
		const data = await request.formData();
		const entered = { id: textOf(data, 'id'), name: textOf(data, 'name') };
		const result = await answer(async () => ({ draft: await start({ locals, data }) }), entered);
		if (!('draft' in result)) return result;
		redirect(303, `/clients/${params.client}/drafts/${result.draft.id}`);
	};
}

export const actions: Actions = {
	template: starting(({ locals, data }) =>
		createDraft(locals.ctx, locals.actor, {
			kind: 'template',
			templateId: textOf(data, 'template'),
			schemeId: textOf(data, 'id')
		})
	),
	copy: starting(({ locals, data }) =>
		startCopy(locals.ctx, locals.actor, {
			from: copySource(textOf(data, 'from')),
			schemeId: textOf(data, 'id'),
			name: nameOf(data)
		})
	),
	sheet: starting(({ locals, data }) =>
		createDraft(locals.ctx, locals.actor, {
			kind: 'document',
			document: documentOf(textOf(data, 'document')),
			asNew: true
		})
	),
	blank: starting(({ locals, data }) =>
		createDraft(locals.ctx, locals.actor, {
			kind: 'blank',
			schemeId: textOf(data, 'id'),
			name: nameOf(data),
			period: PERIOD_LENGTHS.find((length) => length === textOf(data, 'period')) ?? 'month'
		})
	)
};
