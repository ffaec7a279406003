/**
 * Which card a place of the document belongs to, and back: items and their weights by branch, grades,
 * adjustments, gates, the total, the payout, the scope. A card is named by ids, which survive edits.
 */
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { isList, isObject } from '../document-path.ts';

/** The views that hold cards. */
export type CardView = 'items' | 'rules' | 'grades';

/** `items/revenue`, `items/revenue/weight/1`, `gates/safety`, `payout`. */
export type CardKey = string;

const LISTS = { items: 'items', adjustments: 'rules', gates: 'rules', grades: 'grades' } as const;
const PANELS = ['total', 'payout', 'applies_to', 'name'] as const;

type ListName = keyof typeof LISTS;

function isListName(section: string | undefined): section is ListName {
	return section !== undefined && Object.hasOwn(LISTS, section);
}

function entriesOf(scheme: SchemeDocument, list: ListName): readonly { readonly id: string }[] {
	return scheme[list] ?? [];
}

/** The card in which a JSON Pointer’s tokens lie; null for what no card shows. */
export function cardAt(scheme: SchemeDocument, tokens: readonly string[]): CardKey | null {
	const [section, index, field, operator, argument] = tokens;
	if (isListName(section)) {
		const entry = entriesOf(scheme, section)[Number(index)];
		if (!entry || index === undefined) return null;
		const card = `${section}/${entry.id}`;
		if (section !== 'items' || field !== 'weight') return card;
		const branch = operator === 'if' ? branchOf(scheme, Number(index), Number(argument)) : 0;
		return branch === null ? card : `${card}/weight/${branch}`;
	}
	return PANELS.find((panel) => panel === section) ?? null;
}

function weightArguments(scheme: SchemeDocument, index: number): number | null {
	const weight = scheme.items[index]?.weight;
	const args = isObject(weight) ? weight['if'] : undefined;
	return isList(args) ? args.length : null;
}

/** The branch of a weight’s if-chain to which an argument belongs: its condition or its number. */
function branchOf(scheme: SchemeDocument, index: number, argument: number): number | null {
	const count = weightArguments(scheme, index);
	return count === null || Number.isNaN(argument) ? null : Math.floor(argument / 2);
}

/** Where a card is written; null where the document has it no longer. */
export function pointerOfCard(scheme: SchemeDocument, card: CardKey): string | null {
	const [section, id, field, branch] = card.split('/');
	if (!isListName(section)) return section === undefined ? null : `/${section}`;
	const index = entriesOf(scheme, section).findIndex((entry) => entry.id === id);
	if (index < 0) return null;
	const pointer = `/${section}/${index}`;
	if (field !== 'weight') return pointer;
	const count = section === 'items' ? weightArguments(scheme, index) : null;
	if (count === null) return `${pointer}/weight`;
	return `${pointer}/weight/if/${Math.min(Number(branch) * 2 + 1, count - 1)}`;
}

export function viewOfCard(card: CardKey): CardView {
	const [section] = card.split('/');
	return isListName(section) ? LISTS[section] : 'grades';
}

/** The card around an element of a page. */
export function cardOfElement(element: Element): CardKey | null {
	const named = element.closest<HTMLElement>('[data-card],[data-rule-card],[data-item]');
	const panel = element.closest('[id^="card-"]');
	const { card, ruleCard, item } = named?.dataset ?? {};
	const key = card ?? ruleCard ?? (item === undefined ? null : `items/${item}`);
	return key ?? panel?.id.slice('card-'.length) ?? null;
}

/** The element of a card, or of the card around it where it shows no such part. */
export function elementOfCard(root: ParentNode, card: CardKey): HTMLElement | null {
	const [section, id = ''] = card.split('/');
	const exact = CSS.escape(card);
	return (
		root.querySelector<HTMLElement>(`[data-card="${exact}"],[data-rule-card="${exact}"]`) ??
		(section === 'items'
			? root.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`)
			: root.querySelector<HTMLElement>(`#card-${CSS.escape(section ?? '')}`))
	);
}

/** The variable whose path stands at a place: `{"var": "metric.revenue"}`. */
export function variableAt(value: unknown, tokens: readonly string[]): string | null {
	const isPath = tokens.at(-1) === 'var' || (tokens.at(-2) === 'var' && tokens.at(-1) === '0');
	return isPath && typeof value === 'string' ? value : null;
}
