/** What an upgrade starts from: the three sides, the answers, and what they were when somebody looked. */
import { sha256Hex } from '#lib/engine/hash.ts';
import { canonicalJson } from '#lib/engine/logic/canonical.ts';
import type { PackAnswers } from '#lib/packs/answers.ts';
import type { DiffOptions } from '#lib/engine/revise/diff.ts';
import type { PackMergeInput } from '#lib/packs/merge-packs.ts';
import type { Pack } from '#lib/packs/pack.ts';
import { packForm } from '#lib/packs/pack-form.ts';
import { packParts, partHash } from '#lib/packs/plan-install.ts';
import { compareVersions, parseVersion } from '#lib/packs/semver.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { clientDictionary } from '../metrics/client-dictionary.ts';
import { loadMetrics } from '../metrics/load-metrics.ts';
import { answeredPack } from './install-pack.ts';
import type { OfferedPack } from './offered-packs.ts';
import { partUses } from './part-uses.ts';
import {
	answersOf,
	getInstalled,
	installedPack,
	presentParts,
	type InstalledRow,
	type PresentPart
} from './present-parts.ts';
import { packProblems } from './problems.ts';
import { schemesInUse } from './schemes-in-use.ts';

export interface PreparedUpgrade {
	readonly installed: InstalledRow;
	readonly offered: OfferedPack;
	/** The offered pack with the answers put in. */
	readonly pack: Pack;
	readonly answers: PackAnswers;
	readonly present: ReadonlyMap<string, PresentPart>;
	readonly merge: PackMergeInput;
	/** Changes whenever a side changes. */
	readonly state: string;
}

/** Reads the three sides. A version that must not follow the installed one is refused. */
export async function prepareUpgrade(
	queries: Queries,
	offered: OfferedPack,
	given: PackAnswers = {}
): Promise<PreparedUpgrade> {
	const installed = await getInstalled(queries, offered.pack.manifest.id);
	assertFollows(installed, offered);
	const base = await installedPack(installed);
	const answers = answersFor(offered.pack, answersOf(installed), given);
	const pack = await answeredPack(queries, offered.pack, answers);
	const present = await presentParts(queries);
	const inUse = await schemesInUse(queries, base);
	const words: DiffOptions = {
		metrics: await loadMetrics(queries),
		dictionary: await clientDictionary(queries)
	};
	const offeredKeys = partKeys(pack);
	const leaving = new Set([...partKeys(base)].filter((key) => !offeredKeys.has(key)));
	return {
		installed,
		offered,
		pack,
		answers,
		present,
		merge: {
			base,
			offered: pack,
			present: new Map([...present].map(([key, { content }]) => [key, content])),
			inUse,
			uses: await partUses(queries, leaving),
			words
		},
		state: sha256Hex(
			canonicalJson([
				installed.hash,
				pack.hash,
				[...present].map(([key, { content }]) => [key, partHash(content)]).sort(),
				inUse.map(({ schemeId, document }) => [schemeId, partHash(document)]).sort()
			])
		)
	};
}

function partKeys(pack: Pack): Set<string> {
	return new Set(packParts(pack).map(({ kind, id }) => `${kind}:${id}`));
}

/** The answers given before, as far as the offered version still asks, and those given now. */
function answersFor(pack: Pack, before: PackAnswers, given: PackAnswers): PackAnswers {
	const asked = new Set(packForm(pack).map(({ id }) => id));
	const kept = <T>(prefix: string, answers: Readonly<Record<string, T>> = {}) =>
		Object.fromEntries(Object.entries(answers).filter(([id]) => asked.has(`${prefix}.${id}`)));
	const { currency = before.currency, period = before.period } = given;
	return {
		...(currency === undefined ? {} : { currency }),
		...(period === undefined ? {} : { period }),
		grades: { ...kept('grades', before.grades), ...given.grades },
		params: { ...kept('params', before.params), ...given.params }
	};
}

function assertFollows(installed: InstalledRow, { pack, signer }: OfferedPack): void {
	const { version } = pack.manifest;
	const [from, to] = [parseVersion(installed.version), parseVersion(version)];
	const order = from && to ? compareVersions(to, from) : 0;
	if (order < 0) {
		throw refuse(packProblems, 'version_older', {
			details: { offered: version, installed: installed.version }
		});
	}
	if (order === 0 && pack.hash !== installed.hash) {
		throw refuse(packProblems, 'version_rewritten', { details: { version } });
	}
	if (installed.signer !== null && signer !== installed.signer) {
		throw refuse(packProblems, 'signature_lost', { details: { signer: installed.signer } });
	}
}
