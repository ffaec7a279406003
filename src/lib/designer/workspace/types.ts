/** What a workspace is given and says of its saves. */
import type { JsonObject } from '#lib/engine/logic/rule.ts';
import type { BalanceMode } from '../weights/weight-edits.ts';
import type { Journal } from './undo-journal.ts';

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

export interface WorkspaceOptions {
	readonly document: JsonObject;
	readonly revision: number;
	readonly readonly: boolean;
	/** Writes the document, quoting the revision that was seen. */
	readonly onsave: (document: JsonObject, revision: number) => Promise<SaveOutcome>;
	/** Called with the document after it could not be sent, so that it is not lost. */
	readonly onkeep?: (document: JsonObject | null) => void;
	/** Called with the document and its steps, so that both survive a reload. */
	readonly onjournal?: (journal: Journal) => void;
	/** Called with how weights are balanced from now on. */
	readonly onbalance?: (mode: BalanceMode) => void;
	/** @default 800 */
	readonly saveAfterMs?: number;
}
