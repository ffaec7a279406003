/** What the schemes of a pack read, down to what somebody has to supply, against what a client has. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { metricSources } from '#lib/engine/scheme/metric-validate.ts';
import { EMPLOYEE_ATTRIBUTES } from '#lib/engine/scheme/variables.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import type { Pack } from './pack.ts';

export const NEED_KINDS = ['metric', 'target', 'attribute', 'team', 'param', 'record'] as const;
export type NeedKind = (typeof NEED_KINDS)[number];

/** What a client has of one variable. */
export interface DataExtent {
	/** Period ids; null for what is not dated by period. */
	readonly from: string | null;
	readonly to: string | null;
	/** People or units. */
	readonly subjects: number;
}

/** Data of a client by variable path: `metric.x`, `target.x`, `employee.x`, `param.x`, `record.x`. */
export type ClientData = ReadonlyMap<string, DataExtent>;

/** One thing that the pack's schemes read, against what this client has of it. */
export interface DataNeed {
	readonly path: string;
	readonly kind: NeedKind;
	readonly name: LocalText | null;
	/** Schemes that read it. */
	readonly schemes: readonly string[];
	/** The pack names it as something without which nothing can be scored. */
	readonly isRequired: boolean;
	/** Months in a row that one scoring reads: more than 1 for windows and streaks. */
	readonly periods: number;
	/** Null where the client has none. */
	readonly have: DataExtent | null;
}

interface Use {
	readonly schemes: Set<string>;
	periods: number;
}

/** Every need of a pack, by path. What the pack's own parameters supply is no need. */
export function packNeeds(pack: Pack, data: ClientData): DataNeed[] {
	const brought = new Set(pack.manifest.params.map((param) => `param.${param.id}`));
	const uses = new Map<string, Use>();
	const note = (path: string, periods: number, scheme: string | null): void => {
		if (brought.has(path)) return;
		const use = uses.get(path) ?? { schemes: new Set<string>(), periods: 1 };
		if (scheme !== null) use.schemes.add(scheme);
		use.periods = Math.max(use.periods, periods);
		uses.set(path, use);
	};
	for (const [id, scheme] of pack.schemes) {
		const prepared = prepareScheme(scheme.document);
		const derived = new Set(prepared.derivedPaths);
		const idle = idleTargets(scheme.document);
		for (const read of prepared.paths) {
			if (derived.has(read) || read.startsWith('period.') || idle.has(read)) continue;
			for (const { path, periods } of suppliedPaths(pack.metrics, read)) note(path, periods, id);
		}
	}
	for (const record of pack.manifest.requires.records) note(`record.${record}`, 1, null);
	const required = requiredPaths(pack);
	return [...uses]
		.map(([path, { schemes, periods }]): DataNeed => ({
			path,
			kind: kindOf(path),
			name: nameOf(pack, path),
			schemes: [...schemes].sort(),
			isRequired: required.has(path),
			periods,
			have: data.get(path) ?? null
		}))
		.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Targets of items whose rules look at the actual figure alone: nobody has to supply them. */
function idleTargets(document: SchemeDocument): ReadonlySet<string> {
	const whole = JSON.stringify({ ...document, examples: [] });
	return new Set(
		document.items
			.filter(({ id, metric, weight, score }) => {
				const own = JSON.stringify([weight ?? null, score]);
				const read = [`"target.${metric}"`, `"attainment.${metric}"`, `"items.${id}.attainment"`];
				return (
					!own.includes('"item.target"') &&
					!own.includes('"item.attainment"') &&
					!read.some((path) => whole.includes(path))
				);
			})
			.map(({ metric }) => `target.${metric}`)
	);
}

/** A calculated metric is not supplied: what must be there are the metrics and records it is made from. */
function suppliedPaths(
	metrics: ReadonlyMap<string, MetricDefinition>,
	path: string,
	periods = 1,
	seen: ReadonlySet<string> = new Set()
): { path: string; periods: number }[] {
	const id = /^metric\.(.+)$/.exec(path)?.[1];
	const metric = id === undefined ? undefined : metrics.get(id);
	if (id === undefined || !metric || seen.has(id)) return [{ path, periods }];
	const reach = Math.max(periods, metric.window?.periods ?? 1, metric.streak ? LEAST_STREAK : 1);
	const sources = metricSources(metric).filter((source) => source !== id);
	if (sources.length === 0) return [{ path, periods: reach }];
	const visited = new Set(seen).add(id);
	return sources.flatMap((source) => suppliedPaths(metrics, `metric.${source}`, reach, visited));
}

/** A streak says nothing before its second period. */
const LEAST_STREAK = 2;

function requiredPaths({ manifest: { requires }, metrics }: Pack): Set<string> {
	return new Set([
		...requires.attributes.map(({ id }) => `employee.${id}`),
		...requires.records.map((id) => `record.${id}`),
		...requires.metrics.flatMap((id) =>
			suppliedPaths(metrics, `metric.${id}`).map(({ path }) => path)
		)
	]);
}

function kindOf(path: string): NeedKind {
	const namespace = path.slice(0, path.indexOf('.'));
	if (namespace === 'employee') return 'attribute';
	return NEED_KINDS.find((kind) => kind === namespace) ?? 'metric';
}

function nameOf(pack: Pack, path: string): LocalText | null {
	const [where, id] = path.split('.');
	if (id === undefined) return null;
	if (where === 'employee') {
		const attribute = pack.manifest.requires.attributes.find((one) => one.id === id);
		return attribute?.name ?? EMPLOYEE_ATTRIBUTES.get(id)?.name ?? null;
	}
	if (where === 'record') return pack.records.get(id)?.name ?? null;
	return pack.metrics.get(id)?.name ?? null;
}
