/** Quick fixes of markers, offered by the light bulb and by Ctrl+. in one editor. */
import type * as Monaco from 'monaco-editor';
import type { CodeMarker } from './types.ts';

let count = 0;

/** Offers the fixes of what `markers` gives at the time; the result ends that. */
export function offerFixes(
	monaco: Pick<typeof Monaco, 'editor' | 'languages'>,
	model: Monaco.editor.ITextModel,
	markers: () => readonly CodeMarker[]
): () => void {
	const command = `quanheng.fix.${++count}`;
	const registered = [
		monaco.editor.registerCommand(command, (_, marker: number, fix: number) =>
			markers()[marker]?.fixes?.[fix]?.apply()
		),
		monaco.languages.registerCodeActionProvider('json', {
			provideCodeActions(asked, range) {
				const actions: Monaco.languages.CodeAction[] = [];
				if (asked !== model) return { actions, dispose: () => {} };
				const from = model.getOffsetAt(range.getStartPosition());
				const to = model.getOffsetAt(range.getEndPosition());
				markers().forEach((marker, at) => {
					if (marker.to < from || marker.from > to) return;
					marker.fixes?.forEach(({ title }, index) =>
						actions.push({
							title,
							kind: 'quickfix',
							command: { id: command, title, arguments: [at, index] }
						})
					);
				});
				return { actions, dispose: () => {} };
			}
		})
	];
	return () => registered.forEach((one) => one.dispose());
}
