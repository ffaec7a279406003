/** Writes what a dry run planned, in the transaction of the commit. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import { bulkInsert } from '../db/bulk.ts';
import {
	employeeFacts,
	employees,
	importBatches,
	observations,
	parameterValues,
	targets,
	unitMoves,
	units
} from '../db/client/schema.ts';
import type { Tx } from '../db/database.ts';
import { writeRecords, type RecordRow } from '../records/write-records.ts';
import type { ParsedParameter } from './check/parameter-rows.ts';
import type { PersonFact } from './compare/people.ts';
import { unitId, type PlannedUnit } from './compare/units.ts';
import { figureOf, type PackedWrite } from './pack-prepared.ts';

/** Who records, when, and in which batch. */
export interface FactFrame {
	readonly batchId: string;
	readonly recordedAt: string;
	readonly recordedBy: string;
	/** Told how much is written; throws where nobody wants it any more. */
	readonly told: (fraction: number) => void;
}

type Recorded = Omit<FactFrame, 'told'>;

/** Writes everything; gives the number of facts. */
export async function writeFacts(
	tx: Tx,
	write: PackedWrite,
	{ told, ...fact }: FactFrame
): Promise<number> {
	switch (write.kind) {
		case 'people':
			return writePeople(tx, write, fact, told);
		case 'units':
			return writeUnits(tx, write, fact);
		case 'records':
			return writeChunks<RecordRow>(write, told, async (rows) => {
				const { added, changed } = await writeRecords(
					tx,
					{ type: write.type ?? '', ...fact },
					rows
				);
				return added.length + changed.length;
			});
		case 'parameters':
			return writeChunks<ParsedParameter>(write, told, (rows) =>
				bulkInsert(
					tx,
					parameterValues,
					rows.map(({ parameter, ...rest }) => ({ parameterId: parameter, ...rest, ...fact }))
				)
			);
		case 'observations':
		case 'targets':
			return writeChunks<readonly unknown[]>(write, told, (rows) =>
				bulkInsert(
					tx,
					write.kind === 'targets' ? targets : observations,
					rows.map((parts) => ({ ...figureOf(parts), ...fact }))
				)
			);
	}
}

async function writeChunks<T>(
	{ rows }: PackedWrite,
	told: FactFrame['told'],
	work: (rows: readonly T[]) => Promise<number>
): Promise<number> {
	let written = 0;
	for (const [at, chunk] of rows.entries()) {
		told(at / rows.length);
		written += await work(JSON.parse(chunk) as T[]);
		// The transaction goes on, but requests that read are answered in between.
		await new Promise((resolve) => setImmediate(resolve));
	}
	return written;
}

async function writePeople(
	tx: Tx,
	write: PackedWrite,
	fact: Recorded,
	told: FactFrame['told']
): Promise<number> {
	const unitIds = new Map<string, string>();
	for (const [at, name] of write.unitsCreated.entries()) {
		const id = unitId(name, fact.batchId, at);
		unitIds.set(name, id);
		await tx.insert(units).values({
			id,
			parentId: null,
			name: { 'zh-CN': name, en: name },
			kind: 'department',
			batchId: fact.batchId,
			createdAt: fact.recordedAt
		});
	}
	const names = new Map(JSON.parse(write.names) as [string, string][]);
	await writeNames(tx, names, fact);
	const facts = await writeChunks<PersonFact>(write, told, (rows) =>
		bulkInsert(
			tx,
			employeeFacts,
			rows.map(({ employee, attribute, value, validFrom, isNewUnit }) => ({
				employeeId: employee,
				attribute,
				value: isNewUnit ? (unitIds.get(String(value)) ?? value) : value,
				validFrom,
				...fact
			}))
		)
	);
	return facts + names.size;
}

/**
 * Names are facts as well, so that a roll-back gives people their old names again. Whoever was
 * named without a fact (by hand, by a seed) gets one for that name first.
 */
async function writeNames(
	tx: Tx,
	names: ReadonlyMap<string, string>,
	fact: Recorded
): Promise<void> {
	const { batchId } = fact;
	const known = new Map(
		(
			await tx
				.select({ id: employees.id, name: employees.name })
				.from(employees)
				.where(isNull(employees.withdrawnAt))
		).map(({ id, name }) => [id, name])
	);
	const named = new Set(
		(
			await tx
				.selectDistinct({ id: employeeFacts.employeeId })
				.from(employeeFacts)
				.where(and(eq(employeeFacts.attribute, 'name'), isNull(employeeFacts.withdrawnAt)))
		).map(({ id }) => id)
	);
	const rows: (typeof employeeFacts.$inferInsert)[] = [];
	for (const [id, name] of names) {
		const old = known.get(id);
		const dated = { employeeId: id, attribute: 'name', validFrom: '0001-01-01', ...fact };
		if (old !== undefined && !named.has(id)) rows.push({ ...dated, value: old, batchId: null });
		if (old !== name) rows.push({ ...dated, value: name, batchId });
		await tx
			.insert(employees)
			.values({ id, name, batchId, createdAt: fact.recordedAt })
			// A person whose import was rolled back comes back under the same id; a known one is renamed.
			.onConflictDoUpdate({
				target: employees.id,
				set: {
					name,
					batchId: sql`iif(${employees.withdrawnAt} IS NULL, ${employees.batchId}, ${batchId})`,
					withdrawnAt: null,
					withdrawnBy: null
				}
			});
	}
	await bulkInsert(tx, employeeFacts, rows);
}

/** What the units of a batch said before and say after it; a roll-back restores them from this. */
export interface UnitsUndo {
	readonly units: readonly PlannedUnit[];
}

async function writeUnits(tx: Tx, write: PackedWrite, fact: Recorded): Promise<number> {
	const planned = write.rows.flatMap((chunk) => JSON.parse(chunk) as PlannedUnit[]);
	for (const { id, before, after } of planned) {
		if (before) await tx.update(units).set(after).where(eq(units.id, id));
		else {
			const { batchId, recordedAt } = fact;
			await tx
				.insert(units)
				.values({ id, ...after, batchId, createdAt: recordedAt })
				// A unit whose import was rolled back, or that was closed, opens again.
				.onConflictDoUpdate({ target: units.id, set: { ...after, batchId, closedAt: null } });
		}
	}
	const moved = planned.filter(({ before, after }) => before && before.parentId !== after.parentId);
	for (const { id, before, after, validFrom } of moved) {
		const moves = await tx
			.select({ id: unitMoves.id })
			.from(unitMoves)
			.where(and(eq(unitMoves.unitId, id), isNull(unitMoves.withdrawnAt)));
		const move = (parentId: string | null, from: string) => ({
			unitId: id,
			parentId,
			validFrom: from,
			...fact
		});
		// The first move also says where the unit had been, or the past would follow the present.
		if (moves.length === 0) {
			await tx.insert(unitMoves).values(move(before?.parentId ?? null, '0001-01-01'));
		}
		await tx.insert(unitMoves).values(move(after.parentId, validFrom));
	}
	const undo: UnitsUndo = { units: planned };
	await tx
		.update(importBatches)
		.set({ undo: JSON.parse(JSON.stringify(undo)) as JsonObject })
		.where(eq(importBatches.id, fact.batchId));
	return planned.length;
}
