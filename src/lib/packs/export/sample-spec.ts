/** The description of a sample client whose people behave roughly like a client's: nobody is in it. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';

/** What is told of one metric: only of five people or more. */
export interface MetricSummary {
	readonly metric: string;
	readonly median: number;
	/** Standard deviation as a share of the mean. */
	readonly spread: number;
	readonly target: number | null;
	readonly decimals: number;
	readonly valid: readonly [number, number] | null;
}

export interface SampleRole {
	/** Id of the scheme, as a word for the profile. */
	readonly scheme: string;
	readonly name: LocalText;
	/** Position that the scheme asks for; the word itself where it asks for none. */
	readonly position: string;
	readonly metrics: readonly MetricSummary[];
	/** Targets of metrics that are calculated. */
	readonly targets: Readonly<Record<string, number>>;
}

/** People of each role, and months. */
const PEOPLE = 8;
const PERIODS = { from: '2025-01', to: '2025-12' } as const;

/** `sample-data/generator.yaml`. */
export function sampleSpec(pack: string, currency: string, roles: readonly SampleRole[]): Json {
	return {
		seed: seedOf(pack),
		client: { id: pack, name: { 'zh-CN': '示例客户', en: 'Sample client' }, currency },
		from: PERIODS.from,
		to: PERIODS.to,
		seasons: Array.from({ length: 12 }, () => 1),
		units: [
			{ id: 'company', name: { 'zh-CN': '示例公司', en: 'Sample company' }, kind: 'company' },
			...roles.map(({ scheme, name }) => ({
				id: `team-${scheme}`,
				name: { 'zh-CN': `${name['zh-CN']}组`, en: `${name.en} team` },
				parent: 'company',
				kind: 'team'
			}))
		],
		profiles: roles.map(({ scheme, metrics, targets }) => ({
			id: wordOf(scheme),
			metrics: metrics.map(patternOf),
			...(Object.keys(targets).length > 0 ? { targets } : {})
		})),
		groups: roles.map(({ scheme, position }) => ({
			unit: `team-${scheme}`,
			position,
			profile: wordOf(scheme),
			count: PEOPLE,
			site: 'sample',
			region: 'sample',
			hired: ['2019-01', '2024-12'],
			base_pay: [8000, 15000]
		}))
	} as unknown as Json;
}

function patternOf({ metric, median, spread, target, decimals, valid }: MetricSummary): Json {
	return {
		metric,
		around: round(median),
		spread: Math.min(0.5, round(spread)),
		decimals,
		...(valid ? { min: valid[0], max: valid[1] } : {}),
		...(target === null ? {} : { target: round(target) })
	};
}

/** Two figures are enough for a likeness and too few for a fact. */
export function round(value: number): number {
	return value === 0 || !Number.isFinite(value) ? 0 : Number(value.toPrecision(2));
}

/** Profiles are written in snake_case, schemes in kebab-case. */
function wordOf(scheme: string): string {
	return scheme.replaceAll('-', '_');
}

function seedOf(text: string): number {
	let seed = 7;
	for (const character of text) seed = (seed * 31 + (character.codePointAt(0) ?? 0)) % 1_000_000;
	return seed;
}
