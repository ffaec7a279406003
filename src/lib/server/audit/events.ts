/**
 * The closed list of events. Each has its own data, read and written with the same schema.
 *
 * The texts of stored events are covered by the hash chain: a field may be added as optional, but
 * renaming or removing one breaks the reading of what was recorded. Data name things by id and
 * hash; they never contain names of people, pay, scores or secrets.
 */
import * as v from 'valibot';

const id = v.string();
const hash = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const version = v.pipe(v.number(), v.integer(), v.minValue(1));
const roles = v.array(v.string());

export const EVENTS = {
	// Accounts, in the control database's chain.
	/** The first administrator was made on a new instance. */
	instance_set_up: v.object({ user: id }),
	signed_in: v.object({ user: id }),
	signed_out: v.object({ user: id }),
	/** The limiter refused further attempts at an account. */
	sign_in_limited: v.object({ account: hash }),
	session_revoked: v.object({ user: id, sessions: count }),
	user_created: v.object({ user: id }),
	user_disabled: v.object({ user: id }),
	user_enabled: v.object({ user: id }),
	password_changed: v.object({ user: id, by_self: v.boolean() }),
	client_created: v.object({ client: id }),
	/** The client's database file was removed; what it held is in exports and backups only. */
	client_deleted: v.object({ client: id }),
	membership_granted: v.object({ user: id, client: id, roles, ends_at: v.nullable(v.string()) }),
	membership_revoked: v.object({ user: id, client: id }),
	api_token_created: v.object({ token: id, user: id, client: id }),
	api_token_revoked: v.object({ token: id }),

	// The client's own chain.
	demo_seeded: v.object({ pack: id, version: v.string() }),
	setting_changed: v.object({ key: id }),
	unit_saved: v.object({ unit: id }),
	unit_closed: v.object({ unit: id }),
	attribute_saved: v.object({ attribute: id }),
	parameter_saved: v.object({ parameter: id }),
	/** Rates of other currencies in the client's own. */
	rates_saved: v.object({ currencies: v.array(id), rates: count }),
	calendar_saved: v.object({ year: v.number(), days: count }),
	person_saved: v.object({ employee: id, attributes: v.array(v.string()) }),
	pack_installed: v.object({
		pack: id,
		version: v.string(),
		hash,
		replaced: v.nullable(v.string())
	}),
	/** What the client had and what a newer version brought became one; drafts wait for review. */
	pack_upgraded: v.object({
		pack: id,
		from: v.string(),
		to: v.string(),
		hash,
		written: count,
		drafts: v.array(id),
		choices: v.array(id)
	}),
	pack_uninstalled: v.object({ pack: id, version: v.string(), retired: count, kept: count }),
	/** An archive was judged and kept; nothing is installed by that. */
	pack_received: v.object({
		pack: id,
		version: v.string(),
		hash,
		archive_hash: hash,
		signer: v.nullable(v.string())
	}),
	/** An archive was refused; the codes say why. */
	pack_refused: v.object({ archive_hash: hash, codes: v.array(id) }),
	pack_exported: v.object({ pack: id, version: v.string(), hash, schemes: v.array(id) }),
	metric_saved: v.object({ metric: id, revision: version, hash }),
	/** No longer offered; what was published with it keeps it. */
	metric_retired: v.object({ metric: id, revision: version }),
	record_type_saved: v.object({ record_type: id, revision: version }),
	record_type_retired: v.object({ record_type: id, revision: version }),
	/** Records that another system sent; files are imports. */
	records_received: v.object({ record_type: id, added: count, changed: count }),
	/** A closed month counts later records as well; the reason stands in the correction. */
	record_month_corrected: v.object({
		correction: id,
		record_type: id,
		month: v.string(),
		figures: count
	}),
	expectation_saved: v.object({ expectation: id, revision: version }),
	expectation_retired: v.object({ expectation: id, revision: version }),

	/** A file was read and kept aside; nothing counts yet. */
	import_staged: v.object({ batch: id, kind: id, file_hash: hash, rows: count }),
	/** The accepted rows became facts. */
	import_committed: v.object({
		batch: id,
		kind: id,
		file_hash: hash,
		facts: count,
		rejected: count
	}),
	/** All facts of the batch were withdrawn. */
	import_rolled_back: v.object({ batch: id, facts: count, reason: v.string() }),
	import_discarded: v.object({ batch: id }),
	/** One of several sources was said to hold. */
	figure_reconciled: v.object({ metric: id, period: id, subject: id }),
	anomaly_explained: v.object({ metric: id, period: id, subject: id, cause: id }),
	entry_assigned: v.object({ assignment: id, metric: id, user: id }),
	entry_ended: v.object({ assignment: id }),
	figures_entered: v.object({ metric: id, period: id, facts: count }),
	preset_saved: v.object({ preset: id }),

	scheme_created: v.object({ scheme: id }),
	draft_created: v.object({ draft: id, scheme: id, base: v.nullable(version), hash }),
	draft_saved: v.object({ draft: id, revision: version, hash }),
	draft_discarded: v.object({ draft: id }),
	/** The draft's base was moved to a newer version. */
	draft_rebased: v.object({ draft: id, base: v.nullable(version), revision: version, hash }),
	replay_started: v.object({ replay: id, draft: id, draft_hash: hash }),
	replay_finished: v.object({ replay: id, status: id, dataset_hash: v.nullable(hash) }),
	/** The author asked for approval, naming the replay it rests on. */
	draft_submitted: v.object({
		submission: id,
		draft: id,
		draft_hash: hash,
		replay: id,
		base: v.nullable(version)
	}),
	submission_withdrawn: v.object({ submission: id }),
	override_asked: v.object({ submission: id, check: id, reason: v.string() }),
	override_granted: v.object({ submission: id, check: id }),
	/** Another person approved or returned exactly this hash. */
	submission_decided: v.object({
		submission: id,
		verdict: v.picklist(['approve', 'return']),
		draft_hash: hash,
		submitted_by: id
	}),
	/** A version took effect; carries base, hashes, and the two people. */
	version_published: v.object({
		scheme: id,
		number: version,
		hash,
		draft_hash: hash,
		base: v.nullable(version),
		effective_from: v.string(),
		submission: id,
		submitted_by: id,
		approved_by: id
	}),

	cycle_opened: v.object({ cycle: id, from: v.string(), to: v.string() }),
	cycle_closed: v.object({ cycle: id }),
	target_proposed: v.object({ proposal: id, revision: version }),
	targets_submitted: v.object({ cycle: id, unit: id, proposals: count }),
	target_reviewed: v.object({
		proposal: id,
		revision: version,
		verdict: v.picklist(['agree', 'return', 'comment'])
	}),
	target_withdrawn: v.object({ target: v.number() }),
	target_confirmed: v.object({ target: v.number() }),

	scoring_run_started: v.object({ run: id, period: v.string() }),
	scoring_run_finished: v.object({
		run: id,
		status: id,
		scorecards: count,
		dataset_hash: v.nullable(hash)
	}),
	/** Employees may now see the run's scorecards. */
	scorecards_released: v.object({ run: id, period: v.string() })
} as const;

export type EventType = keyof typeof EVENTS;

/** An event as a use case records it: the type, and that type's data beside it. */
export type AuditEvent = {
	[T in EventType]: { readonly type: T } & Readonly<v.InferOutput<(typeof EVENTS)[T]>>;
}[EventType];
