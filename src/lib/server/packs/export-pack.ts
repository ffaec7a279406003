import { eq } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, Value } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import { ENGINE_VERSION } from '#lib/engine/version.ts';
import { anonymiseScheme, pseudonymsOf, replaceWords } from '#lib/packs/export/anonymise.ts';
import { exportTexts } from '#lib/packs/export/documents.ts';
import { packTexts } from '#lib/packs/export/pack-texts.ts';
import {
	round,
	sampleSpec,
	type MetricSummary,
	type SampleRole
} from '#lib/packs/export/sample-spec.ts';
import { exportedTests } from '#lib/packs/export/sentences.ts';
import type { PackManifest, RecordType } from '#lib/packs/pack.ts';
import { runPackTests, type PackTestReport } from '#lib/packs/run-pack-tests.ts';
import type { PackFiles } from '#lib/packs/parse-pack.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { employees, schemes as schemeTable } from '../db/client/schema.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { runThread } from '../jobs/run-thread.ts';
import { clientDictionary } from '../metrics/client-dictionary.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { latestVersionOf, readDraft } from '../schemes/read.ts';
import { readSettings } from '../settings/client-settings.ts';
import { readVersion } from '../versions/read.ts';
import type { JudgedArchive } from './archive/judge-archive.ts';
import { writeArchive } from './archive/write-archive.ts';
import {
	exportedPresets,
	neededAttributes,
	neededMetrics,
	neededParams,
	summarise
} from './export-material.ts';
import type { JudgeWork } from './judge.thread.ts';
import judgeThread from './judge.thread.ts?thread';
import { knownPack } from './known-packs.ts';
import { currentRecordTypes } from './present-parts.ts';
import { packProblems } from './problems.ts';

export interface ExportPack {
	/** Id of the pack that is made, in kebab-case. */
	readonly id: string;
	readonly version: string;
	readonly name: LocalText;
	readonly description: LocalText;
	readonly industry: string;
	readonly authors: readonly string[];
	readonly licence?: string;
	/** Schemes to take along, each from its newest version or from a draft. */
	readonly schemes: readonly { readonly schemeId: string; readonly draftId?: string }[];
	/** Metrics beyond those that the schemes need. */
	readonly metrics?: readonly string[];
	/** Import presets to take along; all unless given. */
	readonly presets?: readonly string[];
}

export interface PackExported {
	readonly files: PackFiles;
	readonly hash: string;
	/** The zip with its manifest of hashes. */
	readonly archive: Uint8Array;
	readonly fileName: string;
	readonly tests: PackTestReport;
}

/**
 * Makes a pack of a client's own schemes and metrics: golden employees become its tests, figures in
 * the round its sample, and nobody's name, number or pay is in it. What comes out is judged as if a
 * stranger had handed it in, so that it can be installed elsewhere or is refused here.
 */
export async function exportPack(
	ctx: Context,
	actor: Actor,
	input: ExportPack
): Promise<PackExported> {
	admitActor(ctx, actor, 'pack.install');
	const files = await exportFiles(ctx, input);
	const { pack, findings } = await knownPack(files);
	const archive = pack && writeArchive(pack, files);
	const judged =
		archive &&
		(await runThread<JudgeWork, JudgedArchive>(judgeThread, {
			bytes: archive,
			dataDir: ctx.dataDir,
			today: momentOf(ctx.clock).slice(0, 10)
		}));
	if (!pack || !archive || !judged?.pack) {
		const wrong = (judged?.findings ?? findings).filter(({ severity }) => severity === 'error');
		throw refuse(packProblems, 'export_refused', {
			details: { count: wrong.length },
			diagnostics: wrong
		});
	}
	const { id, version } = pack.manifest;
	await ctx.db.write((tx) =>
		recordEvent(tx, ctx, actor, {
			type: 'pack_exported',
			pack: id,
			version,
			hash: pack.hash,
			schemes: [...pack.schemes.keys()]
		})
	);
	return {
		files,
		hash: pack.hash,
		archive,
		fileName: `${id}-${version}.zip`,
		tests: runPackTests(pack)
	};
}

async function exportFiles(ctx: Context, input: ExportPack): Promise<PackFiles> {
	const { read } = ctx.db;
	const metrics = await loadMetrics(read);
	const dictionary = await clientDictionary(read);
	const people = await read.select({ id: employees.id, name: employees.name }).from(employees);
	const names = pseudonymsOf(people);
	const documents = await chosenSchemes(read, input, metrics);
	const schemes = documents.map((document) => anonymiseScheme(document, names));
	const needed = neededMetrics(schemes, metrics, input.metrics ?? []).map(
		(metric) => replaceWords(metric as unknown as Json, names) as unknown as MetricDefinition
	);
	const params = await neededParams(read, schemes, metrics);
	const records = await neededRecords(read, needed);
	const settings = await readSettings(read);
	const summaries = new Map<string, MetricSummary>();
	for (const metric of needed) {
		const summary = await summarise(read, metric);
		if (summary) summaries.set(metric.id, summary);
	}
	const attributes = neededAttributes(schemes, metrics, dictionary);
	const manifest: PackManifest = {
		id: input.id,
		version: input.version,
		engine: `^${ENGINE_VERSION}`,
		name: input.name,
		description: input.description,
		industry: input.industry,
		authors: input.authors,
		licence: input.licence ?? 'proprietary',
		params,
		requires: { attributes, records: records.map(({ id }) => id), metrics: [] }
	};
	const roles = schemes.map((scheme) => roleOf(scheme, needed, summaries));
	const typical = new Map<string, Value>([
		...params.map(({ id, default: value }) => [`param.${id}`, value] as const),
		...[...summaries.values()].flatMap(({ metric, median, target }) => [
			[`metric.${metric}`, round(median)] as const,
			[`target.${metric}`, target === null ? null : round(target)] as const
		])
	]);
	return packTexts({
		manifest,
		metrics: needed,
		records,
		presets: await exportedPresets(read, input.presets),
		schemes,
		tests: new Map(
			schemes.map((scheme) => [
				scheme.id,
				exportedTests(scheme, new Map([...typical, ['employee.position', positionOf(scheme)]]))
			])
		),
		generator: sampleSpec(input.id, settings.currency, roles),
		...exportTexts(manifest, schemes, needed)
	});
}

async function chosenSchemes(
	queries: Queries,
	input: ExportPack,
	metrics: ReadonlyMap<string, MetricDefinition>
): Promise<SchemeDocument[]> {
	if (input.schemes.length === 0) {
		const known = await queries.select({ id: schemeTable.id }).from(schemeTable);
		throw refuse(packProblems, 'export_nothing', {
			details: { known: known.map(({ id }) => id).join(', ') || '-' }
		});
	}
	const documents: SchemeDocument[] = [];
	for (const { schemeId, draftId } of input.schemes) {
		const document = await documentOf(queries, schemeId, draftId);
		const { scheme, diagnostics } = parseScheme(document, { metrics });
		if (!scheme) {
			throw refuse(packProblems, 'export_refused', {
				details: { count: diagnostics.length },
				diagnostics
			});
		}
		documents.push(scheme);
	}
	return documents;
}

async function documentOf(
	queries: Queries,
	schemeId: string,
	draftId: string | undefined
): Promise<unknown> {
	if (draftId !== undefined) {
		const draft = await readDraft(queries, draftId);
		if (draft.schemeId !== schemeId) throw refuse(commonProblems, 'not_found');
		return draft.document;
	}
	const [known] = await queries.select().from(schemeTable).where(eq(schemeTable.id, schemeId));
	const number = known ? await latestVersionOf(queries, schemeId) : null;
	if (number === null) throw refuse(commonProblems, 'not_found');
	return (await readVersion(queries, schemeId, number)).document;
}

async function neededRecords(
	queries: Queries,
	metrics: readonly MetricDefinition[]
): Promise<RecordType[]> {
	const kinds = await currentRecordTypes(queries);
	const ids = new Set(metrics.flatMap((metric) => metric.from_records?.record ?? []));
	return [...ids].sort().flatMap((id) => {
		const row = kinds.get(id);
		// Stored as its file said it; the judge of the archive reads it again.
		return row ? [row.definition as unknown as RecordType] : [];
	});
}

function roleOf(
	scheme: SchemeDocument,
	metrics: readonly MetricDefinition[],
	summaries: ReadonlyMap<string, MetricSummary>
): SampleRole {
	const text = JSON.stringify(scheme);
	const observed = metrics.filter(
		(metric) => !metric.formula && !metric.streak && !metric.rank && metric.aggregation !== 'ratio'
	);
	return {
		scheme: scheme.id,
		name: scheme.name,
		position: positionOf(scheme),
		metrics: observed.map(
			(metric) => summaries.get(metric.id) ?? { ...NEUTRAL, metric: metric.id }
		),
		targets: Object.fromEntries(
			metrics.flatMap(({ id }) => {
				const target = observed.some((one) => one.id === id) ? null : summaries.get(id)?.target;
				return target && text.includes(`"${id}"`) ? [[id, round(target)]] : [];
			})
		)
	};
}

/** Of too few people nothing is told: a figure that means nothing stands instead. */
const NEUTRAL = { median: 100, spread: 0.1, target: null, decimals: 0, valid: null } as const;

/** The position that the scheme asks for: the first word its condition compares a position with. */
function positionOf({ applies_to, id }: SchemeDocument): string {
	const text = JSON.stringify(applies_to);
	const named = /"employee\.position"\}?,\s*\[?"([^"]+)"/.exec(text)?.[1];
	return named ?? id.replaceAll('-', '_');
}
