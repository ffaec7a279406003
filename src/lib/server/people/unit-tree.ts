/** The tree of units (subsidiaries, departments, teams), as it is on a day. */
import { isNull } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { unitMoves, units } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';

export interface Unit {
	readonly id: string;
	readonly parentId: string | null;
	readonly name: LocalText;
	readonly kind: string;
}

interface Move {
	readonly validFrom: string;
	readonly parentId: string | null;
}

/** Deeper than any company; stops a loop in the data from becoming a loop in the program. */
const DEEPEST = 64;

export class UnitTree {
	readonly #units: ReadonlyMap<string, Unit>;
	readonly #moves: ReadonlyMap<string, readonly Move[]>;

	constructor(
		units: ReadonlyMap<string, Unit>,
		moves: ReadonlyMap<string, readonly Move[]> = new Map()
	) {
		this.#units = units;
		this.#moves = moves;
	}

	get all(): ReadonlyMap<string, Unit> {
		return this.#units;
	}

	/** The unit above on a day (today's tree when no move is dated before it). */
	parentOf(unitId: string, day?: string): string | null {
		const moves = this.#moves.get(unitId);
		if (moves && day !== undefined) {
			const last = moves.filter(({ validFrom }) => validFrom <= day).at(-1);
			if (last) return last.parentId;
		}
		return this.#units.get(unitId)?.parentId ?? null;
	}

	/** The unit itself, then each unit above it. */
	upward(unitId: string, day?: string): string[] {
		const path: string[] = [];
		let at: string | null = unitId;
		while (at !== null && path.length < DEEPEST && !path.includes(at)) {
			path.push(at);
			at = this.parentOf(at, day);
		}
		return path;
	}

	/** True when `unitId` is `above` or somewhere below it. */
	isWithin(unitId: string, above: string, day?: string): boolean {
		return this.upward(unitId, day).includes(above);
	}

	/** A unit and everything below it. */
	subtree(unitId: string, day?: string): Set<string> {
		const found = new Set<string>();
		for (const id of this.#units.keys()) if (this.isWithin(id, unitId, day)) found.add(id);
		return found;
	}

	/** `root/department/team` by ids: the variable `employee.unit_path`. */
	pathOf(unitId: string, day?: string): string {
		return this.upward(unitId, day).reverse().join('/');
	}
}

/** Reads the tree. */
export async function loadUnits(queries: Queries): Promise<UnitTree> {
	const rows = await queries
		.select({ id: units.id, parentId: units.parentId, name: units.name, kind: units.kind })
		.from(units)
		.where(isNull(units.closedAt));
	const moved = await queries
		.select({
			unitId: unitMoves.unitId,
			parentId: unitMoves.parentId,
			validFrom: unitMoves.validFrom
		})
		.from(unitMoves)
		.where(isNull(unitMoves.withdrawnAt))
		.orderBy(unitMoves.validFrom, unitMoves.id);
	const moves = new Map<string, Move[]>();
	for (const { unitId, parentId, validFrom } of moved) {
		moves.set(unitId, [...(moves.get(unitId) ?? []), { validFrom, parentId }]);
	}
	return new UnitTree(new Map(rows.map((row) => [row.id, row])), moves);
}
