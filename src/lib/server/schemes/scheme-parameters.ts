import type { LocalText } from '../../engine/diagnostics/diagnostic.ts';
import type { SchemeDocument } from '../../engine/scheme/document.ts';
import { prepareScheme } from '../../engine/score/prepare.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { clientDictionary } from '../metrics/client-dictionary.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { readSettings, todayAt } from '../settings/client-settings.ts';
import { loadParameters } from '../snapshots/parameters.ts';

export interface SchemeParameter {
	readonly id: string;
	readonly name: LocalText;
	readonly unit: string | null;
	/** Of the whole client, in force on the day; null where none is set. */
	readonly value: number | null;
}

/** The parameters that a scheme reads, with the client's values today. */
export async function listSchemeParameters(
	ctx: Context,
	actor: Actor,
	document: SchemeDocument
): Promise<readonly SchemeParameter[]> {
	admitActor(ctx, actor, 'draft.read', 'version.read');
	const ids = prepareScheme(document)
		.paths.filter((path) => path.startsWith('param.'))
		.map((path) => path.slice('param.'.length));
	if (ids.length === 0) return [];
	const [parameters, dictionary, tree, settings] = await Promise.all([
		loadParameters(ctx.db.read),
		clientDictionary(ctx.db.read),
		loadUnits(ctx.db.read),
		readSettings(ctx.db.read)
	]);
	const day = todayAt(ctx.clock.now(), settings.timeZone);
	return ids.map((id) => {
		const known = dictionary.get(`param.${id}`);
		return {
			id,
			name: known?.name ?? { 'zh-CN': id, en: id },
			unit: known?.unit ?? null,
			value: parameters.valueOf(id, null, tree, day, settings.fiscalMonth)
		};
	});
}
