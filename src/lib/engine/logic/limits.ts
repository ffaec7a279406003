/**
 * The limits of a rule, checked before anything walks it recursively: a rule of 5,000 levels or
 * 300,000 operands is refused here, with its own stack and as soon as the limit is passed.
 */
import { diagnose, pointer, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { logicDiagnostics } from './diagnostics.ts';

export const RULE_LIMITS = {
	/** UTF-8 bytes of the rule as compact JSON. */
	bytes: 65_536,
	/** Operators and lists inside each other. */
	depth: 32,
	/** Operators, lists, variables and literals. */
	nodes: 2_000,
	/** Iterations whose rules contain each other. */
	iterations: 2
} as const;

/** Control characters that JSON writes with two characters: \b \t \n \f \r. */
const SHORT_ESCAPES: ReadonlySet<number> = new Set([8, 9, 10, 12, 13]);

/** Bytes of a text as JSON writes it; stops counting past the limit. */
function textBytes(text: string): number {
	let bytes = 2;
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		if (unit === 0x22 || unit === 0x5c) bytes += 2;
		else if (unit < 0x20) bytes += SHORT_ESCAPES.has(unit) ? 2 : 6;
		else if (unit < 0x80) bytes += 1;
		else if (unit < 0x800) bytes += 2;
		// Half of a surrogate pair: the pair takes four bytes.
		else if (unit >= 0xd800 && unit < 0xe000) bytes += 2;
		else bytes += 3;
		if (bytes > RULE_LIMITS.bytes) return bytes;
	}
	return bytes;
}

interface Pending {
	readonly value: unknown;
	readonly at: string;
	/** Operators and lists around this value. */
	readonly depth: number;
	/** The list of an operator's operands is not a level or a node of its own. */
	readonly operands?: true;
}

function describeKind(value: unknown): string {
	return typeof value === 'number' ? String(value) : typeof value;
}

/** The first limit that `rule` breaks, or null. Reads own properties only and never recurses. */
export function findBrokenLimit(rule: unknown, at: string): Diagnostic | null {
	const pending: Pending[] = [{ value: rule, at, depth: 0 }];
	let bytes = 0;
	let nodes = 0;
	for (let next = pending.pop(); next; next = pending.pop()) {
		const { value, operands } = next;
		if (!operands) nodes++;
		let depth = next.depth;
		if (value === null || typeof value === 'boolean') {
			bytes += String(value).length;
		} else if (typeof value === 'number' && Number.isFinite(value)) {
			bytes += String(value).length;
		} else if (typeof value === 'string') {
			bytes += textBytes(value);
		} else if (Array.isArray(value)) {
			if (!operands) depth++;
			bytes += 1 + Math.max(value.length, 1);
			if (nodes + value.length > RULE_LIMITS.nodes) return tooManyNodes(next.at);
			for (let i = value.length - 1; i >= 0; i--) {
				pending.push({ value: value[i], at: pointer(next.at, i), depth });
			}
		} else if (typeof value === 'object') {
			depth++;
			const keys = Object.keys(value);
			bytes += 2;
			if (nodes + keys.length > RULE_LIMITS.nodes) return tooManyNodes(next.at);
			for (const key of keys) {
				bytes += textBytes(key) + 1;
				const part: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
				pending.push({
					value: part,
					at: pointer(next.at, key),
					depth,
					...(Array.isArray(part) && keys.length === 1 ? { operands: true as const } : {})
				});
			}
		} else {
			return diagnose(logicDiagnostics, 'rule_not_json', next.at, { found: describeKind(value) });
		}
		if (nodes > RULE_LIMITS.nodes) return tooManyNodes(next.at);
		if (depth > RULE_LIMITS.depth) {
			return diagnose(logicDiagnostics, 'rule_too_deep', next.at, { limit: RULE_LIMITS.depth });
		}
		if (bytes > RULE_LIMITS.bytes) {
			return diagnose(logicDiagnostics, 'rule_too_large', at, { limit: RULE_LIMITS.bytes });
		}
	}
	return null;
}

function tooManyNodes(at: string): Diagnostic {
	return diagnose(logicDiagnostics, 'rule_too_many_nodes', at, { limit: RULE_LIMITS.nodes });
}
