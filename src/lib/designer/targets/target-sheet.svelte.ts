/**
 * What a head has entered but not sent yet. Everything else is what the server said; a field that
 * was not touched is never sent, so nobody's work is overwritten by a stale page.
 */
export interface SheetFieldKey {
	readonly employeeId: string;
	readonly metric: string;
	readonly period: string;
}

export interface EnteredField {
	readonly value: number | null;
	readonly reason: string;
}

export interface ServerField extends EnteredField {
	readonly revision: number;
}

/** What a save sends for one field. */
export interface ChangedTarget extends SheetFieldKey {
	readonly value: number | null;
	readonly reason: string | null;
	readonly revision: number;
}

function keyText({ employeeId, metric, period }: SheetFieldKey): string {
	return JSON.stringify([employeeId, metric, period]);
}

export class TargetSheetState {
	#entered = $state.raw<
		ReadonlyMap<string, EnteredField & { key: SheetFieldKey; revision: number }>
	>(new Map());

	/** What the field shows: what was entered, else what the server has. */
	read(key: SheetFieldKey, server: ServerField): EnteredField {
		return this.#entered.get(keyText(key)) ?? server;
	}

	change(key: SheetFieldKey, server: ServerField, patch: Partial<EnteredField>): void {
		const before = this.read(key, server);
		const next = { value: before.value, reason: before.reason, ...patch };
		const entries = new Map(this.#entered);
		const isBack = next.value === server.value && next.reason === server.reason;
		if (isBack) entries.delete(keyText(key));
		else entries.set(keyText(key), { ...next, key, revision: server.revision });
		this.#entered = entries;
	}

	get changed(): readonly ChangedTarget[] {
		return [...this.#entered.values()].map(({ key, value, reason, revision }) => ({
			...key,
			value,
			reason: reason.trim() === '' ? null : reason.trim(),
			revision
		}));
	}

	get hasChanges(): boolean {
		return this.#entered.size > 0;
	}

	/** After a save the server's words count again. */
	clear(): void {
		this.#entered = new Map();
	}
}
