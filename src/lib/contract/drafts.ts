/** Drafts, submissions and publication. Scheme documents are judged by the engine's validator. */
import * as v from 'valibot';
import { PERIOD_LENGTHS } from '../engine/scheme/document.ts';
import {
	diagnosticBody,
	hash,
	idText,
	instant,
	json,
	localText,
	periodId,
	periodRange,
	revision,
	wire,
	words
} from './base.ts';

const version = v.pipe(v.number(), v.integer(), v.minValue(1));

export const createDraftRequest = v.variant('from', [
	wire({
		from: v.literal('blank'),
		scheme_id: v.string(),
		name: localText,
		period: v.picklist(PERIOD_LENGTHS)
	}),
	wire({ from: v.literal('template'), template_id: v.string(), scheme_id: v.optional(v.string()) }),
	wire({ from: v.literal('version'), scheme_id: v.string(), number: version }),
	wire({ from: v.literal('document'), document: json })
]);

export const draftCreated = v.strictObject({
	id: idText,
	scheme_id: v.string(),
	revision,
	hash,
	base_version: v.nullable(version)
});

const draftSummary = {
	id: idText,
	scheme_id: v.string(),
	base_version: v.nullable(version),
	revision,
	hash,
	status: v.string(),
	updated_at: instant,
	updated_by: v.string(),
	submission_id: v.nullable(v.string())
};

export const schemeList = v.strictObject({
	schemes: v.array(
		v.strictObject({
			id: v.string(),
			name: localText,
			latest: v.nullable(v.strictObject({ number: version, effective_from: v.string() })),
			drafts: v.array(v.strictObject(draftSummary))
		})
	)
});

export const draftBody = v.strictObject({
	...draftSummary,
	document: json,
	created_at: instant,
	created_by: v.string(),
	published_version: v.nullable(version)
});

/** PUT …/drafts/{draft}: a newer revision than the one quoted is answered with 409 and the draft. */
export const saveDraftRequest = wire({
	revision,
	document: json,
	base_version: v.optional(version)
});

export const draftSaved = v.strictObject({ revision, hash, saved_at: instant });

/** One window that has the draft open, and what it wishes. */
export const attendRequest = wire({
	window: v.pipe(v.string(), v.minLength(8), v.maxLength(64)),
	wish: v.picklist(['edit', 'read', 'ask', 'grant', 'keep', 'leave'])
});

export const attendanceBody = v.strictObject({
	revision,
	is_editor: v.boolean(),
	editor: v.nullable(v.strictObject({ name: v.string(), is_me: v.boolean() })),
	others: v.array(v.strictObject({ name: v.string(), is_editor: v.boolean() })),
	asked_by: v.nullable(v.string()),
	asking: v.nullable(v.picklist(['waiting', 'kept']))
});

export const previewRequest = wire({ document: json, range: v.optional(periodRange) });

export const previewBody = v.strictObject({
	document_hash: hash,
	range: v.strictObject({ from: v.string(), to: v.string() }),
	/** The report of `quanheng replay --json`. */
	report: json,
	verdict: localText,
	findings: v.array(diagnosticBody)
});

export const submitRequest = wire({
	draft_hash: hash,
	replay_id: v.string(),
	base_version: v.nullable(version),
	note: v.optional(v.nullable(words)),
	overrides: v.optional(v.array(v.strictObject({ check: v.string(), reason: words })))
});

export const submissionCreated = v.strictObject({ id: idText, submitted_at: instant });

export const decisionRequest = wire({
	draft_hash: hash,
	verdict: v.picklist(['approve', 'return']),
	reason: v.optional(words),
	grant: v.optional(v.array(v.string()))
});

export const publishRequest = wire({
	draft_hash: hash,
	base_version: v.nullable(version),
	effective_from: periodId,
	note: v.optional(v.nullable(words))
});

export const versionPublished = v.strictObject({
	scheme_id: v.string(),
	number: version,
	hash,
	effective_from: v.string()
});

export const done = v.strictObject({ done: v.literal(true) });
