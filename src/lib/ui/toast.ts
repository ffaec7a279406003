/** Short messages that pass by: something was done, and how to take it back. */
import { toast } from 'svelte-sonner';
import { m } from '#lib/paraglide/messages.js';

export function sayDone(message: string): void {
	toast(message);
}

export function sayFailed(message: string): void {
	toast.error(message, { duration: 8000 });
}

/** Something was done that can be undone at once. */
export function sayUndoable(message: string, undo: () => void): void {
	toast(message, { duration: 8000, action: { label: m.ui_undo(), onClick: undo } });
}
