/** Writes definitions of each kind that packs bring: new revisions, rows that end, never an edit of history. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { schemeHash } from '#lib/engine/scheme/hash.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { partHash, type PackPartKind } from '#lib/packs/plan-install.ts';
import {
	importPresets,
	metrics,
	parameters,
	parameterValues,
	recordTypes,
	templates
} from '../db/client/schema.ts';
import type { PackOrigin } from '../db/client/tables/metrics.ts';
import type { Tx } from '../db/database.ts';
import type { PresentPart } from './present-parts.ts';

/** A pack has hundreds of parts, each a revision of its own: longer than an ordinary change. */
export const PACK_DEADLINE_MS = 20_000;

/** What is written of one part, beside its content. */
export interface PartHead {
	readonly kind: PackPartKind;
	readonly id: string;
	readonly name: LocalText;
	readonly origin: PackOrigin | null;
	readonly presetKind?: PresentPart['presetKind'];
}

/** The content of a parameter as a part of a pack. */
interface ParamContent {
	readonly name: LocalText;
	readonly unit: string;
}

/** A dated value of a parameter. */
export interface ParamValue {
	readonly unitId: string | null;
	readonly validFrom: string;
	readonly value: number;
}

export class PartWriter {
	readonly #tx: Tx;
	readonly #now: string;
	readonly #by: string;

	constructor(tx: Tx, now: string, by: string) {
		this.#tx = tx;
		this.#now = now;
		this.#by = by;
	}

	/** Makes the content what the client has from now on. */
	async write(head: PartHead, content: Json): Promise<void> {
		switch (head.kind) {
			case 'metric':
				return this.#metric(head, content as unknown as MetricDefinition, false);
			case 'record':
				return this.#record(head, content as JsonObject, false);
			case 'scheme':
				return this.#template(head, content as unknown as SchemeDocument);
			case 'preset':
				return this.#preset(head, content as JsonObject);
			case 'param':
				return this.#param(head, content as unknown as ParamContent);
		}
	}

	/** Takes a definition out of use; its last content stays where history needs it. */
	async retire(head: PartHead, content: Json): Promise<void> {
		const { kind, id } = head;
		if (kind === 'metric') {
			await this.#metric(head, content as unknown as MetricDefinition, true);
		} else if (kind === 'record') {
			await this.#record(head, content as JsonObject, true);
		} else if (kind === 'scheme') {
			await this.#tx.update(templates).set({ retiredAt: this.#now }).where(eq(templates.id, id));
		} else if (kind === 'preset') {
			await this.#tx.delete(importPresets).where(eq(importPresets.id, id));
		} else {
			await this.#tx.update(parameters).set({ retiredAt: this.#now }).where(eq(parameters.id, id));
			await this.#tx
				.update(parameterValues)
				.set({ withdrawnAt: this.#now, withdrawnBy: this.#by })
				.where(and(eq(parameterValues.parameterId, id), isNull(parameterValues.withdrawnAt)));
		}
	}

	/** Gives a parameter values unless the client has some. */
	async values(id: string, values: readonly ParamValue[], source: string): Promise<void> {
		const [known] = await this.#tx
			.select({ id: parameterValues.id })
			.from(parameterValues)
			.where(and(eq(parameterValues.parameterId, id), isNull(parameterValues.withdrawnAt)))
			.limit(1);
		if (known || values.length === 0) return;
		await this.#tx.insert(parameterValues).values(
			values.map((value) => ({
				parameterId: id,
				...value,
				source,
				recordedAt: this.#now,
				recordedBy: this.#by
			}))
		);
	}

	async #metric({ id, origin }: PartHead, definition: MetricDefinition, retired: boolean) {
		const [last] = await this.#tx
			.select({ revision: metrics.revision })
			.from(metrics)
			.where(eq(metrics.id, id))
			.orderBy(desc(metrics.revision))
			.limit(1);
		await this.#tx.insert(metrics).values({
			id,
			revision: (last?.revision ?? 0) + 1,
			definition,
			hash: partHash(definition as unknown as Json),
			origin,
			retired,
			recordedAt: this.#now,
			recordedBy: this.#by
		});
	}

	async #record({ id, origin }: PartHead, definition: JsonObject, retired: boolean) {
		const [last] = await this.#tx
			.select({ revision: recordTypes.revision })
			.from(recordTypes)
			.where(eq(recordTypes.id, id))
			.orderBy(desc(recordTypes.revision))
			.limit(1);
		await this.#tx.insert(recordTypes).values({
			id,
			revision: (last?.revision ?? 0) + 1,
			definition,
			origin,
			retired,
			recordedAt: this.#now,
			recordedBy: this.#by
		});
	}

	async #template({ id, origin }: PartHead, document: SchemeDocument): Promise<void> {
		const row = {
			name: document.name,
			document,
			hash: schemeHash(document),
			origin,
			createdAt: this.#now,
			createdBy: this.#by,
			retiredAt: null
		};
		await this.#tx
			.insert(templates)
			.values({ id, ...row })
			.onConflictDoUpdate({ target: templates.id, set: row });
	}

	async #preset(head: PartHead, definition: JsonObject): Promise<void> {
		const row = {
			kind: head.presetKind ?? ('observations' as const),
			name: head.name,
			definition,
			origin: head.origin,
			createdAt: this.#now,
			createdBy: this.#by
		};
		await this.#tx
			.insert(importPresets)
			.values({ id: head.id, ...row })
			.onConflictDoUpdate({ target: importPresets.id, set: row });
	}

	async #param({ id, origin }: PartHead, { name, unit }: ParamContent): Promise<void> {
		const row = { name, unit, origin, retiredAt: null };
		await this.#tx
			.insert(parameters)
			.values({ id, ...row, createdAt: this.#now })
			.onConflictDoUpdate({ target: parameters.id, set: row });
	}
}
