/** What stands in a column of a file, value by value, and what of it means nothing here. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import type { Queries } from '../db/database.ts';
import { loadPeople } from '../people/history.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { completeMapping, loadBatch, loadTable } from './batches.ts';
import { bindMapping } from './check/mapping.ts';
import { makeRoll } from './check/roll.ts';
import { makeTurns, readCell } from './check/row-findings.ts';
import { fieldsFor, recordTypeOf } from './client-fields.ts';
import type { ImportField } from './fields.ts';
import { kindOf } from './get-import.ts';
import { isMissing, tidyCell } from './read/cells.ts';
import type { ColumnTransform } from '#lib/contract/import-mapping.ts';

export interface FindValues {
	readonly batchId: string;
	readonly field: string;
	readonly columns: readonly string[];
	readonly join?: string | undefined;
	/** How the cells are read; a value map in it is not applied. */
	readonly transform?: ColumnTransform | undefined;
}

export interface ColumnValues {
	/** Values that mean nothing here come first, then the most frequent. */
	readonly values: readonly {
		readonly value: string;
		readonly rows: number;
		/** Null where any text will do. */
		readonly isKnown: boolean | null;
	}[];
	/** How many different ones there are; the list holds the first of them. */
	readonly distinct: number;
	/** What a value may be replaced by, where that is a closed list. */
	readonly choices: readonly { readonly value: string; readonly name: LocalText }[];
}

const LISTED = 300;
const CHOICES = 500;

/** The different values of a column, or of several that are joined, for a value map. */
export async function findColumnValues(
	ctx: Context,
	actor: Actor,
	input: FindValues
): Promise<ColumnValues> {
	admitActor(ctx, actor, 'import.read', 'import.edit');
	const { read } = ctx.db;
	const batch = await loadBatch(read, input.batchId);
	const kind = kindOf(batch);
	const fields = await fieldsFor(read, kind, batch.recordType);
	const { values: _mapped, ...transform } = input.transform ?? {};
	const bound = bindMapping(
		kind,
		{ header: batch.header },
		{
			...completeMapping({ columns: [] }),
			columns: [{ field: input.field, columns: [...input.columns], join: input.join, transform }]
		},
		fields
	);
	const [source] = bound.sources;
	if (!source) return { values: [], distinct: 0, choices: [] };
	const tally = new Map<string, number>();
	const turns = makeTurns();
	for (const row of await loadTable(read, batch)) {
		if (turns.due()) await turns.take();
		const cell = tidyCell(source.cell(row)).slice(0, 200);
		if (!isMissing(cell)) tally.set(cell, (tally.get(cell) ?? 0) + 1);
	}
	const words = await knownWords(read, kind, batch.recordType, input.field, fields);
	const values = [...tally].map(([value, rows]) => {
		const row = { line: 0, cells: batch.header.map(() => '') };
		const own = readCell({ ...source, cell: () => value }, row);
		const isReadable = 'value' in own;
		const isKnown = words ? isReadable && words.has(String(own.value)) : readable(source.type);
		return { value, rows, isKnown };

		function readable(type: string): boolean | null {
			return type === 'text' || type === 'id' ? null : isReadable;
		}
	});
	values.sort((a, b) => Number(a.isKnown ?? true) - Number(b.isKnown ?? true) || b.rows - a.rows);
	return {
		values: values.slice(0, LISTED),
		distinct: values.length,
		choices: words?.choices.slice(0, CHOICES) ?? []
	};
}

interface KnownValues {
	readonly has: (text: string) => boolean;
	readonly choices: ColumnValues['choices'];
}

/** What a field may hold; null where any text will do. */
async function knownWords(
	queries: Queries,
	kind: string,
	recordType: string | null,
	field: string,
	fields: readonly ImportField[]
): Promise<KnownValues | null> {
	const type = kind === 'records' ? await recordTypeOf(queries, recordType) : null;
	const isUnit = field === 'attribute.unit' || field === 'unit' || field === 'parent';
	const isPerson =
		field === 'employee' || field === 'attribute.manager' || field === `record.${type?.subject}`;
	if (isUnit || (isPerson && kind !== 'people')) {
		const tree = await loadUnits(queries);
		const units = [...tree.all.values()];
		const people = isPerson ? [...(await loadPeople(queries)).all.keys()] : [];
		const roll = makeRoll({
			employees: people,
			units: units.map(({ id, name }) => ({ id, names: [name['zh-CN'], name.en] }))
		});
		return {
			has: (text) => roll.hasEmployee(text) || roll.unitOf(text) !== null,
			choices: isUnit ? units.map(({ name }) => ({ value: name['zh-CN'], name })) : []
		};
	}
	if (field === 'metric' || field === 'parameter') {
		const prefix = field === 'metric' ? /^(?:metric|target)\./ : /^param\./;
		return among(
			fields
				.filter(({ id }) => prefix.test(id))
				.map(({ id, name }) => ({ value: id.replace(prefix, ''), name }))
		);
	}
	const column = type?.columns.find(({ id }) => field === `record.${id}`);
	if (!column?.values) return null;
	return among(column.values.map((value) => ({ value, name: { 'zh-CN': value, en: value } })));
}

function among(choices: ColumnValues['choices']): KnownValues {
	const words = choices.flatMap(({ value, name }) => [value, name['zh-CN'], name.en]);
	const known = new Set(words.map((word) => tidyCell(word).toLowerCase()));
	return { has: (text) => known.has(tidyCell(text).toLowerCase()), choices };
}
