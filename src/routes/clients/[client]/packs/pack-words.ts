/** Words and small sums about packs that several pages say. */
import { m } from '#lib/paraglide/messages.js';
import { say, type BothTexts } from '#lib/ui/local-text.ts';

/** One thing that schemes read, against what the client has of it. */
export interface Need {
	readonly path: string;
	readonly kind: 'metric' | 'target' | 'attribute' | 'team' | 'param' | 'record';
	readonly name: BothTexts | null;
	readonly schemes: readonly string[];
	readonly isRequired: boolean;
	readonly have: {
		readonly from: string | null;
		readonly to: string | null;
		readonly subjects: number;
	} | null;
}

/** A datum that a scheme reads: `target.collected_revenue` is “Target of collected revenue”. */
export function needWord({ path, name }: { path: string; name: BothTexts | null }): string {
	const [source, id = path] = path.split('.');
	const words = say(name, id);
	if (source === 'target') return m.packs_need_target({ name: words });
	if (source === 'team') {
		return path.endsWith('.target')
			? m.packs_need_team_target({ name: words })
			: m.packs_need_team({ name: words });
	}
	return words;
}

const NEED_KINDS: Readonly<Record<Need['kind'], () => string>> = {
	metric: m.packs_need_kind_metric,
	target: m.packs_need_kind_target,
	attribute: m.packs_need_kind_attribute,
	team: m.packs_need_kind_team,
	param: m.packs_kind_param,
	record: m.packs_kind_record
};

export function needKindWord(kind: Need['kind']): string {
	return NEED_KINDS[kind]();
}

export interface NeedCoverage {
	readonly total: number;
	readonly have: number;
	readonly missing: number;
	/** Missing, and nothing can be scored without it. */
	readonly required: number;
	readonly status: 'good' | 'warn' | 'bad' | 'none';
}

/** The light of a pack at a client: green with everything, red while something needed is missing. */
export function coverageOf(
	needs: readonly { readonly have: unknown; readonly isRequired: boolean }[]
): NeedCoverage {
	const missing = needs.filter(({ have }) => have === null);
	const required = missing.filter(({ isRequired }) => isRequired).length;
	const have = needs.length - missing.length;
	const status =
		missing.length === 0 ? 'good' : have === 0 ? 'none' : required > 0 ? 'bad' : 'warn';
	return { total: needs.length, have, missing: missing.length, required, status };
}

const KINDS: Readonly<Record<string, () => string>> = {
	metric: m.packs_kind_metric,
	scheme: m.packs_kind_template,
	record: m.packs_kind_record,
	preset: m.packs_kind_preset,
	param: m.packs_kind_param,
	value: m.packs_kind_value,
	use: m.packs_kind_use
};

export function partKindWord(kind: string): string {
	return KINDS[kind]?.() ?? kind;
}

/** The order in which pages list kinds of parts. */
export const KIND_ORDER: readonly string[] = [
	'use',
	'scheme',
	'metric',
	'param',
	'value',
	'preset',
	'record'
];

/** Kinds that occur, in the order of the pages. */
export function kindsOf(parts: readonly { readonly kind: string }[]): string[] {
	const present = new Set(parts.map(({ kind }) => kind));
	return KIND_ORDER.filter((kind) => present.has(kind));
}
