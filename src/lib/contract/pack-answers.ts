/** What the pages of packs send: answers to a pack's questions and choices about its conflicts. */
import * as v from 'valibot';
import { PERIOD_LENGTHS } from '../engine/scheme/document.ts';

const figure = v.pipe(v.number(), v.finite());
const word = v.pipe(v.string(), v.maxLength(120));

const paramAnswer = v.union([
	figure,
	v.strictObject({
		value: v.optional(figure),
		units: v.optional(v.record(word, figure)),
		months: v.optional(v.pipe(v.array(figure), v.length(12)))
	})
]);

export const packAnswers = v.strictObject({
	currency: v.optional(v.pipe(v.string(), v.trim(), v.toUpperCase(), v.maxLength(8))),
	period: v.optional(v.picklist(PERIOD_LENGTHS)),
	grades: v.optional(v.record(word, figure)),
	params: v.optional(v.record(word, paramAnswer))
});

/** What to do with parts that the client has in another form, by `kind:id`. */
export const partDecisions = v.record(word, v.picklist(['keep', 'replace']));

/** Which side each conflict of an upgrade goes to, by its id. */
export const conflictChoices = v.record(
	v.pipe(v.string(), v.maxLength(400)),
	v.picklist(['ours', 'theirs'])
);

/** A trial replay: one scheme of a pack, with the answers as they stand on the page. */
export const trialRequest = v.strictObject({
	scheme: word,
	version: v.optional(word),
	answers: packAnswers
});

/** The version whose conflicts are to be replayed. */
export const effectsRequest = v.strictObject({ version: v.optional(word) });
