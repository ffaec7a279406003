/** Suites of meaning: `["# heading", {description, rule, data, result}, …]`. */
import type { Json, Rule } from '#lib/engine/logic/rule.ts';

export interface SuiteCase {
	readonly heading: string;
	readonly description: string;
	readonly rule: Rule;
	readonly data: Json;
	readonly result: Json;
}

/** Reads a suite; every case carries the heading it stands under. */
export function readSuite(text: string): SuiteCase[] {
	const entries = JSON.parse(text) as (string | Omit<SuiteCase, 'heading'>)[];
	const cases: SuiteCase[] = [];
	let heading = '';
	for (const entry of entries) {
		if (typeof entry === 'string') heading = entry.replace(/^#\s*/, '');
		else cases.push({ ...entry, heading, data: entry.data ?? null });
	}
	return cases;
}
