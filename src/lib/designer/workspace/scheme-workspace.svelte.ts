/**
 * One draft on screen: the document, its undo stack and what became of the last change. Canvas,
 * forms and JSON all edit this one document; none owns a copy. The page passes in how to save.
 */
import type { PatchStep } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject, Rule } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument, SchemeItem } from '#lib/engine/scheme/document.ts';
import {
	balanceWeights,
	fillWeights,
	weightForNewcomer,
	type WeightSlot
} from '../weights/balance-weights.ts';
import { applySteps, isObject, removeAt, setAt, type Path } from '../document-path.ts';
import { asScheme, itemIndex } from '../scheme-shape.ts';
import { UndoStack } from './undo-stack.ts';
import { branchSlots, readWeights, writeWeight } from '../weights/weight-table.ts';

/** `conflict` and `saved` are decided by the revision number, never by elapsed time. */
export type SaveState = 'saved' | 'editing' | 'saving' | 'conflict' | 'offline' | 'invalid';

/** The draft as somebody else saved it meanwhile. */
export interface CurrentDraft {
	readonly revision: number;
	readonly document: JsonObject;
}

export type SaveOutcome =
	| { readonly kind: 'saved'; readonly revision: number }
	| { readonly kind: 'conflict'; readonly current: CurrentDraft | null }
	| { readonly kind: 'offline' }
	| { readonly kind: 'refused'; readonly message: string };

/** How one weight moves the others. */
export type BalanceMode = 'automatic' | 'manual';

export interface WorkspaceOptions {
	readonly document: JsonObject;
	readonly revision: number;
	readonly readonly: boolean;
	/** Writes the document, quoting the revision that was seen. */
	readonly onsave: (document: JsonObject, revision: number) => Promise<SaveOutcome>;
	/** Called with the document after it could not be sent, so that it is not lost. */
	readonly onkeep?: (document: JsonObject | null) => void;
	/** @default 800 */
	readonly saveAfterMs?: number;
}

interface Gesture {
	readonly key: string;
	readonly items: readonly SchemeItem[];
	readonly slots: readonly WeightSlot[];
}

/** Key presses with pauses below this belong to one gesture. */
const GESTURE_IDLE_MS = 800;
const RETRY_AFTER_MS = 4000;

export class SchemeWorkspace {
	#document = $state.raw<JsonObject>({});
	#stack = $state.raw(new UndoStack<JsonObject>());
	#state = $state<SaveState>('saved');
	#savedAt = $state.raw<Date | null>(null);
	#refusal = $state<string | null>(null);
	#theirs = $state.raw<CurrentDraft | null>(null);
	#brokenText = $state<string | null>(null);
	#balance = $state<BalanceMode>('automatic');

	readonly #options: WorkspaceOptions;
	#revision: number;
	#saved = $state.raw<JsonObject>({});
	#gesture: Gesture | null = null;
	#gestureCount = 0;
	#gestureTimer: ReturnType<typeof setTimeout> | undefined;
	#saveTimer: ReturnType<typeof setTimeout> | undefined;
	#saving = false;

	readonly scheme = $derived.by(() => asScheme(this.#document));
	readonly text = $derived(this.#brokenText ?? JSON.stringify(this.#document, null, 2));
	readonly weights = $derived(readWeights(this.scheme?.items ?? []));

	constructor(options: WorkspaceOptions) {
		this.#options = options;
		this.#document = options.document;
		this.#saved = options.document;
		this.#revision = options.revision;
	}

	get document(): JsonObject {
		return this.#document;
	}
	get readonly(): boolean {
		return this.#options.readonly;
	}
	get state(): SaveState {
		return this.#state;
	}
	get savedAt(): Date | null {
		return this.#savedAt;
	}
	/** Why the server would not take the document, in the reader's language. */
	get refusal(): string | null {
		return this.#refusal;
	}
	/** What stands in the way of a save, to merge with. */
	get theirs(): CurrentDraft | null {
		return this.#theirs;
	}
	/** The content that was saved last: what both sides of a conflict began with. */
	get saved(): JsonObject {
		return this.#saved;
	}
	get revision(): number {
		return this.#revision;
	}
	/** The JSON view holds text that is not JSON; the other views show the last state that was. */
	get isTextBroken(): boolean {
		return this.#brokenText !== null;
	}
	get undoName(): string | null {
		return this.#stack.done.at(-1)?.name ?? null;
	}
	get redoName(): string | null {
		return this.#stack.undone.at(-1)?.name ?? null;
	}
	get history(): readonly string[] {
		return this.#stack.done.map((step) => step.name);
	}
	get balance(): BalanceMode {
		return this.#balance;
	}
	set balance(mode: BalanceMode) {
		this.#balance = mode;
	}

	/** Replaces the document as one named step. */
	edit(name: string, next: Json, gesture: string | null = null): void {
		if (this.readonly || !isObject(next) || next === this.#document) return;
		this.#stack = this.#stack.push({ name, before: this.#document, after: next, gesture });
		this.#show(next);
	}

	/** Changes one place of the document. */
	set(name: string, path: Path, value: Json, gesture: string | null = null): void {
		this.edit(name, setAt(this.#document, path, value), gesture);
	}

	remove(name: string, path: Path): void {
		this.edit(name, removeAt(this.#document, path));
	}

	/** Ends a conflict: takes a document in which theirs is merged, and saves it over theirs. */
	merge(name: string, document: JsonObject): void {
		if (!this.#theirs) return;
		this.#revision = this.#theirs.revision;
		this.#saved = this.#theirs.document;
		this.#theirs = null;
		this.#state = 'editing';
		this.edit(name, document);
		this.#schedule();
	}

	/** Applies a repair that the checker proposed. */
	repair(name: string, steps: readonly PatchStep[]): void {
		this.edit(name, applySteps(this.#document, steps));
	}

	/** Takes the text of the JSON view; while it is not a JSON object nothing else changes. */
	setText(text: string, name: string): void {
		if (this.readonly) return;
		try {
			const parsed = JSON.parse(text) as Json;
			if (!isObject(parsed)) throw new SyntaxError('not an object');
			this.#brokenText = null;
			if (JSON.stringify(parsed) !== JSON.stringify(this.#document))
				this.edit(name, parsed, 'json-text');
			else if (this.#state === 'invalid') this.#schedule();
		} catch {
			this.#brokenText = text;
			this.#state = 'invalid';
			clearTimeout(this.#saveTimer);
		}
	}

	undo(): string | null {
		const move = this.readonly ? null : this.#stack.undo();
		if (!move) return null;
		this.#stack = move.stack;
		this.#show(move.step.before);
		return move.step.name;
	}

	redo(): string | null {
		const move = this.readonly ? null : this.#stack.redo();
		if (!move) return null;
		this.#stack = move.stack;
		this.#show(move.step.after);
		return move.step.name;
	}

	/**
	 * Moves a weight of one branch. All moves until the gesture ends are balanced from where the
	 * weights stood when it began, so going back restores them.
	 */
	setWeight(name: string, id: string, branch: number, basisPoints: number): void {
		const scheme = this.scheme;
		if (!scheme) return;
		const gesture = this.#gestureOf(`${id}/${branch}`, scheme, branch);
		const points =
			this.#balance === 'automatic'
				? balanceWeights(gesture.slots, id, basisPoints)
				: gesture.slots.map((slot) => (slot.id === id ? basisPoints : slot.basisPoints));
		this.set(
			name,
			['items'],
			withWeights(gesture.items, gesture.slots, points, branch),
			gesture.key
		);
	}

	/** Ends the gesture: on release of the pointer or when the field is left. */
	endGesture(): void {
		clearTimeout(this.#gestureTimer);
		this.#gesture = null;
	}

	/** Scales the unlocked weights of a branch to 100 %. */
	fill(name: string, branch: number): void {
		const scheme = this.scheme;
		if (!scheme) return;
		const slots = branchSlots(this.weights, branch, new Set());
		this.set(name, ['items'], withWeights(scheme.items, slots, fillWeights(slots), branch));
	}

	/** Adds an item; it takes its weight pro rata from the unlocked others. */
	addItem(name: string, item: SchemeItem): void {
		const scheme = this.scheme;
		if (!scheme) return;
		if (scheme.weighting === 'points') {
			this.set(name, ['items'], [...scheme.items, item] as unknown as Json);
			return;
		}
		const slots = this.weights.branches.map((_, branch) =>
			branchSlots(this.weights, branch, new Set())
		);
		const first = slots[0] ?? [];
		const weight = weightForNewcomer(first);
		let items: readonly SchemeItem[] = [...scheme.items, { ...item, weight: weight / 100 }];
		slots.forEach((branchOfSlots, branch) => {
			const extended = [...branchOfSlots, { id: item.id, basisPoints: 0, locked: false }];
			const points = balanceWeights(extended, item.id, weight);
			items = withWeights(items, extended, points, branch) as unknown as readonly SchemeItem[];
		});
		this.set(name, ['items'], items as unknown as Json);
	}

	/** Removes an item; the unlocked others take over its weight. */
	removeItem(name: string, id: string): void {
		const scheme = this.scheme;
		if (!scheme) return;
		let items: readonly SchemeItem[] = scheme.items.filter((item) => item.id !== id);
		if (scheme.weighting === 'percent' && this.#balance === 'automatic') {
			this.weights.branches.forEach((_, branch) => {
				const slots = branchSlots(readWeights(items), branch, new Set());
				items = withWeights(
					items,
					slots,
					fillWeights(slots),
					branch
				) as unknown as readonly SchemeItem[];
			});
		}
		this.set(name, ['items'], items as unknown as Json);
	}

	/** Moves an item up or down in the list. */
	moveItem(name: string, id: string, by: number): void {
		const scheme = this.scheme;
		if (!scheme) return;
		const from = itemIndex(scheme.items, id);
		const to = Math.max(0, Math.min(scheme.items.length - 1, from + by));
		const item = scheme.items[from];
		if (!item || to === from) return;
		const rest = scheme.items.filter((other) => other.id !== id);
		const items = [...rest.slice(0, to), item, ...rest.slice(to)];
		this.set(name, ['items'], items as unknown as Json);
	}

	/** Saves now what has not been saved: on leaving a field, a tab or the page. */
	async flush(): Promise<void> {
		clearTimeout(this.#saveTimer);
		await this.#save();
	}

	dispose(): void {
		clearTimeout(this.#saveTimer);
		clearTimeout(this.#gestureTimer);
	}

	#show(document: JsonObject): void {
		this.#document = document;
		this.#brokenText = null;
		this.#refusal = null;
		this.#schedule();
	}

	#gestureOf(key: string, scheme: SchemeDocument, branch: number): Gesture {
		clearTimeout(this.#gestureTimer);
		this.#gestureTimer = setTimeout(() => this.endGesture(), GESTURE_IDLE_MS);
		const isSame = this.#gesture?.key.startsWith(`${key}#`) === true;
		if (this.#gesture && isSame) return this.#gesture;
		this.#gestureCount += 1;
		this.#gesture = {
			key: `${key}#${this.#gestureCount}`,
			items: scheme.items,
			slots: branchSlots(this.weights, branch, new Set()).map((slot) =>
				slot.id === key.split('/')[0] ? { ...slot, locked: false } : slot
			)
		};
		return this.#gesture;
	}

	#schedule(): void {
		if (this.#state !== 'conflict') this.#state = 'editing';
		clearTimeout(this.#saveTimer);
		this.#saveTimer = setTimeout(() => void this.#save(), this.#options.saveAfterMs ?? 800);
	}

	async #save(): Promise<void> {
		if (this.readonly || this.#saving || this.isTextBroken || this.#state === 'conflict') return;
		const document = this.#document;
		if (document === this.#saved) {
			this.#state = 'saved';
			return;
		}
		this.#saving = true;
		this.#state = 'saving';
		const outcome = await this.#options.onsave(document, this.#revision);
		this.#saving = false;
		if (outcome.kind === 'saved') {
			this.#revision = outcome.revision;
			this.#saved = document;
			this.#savedAt = new Date();
			this.#options.onkeep?.(null);
			if (document === this.#document) this.#state = 'saved';
			else this.#schedule();
			return;
		}
		this.#options.onkeep?.(this.#document);
		if (outcome.kind === 'conflict') {
			this.#state = 'conflict';
			this.#theirs = outcome.current;
		}
		if (outcome.kind === 'refused') {
			this.#state = 'editing';
			this.#refusal = outcome.message;
		}
		if (outcome.kind === 'offline') {
			this.#state = 'offline';
			this.#saveTimer = setTimeout(() => void this.#save(), RETRY_AFTER_MS);
		}
	}
}

/** The items with new weights in one branch; items whose weight stays are borrowed. */
function withWeights(
	items: readonly SchemeItem[],
	slots: readonly WeightSlot[],
	points: readonly number[],
	branch: number
): Json {
	return items.map((item, index) => {
		const next = points[index];
		if (next === undefined || next === slots[index]?.basisPoints) return item as unknown as Json;
		const weight: Rule | undefined = writeWeight(item.weight, branch, next);
		return { ...item, weight } as unknown as Json;
	});
}
