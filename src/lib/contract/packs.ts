/** Rule packs: what is at hand, what an installation, upgrade or uninstallation would do, and doing it. */
import * as v from 'valibot';
import { PERIOD_LENGTHS } from '../engine/scheme/document.ts';
import { MERGE_OUTCOMES, PACK_CONFLICT_REASONS } from '../packs/merge-types.ts';
import { NEED_KINDS } from '../packs/needs.ts';
import { PACK_PART_KINDS } from '../packs/plan-install.ts';
import { hash, idText, instant, json, localText, periodId, periodRange, wire } from './base.ts';

const version = v.pipe(v.string(), v.regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const kind = v.picklist(PACK_PART_KINDS);
const key = v.pipe(v.string(), v.maxLength(200));

const paramAnswer = v.union([
	v.number(),
	v.strictObject({
		value: v.optional(v.number()),
		/** Figures for units and those below them, by the id of the unit. */
		units: v.optional(v.record(idText, v.number())),
		/** Twelve figures, January first. */
		months: v.optional(v.pipe(v.array(v.number()), v.length(12)))
	})
]);

/** Answers to the questions of a pack; what is left out keeps what the pack says. */
const answerEntries = {
	currency: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/))),
	period: v.optional(v.picklist(PERIOD_LENGTHS)),
	/** Lowest score by id of the grade. */
	grades: v.optional(v.record(idText, v.number())),
	params: v.optional(v.record(idText, paramAnswer))
};
const answers = v.strictObject(answerEntries);

export const packQuery = v.strictObject({ version: v.optional(version) });

export const planPackRequest = wire({ version: v.optional(version), answers: v.optional(answers) });

export const installPackRequest = wire({
	version: v.optional(version),
	/** Hash of the pack that the plan was made for. */
	hash: v.optional(hash),
	/** For parts that the client has in another form, by `kind:id`. */
	conflicts: v.optional(v.record(key, v.picklist(['keep', 'replace']))),
	...answerEntries
});

export const trialReplayRequest = wire({
	version: v.optional(version),
	scheme: idText,
	answers: v.optional(answers),
	range: v.optional(periodRange)
});

export const planUpgradeRequest = wire({
	version: v.optional(version),
	answers: v.optional(answers),
	/** False leaves the replays of the conflicts out, which take seconds. */
	effects: v.optional(v.boolean())
});

export const upgradePackRequest = wire({
	version: v.optional(version),
	/** `state` of the plan that was shown. */
	state: v.optional(hash),
	/** A side for every conflict, by its id. */
	choices: v.optional(v.record(key, v.picklist(['ours', 'theirs']))),
	answers: v.optional(answers)
});

export const uninstallPackRequest = wire({ state: v.optional(hash) });

export const receivePackForm = v.strictObject({ file: v.instance(Blob) });

export const exportPackRequest = wire({
	id: idText,
	version,
	name: localText,
	description: localText,
	industry: idText,
	authors: v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(120))),
	licence: v.optional(v.pipe(v.string(), v.maxLength(120))),
	schemes: v.array(wire({ scheme_id: idText, draft_id: v.optional(idText) })),
	metrics: v.optional(v.array(idText)),
	presets: v.optional(v.array(idText))
});

const needSummary = {
	path: v.string(),
	name: v.nullable(localText),
	schemes: v.array(v.string())
};

const need = v.strictObject({
	...needSummary,
	kind: v.picklist(NEED_KINDS),
	is_required: v.boolean(),
	periods: count,
	have: v.nullable(
		v.strictObject({ from: v.nullable(v.string()), to: v.nullable(v.string()), subjects: count })
	)
});

const field = v.strictObject({
	/** The name under which the answer is given: `currency`, `period`, `grades.<id>`, `params.<id>`. */
	id: v.string(),
	kind: v.picklist(['currency', 'period', 'grade', 'param']),
	name: localText,
	note: v.nullable(localText),
	unit: v.nullable(v.string()),
	default: v.nullable(v.union([v.string(), v.number(), v.array(v.number())])),
	min: v.nullable(v.number()),
	max: v.nullable(v.number()),
	choices: v.array(v.string()),
	per_unit: v.boolean(),
	schemes: v.array(v.string())
});

export const packList = v.strictObject({
	packs: v.array(
		v.strictObject({
			id: v.string(),
			version,
			name: localText,
			description: localText,
			industry: v.string(),
			counts: v.strictObject({ metrics: count, schemes: count, tests: count }),
			schemes: v.array(v.strictObject({ id: v.string(), name: localText })),
			source: v.picklist(['shipped', 'received', 'installed']),
			signer: v.nullable(v.string()),
			installed: v.nullable(v.strictObject({ version, at: instant, same: v.boolean() })),
			needs: v.array(need)
		})
	)
});

export const installPlanBody = v.strictObject({
	pack: v.string(),
	version,
	hash,
	is_installed: v.boolean(),
	replaces: v.nullable(version),
	parts: v.array(
		v.strictObject({
			kind,
			id: v.string(),
			name: localText,
			outcome: v.picklist(['added', 'same', 'conflict'])
		})
	),
	counts: v.strictObject({ added: count, same: count, conflict: count }),
	missing: v.array(v.strictObject(needSummary)),
	needs: v.array(need),
	form: v.array(field)
});

export const packInstalled = v.strictObject({ plan: installPlanBody, changed: v.boolean() });

const upgradeSummary = {
	pack: v.string(),
	name: localText,
	from: v.strictObject({ version, hash }),
	to: v.strictObject({ version, hash }),
	is_installed: v.boolean(),
	parts: v.array(
		v.strictObject({
			kind: v.picklist([...PACK_PART_KINDS, 'use']),
			id: v.string(),
			name: localText,
			outcome: v.picklist(MERGE_OUTCOMES),
			changed_by: v.nullable(v.picklist(['pack', 'client', 'both'])),
			sentences: v.array(localText),
			conflicts: v.array(
				v.strictObject({
					id: v.string(),
					reason: v.picklist(PACK_CONFLICT_REASONS),
					place: localText,
					base: v.optional(json),
					ours: v.optional(json),
					theirs: v.optional(json),
					sentences: v.strictObject({ ours: localText, theirs: localText })
				})
			)
		})
	),
	counts: v.record(v.picklist(MERGE_OUTCOMES), count),
	missing: v.array(v.strictObject(needSummary)),
	form: v.array(field),
	state: hash
};

const choiceEffect = v.strictObject({
	rising: count,
	falling: count,
	same: count,
	grade_up: count,
	grade_down: count,
	mean_delta: v.nullable(v.number())
});

export const upgradePlanBody = v.strictObject({
	...upgradeSummary,
	effects: v.array(
		v.strictObject({
			conflict: v.string(),
			schemes: v.array(v.string()),
			ours: choiceEffect,
			theirs: choiceEffect
		})
	),
	range: v.nullable(v.strictObject({ from: periodId, to: periodId }))
});

export const packUpgraded = v.strictObject({
	plan: v.strictObject(upgradeSummary),
	changed: v.boolean(),
	drafts: v.array(v.strictObject({ id: v.string(), scheme_id: v.string() }))
});

const UNINSTALL_OUTCOMES = ['retired', 'restored', 'changed', 'used', 'gone'] as const;

export const uninstallPlanBody = v.strictObject({
	pack: v.string(),
	name: localText,
	version,
	parts: v.array(
		v.strictObject({
			kind,
			id: v.string(),
			name: localText,
			outcome: v.picklist(UNINSTALL_OUTCOMES),
			because: v.nullable(localText)
		})
	),
	counts: v.record(v.picklist(UNINSTALL_OUTCOMES), count),
	state: hash
});

export const packReceived = v.strictObject({
	pack: v.string(),
	version,
	hash,
	name: localText,
	signer: v.nullable(v.string()),
	changed: v.boolean()
});

export const trialReplayed = v.strictObject({
	scheme: v.strictObject({ id: v.string(), name: localText }),
	baseline: v.nullable(v.strictObject({ number: count })),
	range: v.strictObject({ from: periodId, to: periodId }),
	verdict: localText,
	/** As `quanheng replay --json` prints it. */
	report: json
});

export const packExported = v.strictObject({
	file_name: v.string(),
	hash,
	/** The zip in base64. */
	archive: v.string(),
	files: v.array(v.string()),
	tests: count
});
