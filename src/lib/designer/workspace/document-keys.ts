/**
 * Undo, redo and save by keys, wherever the focus is. While a text is being typed the text field
 * keeps its own undo; once it was taken over or left, the keys are the document's.
 */
import { isComposing } from '#lib/ui/keyboard.ts';

export interface DocumentKeys {
	readonly undo: () => void;
	readonly redo: () => void;
	readonly save: () => void;
}

export class DocumentKeyboard {
	/** The field whose text is being typed. */
	#typed: EventTarget | null = null;
	readonly #keys: DocumentKeys;

	constructor(keys: DocumentKeys) {
		this.#keys = keys;
	}

	readonly oninput = (event: Event): void => {
		const { target } = event;
		const isText =
			target instanceof HTMLTextAreaElement ||
			(target instanceof HTMLInputElement && ['text', 'search'].includes(target.type));
		this.#typed = isText ? target : null;
	};

	readonly onfocusout = (): void => {
		this.#typed = null;
	};

	readonly onkeydown = (event: KeyboardEvent): void => {
		if (isComposing(event)) return;
		if (event.key === 'Enter' || event.key === 'Escape') this.#typed = null;
		if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
		const key = event.key.toLowerCase();
		if (key === 's') {
			event.preventDefault();
			this.#keys.save();
			return;
		}
		const { target } = event;
		if (event.defaultPrevented || (target === this.#typed && target !== null)) return;
		if (target instanceof Element && target.closest('.monaco-editor')) return;
		if (key === 'z' && !event.shiftKey) {
			event.preventDefault();
			this.#keys.undo();
		} else if (key === 'y' || (key === 'z' && event.shiftKey)) {
			event.preventDefault();
			this.#keys.redo();
		}
	};
}
