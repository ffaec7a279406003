/** The demo client's own database: org, people, figures, pack, version, draft and target cycle. */
import { eq } from 'drizzle-orm';
import type { GeneratorSpec } from '#lib/packs/generator-spec.ts';
import {
	generateSample,
	type SampleClient,
	type SampleFigure
} from '#lib/packs/sample/generate-sample.ts';
import { recordEvent } from '../audit/record-event.ts';
import { momentOf } from '../clock.ts';
import { systemActor, type Context } from '../context.ts';
import { bulkInsert } from '../db/bulk.ts';
import {
	auditEvents,
	employeeFacts,
	employees,
	observations,
	settings,
	targetCycles,
	targets,
	units
} from '../db/client/schema.ts';
import type { Tx } from '../db/database.ts';
import { _installPack } from '../packs/install-pack.ts';
import type { LoadedPack } from '../packs/shipped-packs.ts';
import type { DemoWorld } from './demo-worlds.ts';
import { seedDrafts, seedVersions } from './seed-schemes.ts';

/** Seeding is one long transaction on purpose: half a demo client is worse than none. */
const SEED_DEADLINE_MS = 120_000;

/** Fills an empty client; a client that was seeded before is left as it is. */
export async function seedClient(
	ctx: Context,
	loaded: LoadedPack,
	spec: GeneratorSpec,
	{ cycle }: Pick<DemoWorld, 'cycle'>
): Promise<void> {
	const sample = generateSample(spec);
	await ctx.db.write(
		async (tx) => {
			const [seeded] = await tx
				.select({ seq: auditEvents.seq })
				.from(auditEvents)
				.where(eq(auditEvents.type, 'demo_seeded'))
				.limit(1);
			if (seeded) return;
			const actor = systemActor(ctx.clientId);
			await seedSettings(tx, ctx, spec);
			await seedPeople(tx, ctx, sample);
			await _installPack(tx, ctx, actor, loaded, { pack: loaded.pack.manifest.id });
			await seedFigures(tx, ctx, loaded, sample, spec.client.currency);
			await seedVersions(tx, ctx, loaded.pack, spec);
			await seedDrafts(tx, ctx, loaded.pack, spec);
			await seedCycle(tx, ctx, spec, cycle);
			await recordEvent(tx, ctx, actor, {
				type: 'demo_seeded',
				pack: loaded.pack.manifest.id,
				version: loaded.pack.manifest.version
			});
		},
		{ deadlineMs: SEED_DEADLINE_MS }
	);
}

const BY = 'system';
const SOURCE = 'demo';

async function seedSettings(tx: Tx, ctx: Context, spec: GeneratorSpec): Promise<void> {
	await tx.insert(settings).values({
		key: 'currency',
		value: spec.client.currency,
		updatedAt: momentOf(ctx.clock),
		updatedBy: BY
	});
}

async function seedPeople(tx: Tx, ctx: Context, sample: SampleClient): Promise<void> {
	const now = momentOf(ctx.clock);
	await bulkInsert(
		tx,
		units,
		sample.units.map(({ id, name, parent, kind }) => ({
			id,
			parentId: parent,
			name,
			kind,
			createdAt: now
		}))
	);
	await bulkInsert(
		tx,
		employees,
		sample.people.map(({ id, name }) => ({ id, name, createdAt: now }))
	);
	await bulkInsert(
		tx,
		employeeFacts,
		sample.people.flatMap((person) =>
			person.facts.map(({ attribute, value, validFrom }) => ({
				employeeId: person.id,
				attribute,
				value,
				validFrom,
				source: SOURCE,
				recordedAt: earlier(`${validFrom}T02:00:00.000Z`, now),
				recordedBy: BY
			}))
		)
	);
}

/** A past moment, never after now: a clock that stands in the past must not see the future. */
function earlier(moment: string, now: string): string {
	return moment < now ? moment : now;
}

async function seedFigures(
	tx: Tx,
	ctx: Context,
	{ pack }: LoadedPack,
	sample: SampleClient,
	clientCurrency: string
): Promise<void> {
	const now = momentOf(ctx.clock);
	const row = (figure: SampleFigure, recordedAt: string) => ({
		subjectKind: figure.subjectKind,
		subjectId: figure.subjectId,
		metric: figure.metric,
		period: figure.period,
		value: figure.value,
		raw: String(figure.value),
		currency: pack.metrics.get(figure.metric)?.unit === 'money' ? clientCurrency : null,
		source: SOURCE,
		recordedAt: earlier(recordedAt, now),
		recordedBy: BY
	});
	// Figures become known on the third of the next month, targets on the first of their own.
	await bulkInsert(
		tx,
		observations,
		sample.observations.map((figure) => row(figure, `${nextMonth(figure.period)}-03T02:00:00.000Z`))
	);
	await bulkInsert(
		tx,
		targets,
		sample.targets.map((figure) => row(figure, `${figure.period}-01T02:00:00.000Z`))
	);
}

/** The month after `2025-12` is `2026-01`. */
function nextMonth(period: string): string {
	const year = Number(period.slice(0, 4));
	const month = Number(period.slice(5, 7));
	return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
}

async function seedCycle(
	tx: Tx,
	ctx: Context,
	spec: GeneratorSpec,
	{ topic, metrics }: DemoWorld['cycle']
): Promise<void> {
	const from = nextMonth(spec.to);
	const to = nextMonth(from);
	const now = momentOf(ctx.clock);
	const opener = spec.accounts.find(({ role }) => role === 'hr_designer')?.account;
	const by = opener === undefined ? BY : `demo-${opener}`;
	await tx.insert(targetCycles).values({
		id: `cycle-${from}`,
		name: { 'zh-CN': `${from} 至 ${to} ${topic['zh-CN']}`, en: `${topic.en} ${from} to ${to}` },
		periodFrom: from,
		periodTo: to,
		metrics,
		settings: {},
		dueOn: `${from}-28`,
		openedAt: now,
		openedBy: by
	});
	await recordEvent(
		tx,
		ctx,
		{ userId: by },
		{ type: 'cycle_opened', cycle: `cycle-${from}`, from, to }
	);
}
