/**
 * Makes employees: one in a given region of the diagram, and many at random. Both take values from
 * the cells, so that every branch of the rules has a chance; the seed is fixed, so that a finding
 * is found again.
 */
import type { Scalar, Value } from '../logic/rule.ts';
import type { Cell, Domain } from './cells.ts';
import { nextUp, toOrdinal, fromOrdinal } from './cells.ts';
import { valueIn } from './abstract.ts';

/** Variables with values, as a counter-example names them. */
export type Employee = ReadonlyMap<string, Value>;

/** A reproducible source of numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** Which cells an employee may be in, per variable; variables that are not named are free. */
export type Within = ReadonlyMap<string, readonly number[]>;

/**
 * The plainest employee within the cells: values where a value is possible, and nothing said of
 * variables that do not matter.
 */
export function plainEmployee(domains: readonly Domain[], within: Within): Map<string, Value> {
	const employee = new Map<string, Value>();
	for (const domain of domains) {
		const allowed = within.get(domain.path);
		if (!allowed || domain.open) continue;
		const cells = allowed.flatMap((index) => domain.cells[index] ?? []);
		const cell = cells.toSorted((a, b) => plainness(a) - plainness(b))[0];
		if (cell) employee.set(domain.path, valueIn(domain, cell));
	}
	completeAttainment(employee);
	return employee;
}

/** What a person would name first: a value of the rules, then a bounded number, last nothing. */
function plainness(cell: Cell): number {
	switch (cell.kind) {
		case 'text':
			return cell.value === '' ? 7 : 0;
		case 'number':
			return Number.isFinite(cell.from) || Number.isFinite(cell.to) ? 1 : 4;
		case 'text_range':
			return 2;
		case 'other_text':
			return 3;
		case 'boolean':
			return cell.value ? 5 : 6;
		case 'number_text':
			return 8;
		default:
			return 9;
	}
}

/** Gives an attainment the actual and the target that it comes from, where these are free. */
function completeAttainment(employee: Map<string, Value>): void {
	for (const [path, ratio] of [...employee]) {
		if (!path.startsWith('attainment.') || typeof ratio !== 'number') continue;
		const metric = path.slice('attainment.'.length);
		const [actualPath, targetPath] = [`metric.${metric}`, `target.${metric}`];
		const actual = employee.get(actualPath);
		const target = employee.get(targetPath);
		if (typeof target === 'number' && actual === undefined) {
			employee.set(actualPath, ratio * target);
		} else if (actual === undefined && target === undefined) {
			const scale = [100, 1000, 1].find((size) => (ratio * size) / size === ratio) ?? 1;
			employee.set(targetPath, scale);
			employee.set(actualPath, ratio * scale);
		} else if (typeof actual === 'number' && target === undefined && ratio !== 0) {
			employee.set(targetPath, actual / ratio);
		}
	}
}

/** An employee at random within the cells; `numbers` are values that open calculations meet. */
export function randomEmployee(
	domains: readonly Domain[],
	within: Within,
	numbers: readonly number[],
	random: () => number
): Map<string, Value> {
	const employee = new Map<string, Value>();
	for (const domain of domains) {
		if (domain.open) continue;
		const allowed = within.get(domain.path) ?? domain.cells.map((_, index) => index);
		const index = allowed[Math.floor(random() * allowed.length)] ?? 0;
		const cell = domain.cells[index];
		if (cell) employee.set(domain.path, randomIn(domain, cell, numbers, random));
	}
	settleAttainment(employee, domains, within, random);
	return employee;
}

function randomIn(
	domain: Domain,
	cell: Cell,
	numbers: readonly number[],
	random: () => number
): Scalar {
	if (cell.kind !== 'number' || cell.from === cell.to) return valueIn(domain, cell);
	const inside = numbers.filter(
		(value) => value > cell.from && value < cell.to && (!domain.whole || Number.isInteger(value))
	);
	const pick = random();
	if (pick < 0.5 && inside.length > 0) {
		return inside[Math.floor(random() * inside.length)] ?? valueIn(domain, cell);
	}
	if (pick < 0.6 && !domain.whole && Number.isFinite(cell.from)) return nextUp(cell.from);
	if (pick < 0.7 && !domain.whole && Number.isFinite(cell.to)) {
		return fromOrdinal(toOrdinal(cell.to) - 1n);
	}
	return valueIn(domain, cell);
}

/** Actual, target and attainment of one metric have to agree; the actual follows where it may. */
function settleAttainment(
	employee: Map<string, Value>,
	domains: readonly Domain[],
	within: Within,
	random: () => number
): void {
	for (const { path } of domains) {
		if (!path.startsWith('attainment.')) continue;
		const metric = path.slice('attainment.'.length);
		const ratio = employee.get(path);
		const [actualPath, targetPath] = [`metric.${metric}`, `target.${metric}`];
		if (typeof ratio !== 'number') {
			if (!within.has(targetPath)) employee.set(targetPath, null);
			else if (!within.has(actualPath)) employee.set(actualPath, null);
			continue;
		}
		const targets = [employee.get(targetPath), 100, 1, 1000, 1_000_000];
		const target = targets[Math.floor(random() * targets.length)];
		const size = typeof target === 'number' && target !== 0 ? target : 100;
		employee.set(targetPath, size);
		employee.set(actualPath, ratio * size);
	}
}
