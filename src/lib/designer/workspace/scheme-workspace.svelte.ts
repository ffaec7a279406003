/**
 * One draft on screen: the document, its undo stack and what became of the last change. Canvas,
 * forms and JSON all edit this one document; none owns a copy. The page passes in how to save.
 */
import type { PatchStep } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import type { SchemeItem } from '#lib/engine/scheme/document.ts';
import { addItem, duplicateItem, removeItem } from '../canvas/item-edits.ts';
import { moveItem, stepItem, type ItemPlace } from '../canvas/groups.ts';
import { applySteps, isObject, removeAt, setAt, type Path } from '../document-path.ts';
import { asScheme } from '../scheme-shape.ts';
import { fillBranch, moveWeight, setShare, type BalanceMode } from '../weights/weight-edits.ts';
import { readWeights } from '../weights/weight-table.ts';
import type { CurrentDraft, SaveState, WorkspaceOptions } from './types.ts';
import type { Journal } from './undo-journal.ts';
import { UndoStack } from './undo-stack.ts';

export type { CurrentDraft, SaveOutcome, SaveState, WorkspaceOptions } from './types.ts';

/** What is under the hand: its moves are one step, which Escape takes back as a whole. */
interface Gesture {
	readonly wish: string;
	readonly key: string;
	readonly document: JsonObject;
	readonly stack: UndoStack<JsonObject>;
}

const RETRY_AFTER_MS = 4000;
const JOURNAL_AFTER_MS = 200;

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
	#isHeld = $state(false);
	#journalTimer: ReturnType<typeof setTimeout> | undefined;
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
	/** Nothing can be changed: the reader may not, or somebody else is editing. */
	get readonly(): boolean {
		return this.#options.readonly || this.#isHeld;
	}
	/** This reader may never change it, whoever has the pen. */
	get isClosed(): boolean {
		return this.#options.readonly;
	}
	/** Somebody else has the pen: this window reads along. */
	get isHeld(): boolean {
		return this.#isHeld;
	}
	set isHeld(held: boolean) {
		this.#isHeld = held;
		if (held) this.endGesture();
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
	/** Names of the steps that were made, the oldest first. */
	get history(): readonly string[] {
		return this.#stack.done.map((step) => step.name);
	}
	/** Names of the steps that were taken back, the next to redo first. */
	get undone(): readonly string[] {
		return this.#stack.undone.map((step) => step.name).reverse();
	}
	get balance(): BalanceMode {
		return this.#balance;
	}
	set balance(mode: BalanceMode) {
		this.#balance = mode;
		this.#options.onbalance?.(mode);
	}

	/**
	 * Replaces the document as one named step. Edits of one gesture are one step, from its first edit
	 * until `endGesture`, another edit, or an undo: never until a pause.
	 */
	edit(name: string, next: Json, gesture: string | null = null): void {
		if (this.readonly || !isObject(next) || next === this.#document) return;
		const key = gesture === null ? null : this.#gestureOf(gesture).key;
		if (gesture === null) this.endGesture();
		this.#stack = this.#stack.push({ name, before: this.#document, after: next, gesture: key });
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
		this.endGesture();
		const move = this.readonly ? null : this.#stack.undo();
		if (!move) return null;
		this.#stack = move.stack;
		this.#show(move.step.before);
		return move.step.name;
	}

	redo(): string | null {
		this.endGesture();
		const move = this.readonly ? null : this.#stack.redo();
		if (!move) return null;
		this.#stack = move.stack;
		this.#show(move.step.after);
		return move.step.name;
	}

	/** Goes to the state after so many steps of the history; 0 is the state at its beginning. */
	goTo(steps: number): void {
		while (this.#stack.done.length > steps && this.undo() !== null);
		while (this.#stack.done.length < steps && this.redo() !== null);
	}

	/** Begins a gesture, so that it can be cancelled before its first edit too. */
	beginGesture(key: string): void {
		this.endGesture();
		this.#gestureOf(key);
	}

	/** Ends the gesture: on release of the pointer or when the field is left. */
	endGesture(): void {
		this.#gesture = null;
	}

	/** Takes the gesture back as if it had not been; answers whether there was one. */
	cancelGesture(): boolean {
		const gesture = this.#gesture;
		this.#gesture = null;
		if (!gesture || gesture.document === this.#document || this.readonly) return false;
		this.#stack = gesture.stack;
		this.#show(gesture.document);
		return true;
	}

	/**
	 * Moves a weight of one branch. All moves until the gesture ends are balanced from where the
	 * weights stood when it began, so going back restores them.
	 */
	setWeight(
		name: (from: number | null) => string,
		id: string,
		branch: number,
		basisPoints: number
	): void {
		const wish = `weight ${id} ${branch}`;
		const start = this.#gestureOf(wish).document;
		const table = readWeights(asScheme(start)?.items ?? []);
		const cell = table.rows.find((row) => row.id === id)?.cells[branch];
		const from = cell && cell.kind !== 'advanced' ? cell.basisPoints : null;
		const mode = this.#balance === 'automatic' ? 'automatic' : 'manual';
		this.edit(name(from), moveWeight(start, id, branch, basisPoints, mode), wish);
	}

	/** Enters a share in proportional mode. */
	setShare(name: string, id: string, branch: number, share: number): void {
		const wish = `share ${id} ${branch}`;
		this.edit(name, setShare(this.#gestureOf(wish).document, id, branch, share), wish);
	}

	/** Scales the unlocked weights of a branch to 100 %. */
	fill(name: string, branch: number): void {
		this.edit(name, fillBranch(this.#document, branch));
	}

	/** Adds an item; it takes its weight pro rata from the unlocked others. */
	addItem(name: string, item: SchemeItem, place?: ItemPlace): void {
		if (this.scheme) this.edit(name, addItem(this.#document, item, this.#balance, place));
	}

	/** Copies an item; answers with the id of the copy. */
	duplicateItem(name: string, id: string): string | null {
		const copy = this.scheme && !this.readonly ? duplicateItem(this.#document, id) : null;
		if (copy) this.edit(name, copy.document);
		return copy?.id ?? null;
	}

	/** Removes an item; the unlocked others take over its weight. */
	removeItem(name: string, id: string): void {
		if (this.scheme) this.edit(name, removeItem(this.#document, id, this.#balance));
	}

	/** Moves an item one place up or down, over the edge of its group into the next. */
	stepItem(name: string, id: string, by: 1 | -1, gesture: string | null = null): void {
		if (this.scheme) this.edit(name, stepItem(this.#document, id, by), gesture);
	}

	placeItem(name: string, id: string, place: ItemPlace): void {
		if (this.scheme) this.edit(name, moveItem(this.#document, id, place));
	}

	/** Shows the draft as somebody else saved it; steps of this window no longer fit it. */
	adopt(current: CurrentDraft): void {
		if (current.revision === this.#revision || this.#saving || this.hasUnsaved) return;
		this.#revision = current.revision;
		this.#saved = current.document;
		this.#stack = new UndoStack();
		this.#gesture = null;
		this.#brokenText = null;
		this.#document = current.document;
		this.#state = 'saved';
		this.#savedAt = null;
	}

	/**
	 * Takes up what an earlier life of this page left: its steps, and work that had no time to be
	 * sent. Called once the page is there, because the server rendered it without them.
	 */
	restore({ document, stack }: Journal): void {
		if (this.readonly) return;
		this.#stack = stack;
		if (JSON.stringify(document) === JSON.stringify(this.#document)) return;
		this.#document = document;
		this.#schedule();
	}

	/** What is on screen has not reached the server yet. */
	get hasUnsaved(): boolean {
		return this.#document !== this.#saved || this.isTextBroken;
	}

	/** Saves now what has not been saved: on leaving a field, a tab or the page. */
	async flush(): Promise<void> {
		clearTimeout(this.#saveTimer);
		this.keepSteps();
		await this.#save();
	}

	/** Writes the journal now. */
	keepSteps(): void {
		clearTimeout(this.#journalTimer);
		if (this.#options.readonly) return;
		const { revision } = this;
		this.#options.onjournal?.({ revision, document: this.#document, stack: this.#stack });
	}

	dispose(): void {
		this.keepSteps();
		clearTimeout(this.#saveTimer);
		clearTimeout(this.#journalTimer);
	}

	#show(document: JsonObject): void {
		this.#document = document;
		this.#brokenText = null;
		this.#refusal = null;
		this.#schedule();
	}

	#gestureOf(wish: string): Gesture {
		if (this.#gesture?.wish === wish) return this.#gesture;
		this.#gestureCount += 1;
		this.#gesture = {
			wish,
			key: `${wish}#${this.#gestureCount}`,
			document: this.#document,
			stack: this.#stack
		};
		return this.#gesture;
	}

	#schedule(): void {
		if (this.#state !== 'conflict') this.#state = 'editing';
		clearTimeout(this.#saveTimer);
		this.#saveTimer = setTimeout(() => void this.#save(), this.#options.saveAfterMs ?? 800);
		clearTimeout(this.#journalTimer);
		this.#journalTimer = setTimeout(() => this.keepSteps(), JOURNAL_AFTER_MS);
	}

	async #save(): Promise<void> {
		if (this.#options.readonly || this.#saving || this.isTextBroken) return;
		if (this.#state === 'conflict') return;
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
			this.keepSteps();
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
