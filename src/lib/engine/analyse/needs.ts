/** What a scheme needs of the data: which variables, why, from whom, for which periods. */
import { diagnose, type Diagnostic, type LocalText } from '../diagnostics/diagnostic.ts';
import { parseRule } from '../logic/parse.ts';
import { variablesOf } from '../logic/variables.ts';
import type { Dictionary } from '../logic/rule.ts';
import type { PeriodLength } from '../scheme/document.ts';
import type { MetricDefinition } from '../scheme/metric.ts';
import { derivationOf } from '../table/paths.ts';
import { dataDiagnostics } from './data-diagnostics.ts';
import { both } from './entry.ts';
import { variableNames } from './names.ts';
import { resolvePath } from './known.ts';
import type { ParsedScheme } from './parsed.ts';
import { allRules } from './reach.ts';

export type NeedKind = 'metric' | 'target' | 'attribute' | 'parameter' | 'team';

/** One variable that has to be supplied. */
export interface DataNeed {
	readonly path: string;
	readonly kind: NeedKind;
	/** JSON Pointers of the rules that read it, directly or through what is derived from it. */
	readonly usedBy: readonly string[];
	/** Who enters it and where it comes from, where the metric says so. */
	readonly enteredBy: string | null;
	readonly source: LocalText | null;
	/** False where the known metrics do not define it; null where no metrics are known. */
	readonly defined: boolean | null;
}

export interface DataNeeds {
	readonly needs: readonly DataNeed[];
	/** Length of a scoring period. */
	readonly period: PeriodLength;
	/** Periods that one scoring reads, the current one included: more than 1 for windows. */
	readonly periods: number;
}

type Metrics = ReadonlyMap<string, MetricDefinition> | undefined;

/** Exactly the data that scoring with a scheme reads. */
export function dataNeeds(parsed: ParsedScheme, metrics: Metrics): DataNeeds {
	const used = new Map<string, Set<string>>();
	let periods = 1;
	const need = (path: string, at: string, depth = 0): void => {
		const derivation = derivationOf(path);
		if (derivation?.kind === 'quotient') {
			need(derivation.actual, at, depth);
			need(derivation.target, at, depth);
			return;
		}
		const kind = kindOf(path);
		if (!kind) return;
		const definition = kind === 'metric' ? metrics?.get(path.slice('metric.'.length)) : undefined;
		periods = Math.max(periods, definition?.window?.periods ?? 1);
		const sources = definition && depth < 32 ? sourcesOf(definition) : [];
		if (sources.length > 0) {
			for (const source of sources) need(source, at, depth + 1);
			return;
		}
		const places = used.get(path);
		if (places) places.add(at);
		else used.set(path, new Set([at]));
	};
	for (const { node, metric } of allRules(parsed)) {
		for (const path of variablesOf(node)) need(resolvePath(path, metric), node.at);
	}
	const needs = [...used]
		.map(([path, places]) => asNeed(path, [...places], metrics))
		.toSorted((a, b) => (a.path < b.path ? -1 : 1));
	return { needs, period: parsed.scheme.period, periods };
}

function kindOf(path: string): NeedKind | null {
	const [space] = path.split('.');
	const kinds: Readonly<Record<string, NeedKind>> = {
		metric: 'metric',
		target: 'target',
		employee: 'attribute',
		param: 'parameter',
		team: 'team'
	};
	return kinds[space ?? ''] ?? null;
}

/** What a derived metric is made of; nothing for one that is observed. */
function sourcesOf(definition: MetricDefinition): string[] {
	if (definition.aggregation === 'ratio') {
		return [definition.numerator, definition.denominator].flatMap((id) =>
			id ? [`metric.${id}`] : []
		);
	}
	return definition.formula === undefined ? [] : variablesOf(parseRule(definition.formula).node);
}

function asNeed(path: string, usedBy: readonly string[], metrics: Metrics): DataNeed {
	const kind = kindOf(path) ?? 'attribute';
	const id = kind === 'team' ? (path.split('.')[1] ?? '') : path.slice(path.indexOf('.') + 1);
	const isMeasured = kind === 'metric' || kind === 'target' || kind === 'team';
	const definition = isMeasured ? metrics?.get(id) : undefined;
	return {
		path,
		kind,
		usedBy,
		enteredBy: definition?.entered_by ?? definition?.owner ?? null,
		source: definition?.source ?? null,
		defined: isMeasured && metrics ? definition !== undefined : null
	};
}

/** What the newer scheme needs that the older did not; usually nothing. */
export function newNeeds(older: DataNeeds, newer: DataNeeds): DataNeed[] {
	const known = new Set(older.needs.map(({ path }) => path));
	return newer.needs.filter(({ path }) => !known.has(path));
}

/** Says what a change of rules newly requires, and says so too where it requires nothing. */
export function describeNewNeeds(
	older: DataNeeds,
	newer: DataNeeds,
	dictionary?: Dictionary
): Diagnostic {
	const added = newNeeds(older, newer);
	if (added.length === 0) return diagnose(dataDiagnostics, 'needs_nothing_new', '');
	const from = fromWords(added);
	const names = added.map(({ path }) => variableNames(path, dictionary));
	return diagnose(dataDiagnostics, 'needs_new_data', added[0]?.usedBy[0] ?? '', {
		needs: added.map(({ path }) => path).join(', '),
		names: names.map(({ name }) => name).join(', '),
		names_zh: names.map(({ name_zh }) => name_zh).join('、'),
		from: from.en,
		from_zh: from['zh-CN']
	});
}

/** From whom data comes, as far as metrics say. */
export function fromWords(needs: readonly DataNeed[]): LocalText {
	const people = [...new Set(needs.flatMap(({ enteredBy }) => enteredBy ?? []))];
	if (people.length === 0) return both('', '');
	return both(`由 ${people.join('、')} 提供。`, ` It comes from ${people.join(', ')}.`);
}
