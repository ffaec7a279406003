/** Writes definitions of each kind that packs bring: new revisions, rows that end, never an edit of history. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { schemeHash } from '#lib/engine/scheme/hash.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { sameJson } from '#lib/engine/revise/sections.ts';
import { partHash, valueOfPart, type PackPartKind } from '#lib/packs/plan-install.ts';
import {
	attributes,
	importPresets,
	metrics,
	parameters,
	parameterValues,
	recordTypes,
	templates
} from '../db/client/schema.ts';
import type { PackOrigin } from '../db/client/tables/metrics.ts';
import type { AttributeChoice } from '../db/client/tables/registers.ts';
import type { Tx } from '../db/database.ts';

/** A pack has hundreds of parts, each a revision of its own: longer than an ordinary change. */
export const PACK_DEADLINE_MS = 20_000;

/** What is written of one part, beside its content. */
export interface PartHead {
	readonly kind: PackPartKind;
	readonly id: string;
	readonly name: LocalText;
	readonly origin: PackOrigin | null;
	/** What the pack calls the attribute of a value. */
	readonly attributeName?: LocalText;
}

/** The content of a parameter as a part of a pack. */
interface ParamContent {
	readonly name: LocalText;
	readonly unit: string;
}

/** A preset as a part of a pack: what is stored of it lies beside its name and use. */
interface PresetContent {
	readonly name?: LocalText;
	readonly for?: typeof importPresets.$inferSelect.kind;
	readonly [field: string]: unknown;
}

interface NameContent {
	readonly name: LocalText;
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
				return this.#preset(head, content as unknown as PresetContent);
			case 'param':
				return this.#param(head, content as unknown as ParamContent);
			case 'value':
				return this.#value(head, content as unknown as NameContent);
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
		} else if (kind === 'value') {
			await this.#unname(head);
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

	async #preset(
		head: PartHead,
		{ name = head.name, for: kind = 'observations', ...definition }: PresetContent
	): Promise<void> {
		const row = {
			kind,
			name,
			definition: definition as JsonObject,
			origin: head.origin,
			createdAt: this.#now,
			createdBy: this.#by
		};
		await this.#tx
			.insert(importPresets)
			.values({ id: head.id, ...row })
			.onConflictDoUpdate({ target: importPresets.id, set: row });
	}

	/** Names a value; an attribute that nobody described so far is described by it. */
	async #value({ id, origin, attributeName }: PartHead, { name }: NameContent): Promise<void> {
		const { attribute, value } = valueOfPart(id);
		const known = await this.#attribute(attribute);
		const choice = { value, name, ...(origin ? { origin } : {}) };
		const choices = known?.choices ?? [];
		const isListed = choices.some((one) => one.value === value);
		const row = {
			choices: isListed
				? choices.map((one) => (one.value === value ? choice : one))
				: [...choices, choice],
			updatedAt: this.#now,
			updatedBy: this.#by
		};
		if (known) {
			await this.#tx.update(attributes).set(row).where(eq(attributes.id, attribute));
			return;
		}
		const called = attributeName ?? { 'zh-CN': attribute, en: attribute };
		await this.#tx.insert(attributes).values({ id: attribute, name: called, type: 'text', ...row });
	}

	/** Takes a name away. Where only listed values are accepted the value stays, under itself. */
	async #unname({ id, attributeName }: PartHead): Promise<void> {
		const { attribute, value } = valueOfPart(id);
		const known = await this.#attribute(attribute);
		if (!known) return;
		const choices: AttributeChoice[] = known.choices.flatMap((one) => {
			if (one.value !== value) return [one];
			return known.type === 'choice' ? [{ value, name: { 'zh-CN': value, en: value } }] : [];
		});
		// Without any value left, a description in the pack's own words says nothing of the client's.
		const isPacks =
			choices.length === 0 &&
			known.type === 'text' &&
			attributeName !== undefined &&
			sameJson(known.name as unknown as Json, attributeName as unknown as Json);
		if (isPacks) {
			await this.#tx.delete(attributes).where(eq(attributes.id, attribute));
			return;
		}
		await this.#tx
			.update(attributes)
			.set({ choices, updatedAt: this.#now, updatedBy: this.#by })
			.where(eq(attributes.id, attribute));
	}

	async #attribute(id: string): Promise<typeof attributes.$inferSelect | undefined> {
		const [row] = await this.#tx.select().from(attributes).where(eq(attributes.id, id));
		return row;
	}

	async #param({ id, origin }: PartHead, { name, unit }: ParamContent): Promise<void> {
		const row = { name, unit, origin, retiredAt: null };
		await this.#tx
			.insert(parameters)
			.values({ id, ...row, createdAt: this.#now })
			.onConflictDoUpdate({ target: parameters.id, set: row });
	}
}
