/**
 * Rows that another system sends instead of a file, with a token that knows its client:
 * `POST /api/v1/people`, `/observations` and `/targets`. They pass the same checks as files.
 */
import * as v from 'valibot';
import { idText, localText, wire } from './base.ts';

/** Rows of one request; more are sent in several. */
export const MOST_ROWS = 10_000;

const cell = v.pipe(v.string(), v.maxLength(400));
/** A figure, or how people write one (`1.2万`, `60.6%`); null says that it is missing. */
const figure = v.nullable(v.union([v.pipe(v.number(), v.finite()), cell]));

const figureRow = wire({
	/** The person, or `unit` for a figure of a whole unit. */
	employee: v.optional(cell),
	unit: v.optional(cell),
	metric: cell,
	/** `2026-09`, `2026-Q3`, `2026` or a day. */
	period: cell,
	value: figure,
	currency: v.optional(cell),
	source: v.optional(cell),
	/** Where the proof lies: a document number or an address. */
	evidence: v.optional(cell)
});
export type FigureRow = v.InferOutput<typeof figureRow>;

const personRow = wire({
	employee: cell,
	name: v.optional(cell),
	/** Attributes by id, the client's own included; a missing one stays as it is. */
	attributes: v.optional(
		v.record(
			v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,59}$/)),
			v.union([v.pipe(v.number(), v.finite()), v.boolean(), cell])
		),
		{}
	),
	/** The day from which the attributes hold. */
	valid_from: v.optional(cell)
});
export type PersonRow = v.InferOutput<typeof personRow>;

/** One refused row keeps all of them out. */
const allOrNothing = v.optional(v.boolean(), false);

export const figuresRequest = wire({
	rows: v.pipe(v.array(figureRow), v.minLength(1), v.maxLength(MOST_ROWS)),
	all_or_nothing: allOrNothing
});

export const peopleRequest = wire({
	rows: v.pipe(v.array(personRow), v.minLength(1), v.maxLength(MOST_ROWS)),
	all_or_nothing: allOrNothing,
	/** Units that do not exist yet are made instead of refused. */
	create_units: v.optional(v.boolean(), false)
});

/** `held_back`: good and new, but kept out by a refused row beside it (`all_or_nothing`). */
export const ROW_STATUSES = ['written', 'unchanged', 'repeated', 'rejected', 'held_back'] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

export const rowsReceived = v.strictObject({
	/** What may be looked at, and rolled back, like the import of a file; null when nothing was kept. */
	batch_id: v.nullable(idText),
	facts: v.number(),
	counts: v.strictObject({
		written: v.number(),
		unchanged: v.number(),
		repeated: v.number(),
		rejected: v.number(),
		held_back: v.number()
	}),
	/** One for each row that was sent, in the same order. */
	rows: v.array(
		v.strictObject({
			index: v.number(),
			status: v.picklist(ROW_STATUSES),
			problems: v.array(
				v.strictObject({
					code: v.string(),
					severity: v.picklist(['error', 'warning', 'hint']),
					column: v.nullable(v.string()),
					message: localText,
					advice: localText
				})
			)
		})
	)
});
