/** `quanheng import plan|apply|rollback --client C`: a client's files, without a browser. */
import { basename } from 'node:path';
import * as v from 'valibot';
import { toWire } from '#lib/contract/base.ts';
import { importMapping, type ImportMapping } from '#lib/contract/import-mapping.ts';
import {
	IMPORT_KINDS,
	importCommitted,
	importPlan,
	importRolledBack,
	readOptions,
	type ImportKind
} from '#lib/contract/imports.ts';
import type { Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import { systemActor, type Actor, type Context } from '#lib/server/context.ts';
import { completeMapping, type ImportBatch } from '#lib/server/imports/batches.ts';
import { commitImport } from '#lib/server/imports/commit-import.ts';
import { findImportFields } from '#lib/server/imports/get-import.ts';
import { planImport } from '#lib/server/imports/plan-import.ts';
import type { ImportPlan } from '#lib/server/imports/plan.ts';
import {
	discardImport,
	previewRollBack,
	rollBackImport
} from '#lib/server/imports/roll-back-import.ts';
import { stageImport } from '#lib/server/imports/stage-import.ts';
import { SURE } from '#lib/server/imports/suggest-mapping.ts';
import { failure } from '../failure.ts';
import { Inputs } from '../inputs.ts';
import { EXIT, localeOf, type ExitCode, type Io } from '../io.ts';
import type { ImportOptions, RollBackOptions } from './register-imports.ts';
import { contextOf, withInstance } from './with-instance.ts';

/** The file `--mapping` names: a mapping as the API takes it, and how to read the file. */
const mappingFile = v.strictObject({ mapping: importMapping, read: v.optional(readOptions) });

/** Says what an import would change. Writes nothing that stays. */
export async function runPlan(io: Io, file: string, options: ImportOptions): Promise<ExitCode> {
	const locale = localeOf(io, options.locale);
	const plan = await withImport(io, file, options, async ({ ctx, actor, batch, planned }) => {
		await discardImport(ctx, actor, { batchId: batch.id });
		return planned;
	});
	await io.write(
		options.json
			? `${JSON.stringify(toWire(importPlan, plan), null, '\t')}\n`
			: planLines(plan, locale)
	);
	return plan.canCommit && plan.rows.rejected === 0 ? EXIT.done : EXIT.refused;
}

/** Imports a file in one transaction; rows that are refused stay out only with `--without-rejected`. */
export async function runApply(io: Io, file: string, options: ImportOptions): Promise<ExitCode> {
	if (options.dryRun) return runPlan(io, file, options);
	const locale = localeOf(io, options.locale);
	await withImport(io, file, options, async ({ ctx, actor, batch, planned }) => {
		let done;
		try {
			done = await commitImport(ctx, actor, {
				batchId: batch.id,
				planHash: planned.planHash,
				withoutRejected: options.withoutRejected ?? false
			});
		} catch (error) {
			io.log(planLines(planned, locale));
			await discardImport(ctx, actor, { batchId: batch.id });
			throw error;
		}
		await io.write(
			options.json
				? `${JSON.stringify(toWire(importCommitted, done), null, '\t')}\n`
				: `${done.batchId}\t${WORDS[locale].facts} ${done.facts}\t${WORDS[locale].rejected} ${done.rejected}\n`
		);
	});
	return EXIT.done;
}

/** Withdraws what an import brought; says what has been built on it since. */
export async function runRollBack(
	io: Io,
	batchId: string,
	options: RollBackOptions
): Promise<ExitCode> {
	const locale = localeOf(io, options.locale);
	await withInstance(io, options, async (instance) => {
		const ctx = await contextOf(instance, options.client);
		const actor = systemActor(options.client);
		const done = options.dryRun
			? {
					batchId,
					facts: 0,
					peopleWithdrawn: 0,
					unitsClosed: 0,
					builtOn: await previewRollBack(ctx, actor, { batchId })
				}
			: await rollBackImport(ctx, actor, {
					batchId,
					...(options.reason === undefined ? {} : { reason: options.reason })
				});
		const { builtOn } = done;
		const words = WORDS[locale];
		await io.write(
			options.json
				? `${JSON.stringify(toWire(importRolledBack, done), null, '\t')}\n`
				: [
						`${batchId}\t${words.withdrawn} ${done.facts}`,
						`${words.builtOn}\t${builtOn.scoringRuns.length} / ${builtOn.replays.length} / ${builtOn.laterImports.length}`,
						''
					].join('\n')
		);
	});
	return EXIT.done;
}

interface Planned {
	readonly ctx: Context;
	readonly actor: Actor;
	readonly batch: ImportBatch;
	readonly planned: ImportPlan;
}

async function withImport<T>(
	io: Io,
	file: string,
	options: ImportOptions,
	work: (planned: Planned) => Promise<T>
): Promise<T> {
	const kind = kindOf(options);
	const inputs = new Inputs(io);
	inputs.assertOneStdin(file, options.mapping);
	const bytes = await inputs.bytes(file);
	const told = options.mapping === undefined ? null : await mappingOf(inputs, options.mapping);
	return withInstance(io, options, async (instance) => {
		const ctx = await contextOf(instance, options.client);
		const actor = systemActor(options.client);
		const batch = await stageImport(ctx, actor, {
			kind,
			fileName: file === '-' ? 'stdin' : basename(file),
			bytes,
			...(options.recordType === undefined ? {} : { recordType: options.recordType }),
			...(told?.read ? { read: told.read } : {})
		});
		try {
			const mapping = told?.mapping ?? (await certainMapping(ctx, actor, batch));
			const planned = await planImport(ctx, actor, { batchId: batch.id, mapping });
			return await work({ ctx, actor, batch, planned });
		} catch (error) {
			await discardQuietly(ctx, actor, batch.id);
			throw error;
		}
	});
}

/** The reason of a failure matters more than that its batch was set aside before. */
async function discardQuietly(ctx: Context, actor: Actor, batchId: string): Promise<void> {
	await discardImport(ctx, actor, { batchId }).catch(() => undefined);
}

function kindOf(options: ImportOptions): ImportKind {
	const kind = IMPORT_KINDS.find((known) => known === options.kind);
	if (kind) return kind;
	throw failure('option_wrong', {
		option: '--kind',
		found: options.kind,
		expected: IMPORT_KINDS.join(' | '),
		command: 'import'
	});
}

async function mappingOf(inputs: Inputs, path: string): Promise<v.InferOutput<typeof mappingFile>> {
	const parsed = v.safeParse(mappingFile, await inputs.json(path));
	if (parsed.success) return parsed.output;
	const [issue] = parsed.issues;
	throw failure('mapping_wrong', {
		path: inputs.nameOf(path),
		at: v.getDotPath(issue) ?? '-',
		problem: issue.message
	});
}

/** What a saved mapping says, else what nobody needs to be asked about; refused where something is in doubt. */
async function certainMapping(
	ctx: Context,
	actor: Actor,
	batch: ImportBatch
): Promise<ImportMapping> {
	const saved = batch.presets.find(({ mapping }) => mapping !== null)?.mapping;
	if (saved) return saved;
	const fields = await findImportFields(ctx, actor, {
		kind: batch.kind,
		recordType: batch.recordType
	});
	const doubtful = batch.suggestions.filter(
		({ field, confidence }) => field !== null && confidence < SURE
	);
	const columns = batch.suggestions.flatMap(({ column, field, transform }) =>
		field === null ? [] : [{ field, columns: [column], ...(transform ? { transform } : {}) }]
	);
	const mapped = new Set(columns.map(({ field }) => field));
	const missing = fields.filter(({ id, required }) => required && !mapped.has(id));
	if (doubtful.length === 0 && missing.length === 0) {
		return { ...completeMapping({ columns: [] }), columns };
	}
	throw failure('mapping_doubtful', {
		doubtful: doubtful.map(({ column, field }) => `${column} → ${field ?? '?'}`).join(', ') || '-',
		missing: missing.map(({ id }) => id).join(', ') || '-'
	});
}

const WORDS = {
	'zh-CN': {
		rows: '行',
		accepted: '可导入',
		rejected: '不能导入',
		repeated: '重复',
		superseded: '被取代',
		filtered: '未选',
		facts: '事实',
		new: '新增',
		changed: '变更',
		unchanged: '不变',
		sum: '合计',
		withdrawn: '撤回事实',
		builtOn: '此后的核算 / 回放 / 导入'
	},
	en: {
		rows: 'rows',
		accepted: 'accepted',
		rejected: 'rejected',
		repeated: 'repeated',
		superseded: 'superseded',
		filtered: 'left out',
		facts: 'facts',
		new: 'new',
		changed: 'changed',
		unchanged: 'unchanged',
		sum: 'sum',
		withdrawn: 'facts withdrawn',
		builtOn: 'scoring runs / replays / imports since'
	}
} as const;

function planLines(plan: ImportPlan, locale: Locale): string {
	const words = WORDS[locale];
	const { rows, facts } = plan;
	return [
		`${words.rows} ${rows.read}\t${words.accepted} ${rows.accepted}\t${words.rejected} ${rows.rejected}\t${words.repeated} ${rows.repeated}\t${words.superseded} ${rows.superseded}\t${words.filtered} ${rows.filtered}`,
		`${words.facts}\t${words.new} ${facts.new}\t${words.changed} ${facts.changed}\t${words.unchanged} ${facts.unchanged}`,
		...plan.columns.map(
			({ field, values, sum }) => `${field}\t${values}\t${words.sum} ${sum ?? '-'}`
		),
		...plan.findings.map(
			({ code, severity, rows: count, examples }) =>
				`${severity}\t${code}\t${count}\t${examples[0]?.message[locale] ?? ''}`
		),
		''
	].join('\n');
}
