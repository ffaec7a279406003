/**
 * Our operators for json-logic-js, and the null-safe forms of its own.
 *
 * Written again on purpose, from `scoring.md` and not from the engine: a witness that called the
 * engine's code would repeat its mistakes. `==`, `in`, `if`, `and`, `missing` and the others keep
 * the library's own code.
 */
type Operation = (...operands: unknown[]) => unknown;

const isAbsent = (value: unknown): boolean =>
	value === null || value === undefined || Number.isNaN(value);

/** Numbers stay finite, and −0 is 0. */
function settle(value: unknown): unknown {
	if (typeof value !== 'number') return value;
	return Number.isFinite(value) ? (Object.is(value, -0) ? 0 : value) : null;
}

/** Null as soon as one operand is missing; else the settled result. */
function nullSafe(operation: Operation): Operation {
	return (...operands) => (operands.some(isAbsent) ? null : settle(operation(...operands)));
}

/** Null only where the first operand is missing. */
function firstNullSafe(operation: Operation): Operation {
	return (...operands) => (isAbsent(operands[0]) ? null : settle(operation(...operands)));
}

const float = (value: unknown): number => Number.parseFloat(String(value));
const num = (value: unknown): number => Number(value);

const isBelow = (a: unknown, b: unknown): boolean => (a as number) < (b as number);
const isUpTo = (a: unknown, b: unknown): boolean => (a as number) <= (b as number);

type Pairs = readonly (readonly [number, number])[];

function curve(x: unknown, points: unknown, below: unknown, above: unknown): number | null {
	const at = num(x);
	if (Number.isNaN(at)) return null;
	const pairs = points as Pairs;
	const along = (i: number): number => {
		const [[x0, y0], [x1, y1]] = [pairs[i] ?? [0, 0], pairs[i + 1] ?? [0, 0]];
		const k = (y1 - y0) / (x1 - x0);
		return y0 + (at - x0) * k;
	};
	const last = pairs.length - 1;
	const [firstX, firstY] = pairs[0] ?? [0, 0];
	const [lastX, lastY] = pairs[last] ?? [0, 0];
	if (at === lastX) return lastY;
	if (at < firstX) return below === 'extend' ? along(0) : firstY;
	if (at > lastX) return above === 'extend' ? along(last - 1) : lastY;
	return along(pairs.findLastIndex(([from]) => from <= at));
}

function steps(x: unknown, list: unknown, otherwise: unknown): unknown {
	const at = num(x);
	if (Number.isNaN(at)) return null;
	const reached = (list as Pairs).filter(([from]) => from <= at).pop();
	return reached ? reached[1] : (otherwise ?? null);
}

function round(x: unknown, digits: unknown): number {
	const value = num(x);
	const power = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10][num(digits)] ?? Number.NaN;
	const y = Math.abs(value) * power;
	if (y >= 4503599627370496) return value;
	const size = Math.floor(y + (0.5 + Math.max(1e-9, y * 2 ** -51))) / power;
	return value < 0 ? -size : size;
}

const hair = (x: number): number => Math.max(1e-9, Math.abs(x) * 2 ** -51);

/** Every operation that is registered, by the name rules write. `var` is separate: it reads `this`. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
	'+': nullSafe((...terms) => terms.reduce<number>((sum, term) => sum + float(term), 0)),
	'*': nullSafe((first, ...rest) =>
		rest.reduce<number>((product, factor) => product * float(factor), float(first))
	),
	'-': nullSafe((...operands) =>
		operands.length === 1 ? -num(operands[0]) : num(operands[0]) - num(operands[1])
	),
	'/': nullSafe((a, b) => num(a) / num(b)),
	'%': nullSafe((a, b) => num(a) % num(b)),
	'<': nullSafe((a, b, ...c) => isBelow(a, b) && c.every((top) => isBelow(b, top))),
	'<=': nullSafe((a, b, ...c) => isUpTo(a, b) && c.every((top) => isUpTo(b, top))),
	'>': nullSafe((a, b) => isBelow(b, a)),
	'>=': nullSafe((a, b) => isUpTo(b, a)),
	between: nullSafe((x, low, high) => isUpTo(low, x) && isUpTo(x, high)),
	min: nullSafe((...numbers) => Math.min(...numbers.map(num))),
	max: nullSafe((...numbers) => Math.max(...numbers.map(num))),
	clamp: nullSafe((x, low, high) => Math.min(Math.max(num(x), num(low)), num(high))),
	abs: nullSafe((x) => Math.abs(num(x))),
	round: nullSafe(round),
	floor: nullSafe((x) => Math.floor(num(x) + hair(num(x)))),
	ceil: nullSafe((x) => Math.ceil(num(x) - hair(num(x)))),
	curve: firstNullSafe((x, points, below, above) => curve(x, points, below, above)),
	steps: firstNullSafe((x, list, otherwise) => steps(x, list, otherwise)),
	coalesce: (...candidates) => candidates.find((candidate) => !isAbsent(candidate)) ?? null
};
