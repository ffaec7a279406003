/**
 * Which edits belong together. A group is one player in an attribution and one line in a list of
 * changes: all weights move together, because a single one would leave a total that is not 100.
 */
import type { LocalText } from '../diagnostics/diagnostic.ts';
import type { Json } from '../logic/rule.ts';
import type { BareEdit } from './diff.ts';
import { ORDER, type SchemeEdit } from './edit.ts';
import { isObject } from './sections.ts';

/** Sections that advise or prove, and never reach a score. */
const WORDS_ONLY_SECTIONS: readonly string[] = [
	...['insights', 'examples', 'waivers', 'view', 'origin', 'id', 'name', 'note']
];
const WORDS_ONLY_FIELDS: readonly string[] = ['name', 'note', 'locked', 'class'];

/** Names the group of every edit; what would not stand alone is put with what it needs. */
export function groupEdits(edits: readonly BareEdit[]): BareEdit[] {
	const weightingChanged = edits.some((edit) => edit.path[0] === 'weighting');
	const gradesChanged = new Set(
		edits
			.filter((edit) => edit.path[0] === 'grades' && edit.path.length === 2)
			.map((edit) => edit.path[1])
	);
	return edits.map((edit) => ({ ...edit, group: groupOf(edit, weightingChanged, gradesChanged) }));
}

function groupOf(
	edit: BareEdit,
	weightingChanged: boolean,
	gradesChanged: ReadonlySet<string | undefined>
): string {
	const [section = '', key = ''] = edit.path;
	if (isWords(edit)) return 'text';
	if (edit.path.at(-1) === ORDER && section !== 'grades') return `${section}.order`;
	if (edit.kind === 'weight' || section === 'weighting') return 'weights';
	if (section === 'items' && weightingChanged) return 'weights';
	if (section === 'gates' && (edit.path.length === 2 || edit.kind === 'gate')) {
		const grade = gradeNamed(edit.before) ?? gradeNamed(edit.after);
		if (grade !== null && gradesChanged.has(grade)) return 'grades';
	}
	const byPart = section === 'items' || section === 'adjustments' || section === 'gates';
	return byPart && key !== '' ? `${section}.${key}` : section;
}

function isWords(edit: BareEdit): boolean {
	const [section = ''] = edit.path;
	if (edit.kind === 'cosmetic' || WORDS_ONLY_SECTIONS.includes(section)) return true;
	return edit.path.length === 3 && WORDS_ONLY_FIELDS.includes(edit.path[2] ?? '');
}

/** The grade that a gate, or the effect of one, names. */
function gradeNamed(value: Json | undefined): string | null {
	const effect = isObject(value) ? (value['effect'] ?? value) : null;
	const grade = isObject(effect) ? effect['grade'] : null;
	return typeof grade === 'string' ? grade : null;
}

export interface EditGroup {
	readonly id: string;
	/** The sentences of its edits, joined. */
	readonly sentence: LocalText;
	readonly edits: readonly SchemeEdit[];
}

/** The groups of a difference in the order of their first edit. */
export function editGroups(edits: readonly SchemeEdit[]): EditGroup[] {
	const groups = new Map<string, SchemeEdit[]>();
	for (const edit of edits) {
		const members = groups.get(edit.group);
		if (members) members.push(edit);
		else groups.set(edit.group, [edit]);
	}
	return [...groups].map(([id, members]) => ({
		id,
		edits: members,
		sentence: {
			'zh-CN': members.map((edit) => edit.sentence['zh-CN']).join('；'),
			en: members.map((edit) => edit.sentence.en).join('; ')
		}
	}));
}
