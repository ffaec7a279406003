/** What a file of units would change in the tree. */
import { diagnose, type LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { importDiagnostics } from '../diagnostics.ts';
import { tidyCell } from '../read/cells.ts';
import type { UnitTree } from '../../people/unit-tree.ts';
import type { ParsedUnit } from '../check/unit-rows.ts';
import type { CheckedRow } from '../check/row-findings.ts';
import { FactLog } from '../plan.ts';

/** A unit as it stands before, or will stand after, the commit. */
export interface UnitState {
	readonly name: LocalText;
	readonly kind: string;
	readonly parentId: string | null;
}

export interface PlannedUnit {
	readonly id: string;
	readonly before: UnitState | null;
	readonly after: UnitState;
	/** From which day a changed place in the tree holds. */
	readonly validFrom: string;
}

export interface ComparedUnits {
	readonly facts: FactLog;
	readonly write: readonly PlannedUnit[];
	readonly unitsCreated: readonly string[];
}

/** Compares accepted rows with the tree; a row whose unit would stand below itself is refused. */
export function compareUnits(
	checked: readonly CheckedRow<ParsedUnit>[],
	tree: UnitTree,
	batchId: string,
	today: string
): ComparedUnits {
	const planned = new Map<string, PlannedUnit>();
	const byName = new Map<string, string>();
	for (const { id, name } of tree.all.values()) {
		for (const word of [name['zh-CN'], name.en, id]) byName.set(tidyCell(word).toLowerCase(), id);
	}
	const accepted = checked.filter((row) => row.status === 'accepted' && row.parsed);
	const ids = new Map<CheckedRow<ParsedUnit>, string>();
	for (const [at, row] of accepted.entries()) {
		const unit = row.parsed;
		if (!unit) continue;
		const id = unit.id ?? unitId(unit.name ?? '', batchId, at);
		ids.set(row, id);
		byName.set(id.toLowerCase(), id);
		if (unit.name !== null) byName.set(tidyCell(unit.name).toLowerCase(), id);
	}
	const lines = new Map<string, number>();
	for (const row of accepted) {
		const unit = row.parsed;
		const id = ids.get(row);
		if (!unit || id === undefined) continue;
		const known = planned.get(id)?.after ?? tree.all.get(id) ?? null;
		const parentId =
			unit.parent === null
				? (known?.parentId ?? null)
				: (byName.get(tidyCell(unit.parent).toLowerCase()) ?? null);
		const zh = unit.name ?? known?.name['zh-CN'] ?? id;
		const after = {
			name: { 'zh-CN': zh, en: unit.nameEn ?? (unit.name === null ? known?.name.en : null) ?? zh },
			kind: unit.kind ?? known?.kind ?? 'department',
			parentId
		};
		lines.set(id, row.line);
		planned.set(id, {
			id,
			before: stateOf(tree, id),
			after,
			validFrom: unit.validFrom ?? today
		});
	}
	refuseCycles(accepted, ids, planned, tree);
	refuseOrphans(accepted, ids, planned, tree);
	return told(planned, lines);
}

function stateOf(tree: UnitTree, id: string): UnitState | null {
	const known = tree.all.get(id);
	return known ? { name: known.name, kind: known.kind, parentId: known.parentId } : null;
}

function refuseCycles(
	rows: readonly CheckedRow<ParsedUnit>[],
	ids: ReadonlyMap<CheckedRow<ParsedUnit>, string>,
	planned: Map<string, PlannedUnit>,
	tree: UnitTree
): void {
	const parentOf = (id: string): string | null =>
		planned.get(id)?.after.parentId ?? (planned.has(id) ? null : tree.parentOf(id));
	for (const row of rows) {
		const id = ids.get(row);
		if (id === undefined) continue;
		const seen = new Set([id]);
		for (let at = parentOf(id); at !== null; at = parentOf(at)) {
			if (!seen.has(at)) {
				seen.add(at);
				continue;
			}
			row.status = 'rejected';
			row.problems.push(
				diagnose(
					importDiagnostics,
					'import_unit_cycle',
					`/${row.line}`,
					{ line: row.line, found: id },
					{ line: row.line }
				)
			);
			planned.delete(id);
			break;
		}
	}
}

/** A unit below one whose own row was refused has no place; neither have those below it. */
function refuseOrphans(
	rows: readonly CheckedRow<ParsedUnit>[],
	ids: ReadonlyMap<CheckedRow<ParsedUnit>, string>,
	planned: Map<string, PlannedUnit>,
	tree: UnitTree
): void {
	for (let found = true; found;) {
		found = false;
		for (const row of rows) {
			const id = ids.get(row);
			const parentId = planned.get(id ?? '')?.after.parentId ?? null;
			if (id === undefined || parentId === null) continue;
			if (tree.all.has(parentId) || planned.has(parentId)) continue;
			found = true;
			planned.delete(id);
			row.status = 'rejected';
			row.problems.push(
				diagnose(
					importDiagnostics,
					'import_unit_unknown',
					`/${row.line}`,
					{ line: row.line, column: 'parent', found: parentId },
					{ line: row.line }
				)
			);
		}
	}
}

function told(
	planned: ReadonlyMap<string, PlannedUnit>,
	lines: ReadonlyMap<string, number>
): ComparedUnits {
	const facts = new FactLog();
	const write: PlannedUnit[] = [];
	const unitsCreated: string[] = [];
	for (const unit of planned.values()) {
		const { id, before, after } = unit;
		const pairs = [
			['name', before?.name['zh-CN'] ?? null, after.name['zh-CN']],
			['name_en', before?.name.en ?? null, after.name.en],
			['kind', before?.kind ?? null, after.kind],
			['parent', before?.parentId ?? null, after.parentId]
		] as const;
		const changed = pairs.filter(([, old, now]) => old !== now);
		if (changed.length === 0) {
			facts.unchanged += 1;
			continue;
		}
		write.push(unit);
		if (!before) unitsCreated.push(after.name['zh-CN']);
		for (const [field, old, now] of changed) facts.add(lines.get(id) ?? 0, id, field, old, now);
	}
	return { facts, write, unitsCreated };
}

/** A readable id where the name allows one, else one made of the batch. */
export function unitId(name: string, batchId: string, at: number): string {
	const word = name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '');
	return /^[a-z]/.test(word) ? `${word}-${batchId.slice(-4)}` : `unit-${batchId}-${at + 1}`;
}
