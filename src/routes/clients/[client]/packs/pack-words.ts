/** Words about packs that several pages say. */
import { m } from '#lib/paraglide/messages.js';
import { say, type BothTexts } from '#lib/ui/local-text.ts';

/** A datum that a scheme reads: `target.collected_revenue` is “Target: collected revenue”. */
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
