/** A real person's period, to be pinned as a golden employee. */
import * as v from 'valibot';
import { json } from './base.ts';

export const personMonthQuery = v.strictObject({
	employee: v.string(),
	period: v.optional(v.string())
});

export const personMonthBody = v.strictObject({
	employee: v.strictObject({ id: v.string(), name: v.string() }),
	period: v.string(),
	periods: v.array(v.string()),
	/** Variables by path; without pay. */
	given: json
});
