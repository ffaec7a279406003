/** Imports of the very same file that are in effect, and whether they say the same. */
import { and, desc, eq, ne } from 'drizzle-orm';
import { sha256Hex } from '#lib/engine/hash.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { ImportMapping } from '#lib/contract/import-mapping.ts';
import { importBatches } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { readMapping, readReading, type BatchRow } from './batches.ts';
import type { Prepared } from './prepare.ts';

/** An import of the same bytes that is in effect. */
export interface SameFile {
	readonly id: string;
	readonly fileName: string;
	readonly committedAt: string | null;
	/** The same table of the file was read with the same mapping. */
	readonly isSameMapping: boolean;
}

/** Imports of the same file and kind that are in effect, newest first. */
export async function findSameFile(
	queries: Queries,
	batch: BatchRow,
	mapping: ImportMapping | null
): Promise<readonly SameFile[]> {
	const others = await queries
		.select()
		.from(importBatches)
		.where(
			and(
				eq(importBatches.kind, batch.kind),
				eq(importBatches.fileHash, batch.fileHash),
				eq(importBatches.status, 'committed'),
				ne(importBatches.id, batch.id)
			)
		)
		.orderBy(desc(importBatches.committedAt));
	const own = identityOf(batch, mapping);
	return others.map((other) => ({
		id: other.id,
		fileName: other.fileName,
		committedAt: other.committedAt,
		isSameMapping: own !== null && own === identityOf(other, readMapping(other))
	}));
}

/** What an import says of its file, whatever else is known; null before it was mapped. */
function identityOf(batch: BatchRow, mapping: ImportMapping | null): string | null {
	if (!mapping) return null;
	const reading = readReading(batch);
	const read = reading && {
		sheets: reading.sheets.filter(({ chosen }) => chosen).map(({ name }) => name),
		header: reading.headerLine,
		shape: reading.shape.kind,
		year: reading.year,
		encoding: reading.encoding,
		delimiter: reading.delimiter
	};
	// In which steps somebody repaired it says nothing of what it says.
	const repairs = mapping.repairs.map(({ step: _step, ...repair }) => repair);
	const told = { type: batch.recordType, read, mapping: { ...mapping, repairs } };
	return canonicalJson(JSON.parse(JSON.stringify(told)) as Json);
}

/**
 * A file whose very import is in effect already changes nothing, even where its figures were
 * corrected since: the correction is newer than the file.
 */
export function asUnchanged(prepared: Prepared, before: SameFile): Prepared {
	const { plan } = prepared;
	const { facts, people } = plan;
	return {
		...prepared,
		write: emptied(prepared.write),
		newsLines: new Set(),
		plan: {
			...plan,
			planHash: sha256Hex(`applied ${before.id}`),
			facts: { new: 0, changed: 0, unchanged: facts.new + facts.changed + facts.unchanged },
			people: people && {
				new: 0,
				changed: 0,
				unchanged: people.new + people.changed + people.unchanged
			},
			unitsCreated: [],
			changes: []
		}
	};
}

function emptied(write: Prepared['write']): Prepared['write'] {
	if (write.kind === 'people') return { ...write, names: new Map(), facts: [], unitsCreated: [] };
	return { ...write, rows: [] };
}
