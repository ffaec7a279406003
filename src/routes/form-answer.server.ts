/** Forms and use cases: a refusal comes back to the form as words, beside what was entered. */
import { fail, type ActionFailure } from '@sveltejs/kit';
import type { Diagnostic, LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { Problem } from '#lib/server/http/problem.ts';

export interface Refusal {
	readonly problem: LocalText;
	readonly advice: LocalText;
	readonly code: string;
	readonly diagnostics: readonly Diagnostic[];
}

/** Runs the work of a form action. `entered` is shown again when it is refused. */
export async function answer<T, E extends Record<string, unknown> = Record<never, never>>(
	work: () => Promise<T>,
	entered?: E
): Promise<T | ActionFailure<Refusal & E>> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		const { text, advice, code, diagnostics } = error;
		return fail(error.status, {
			...(entered ?? ({} as E)),
			problem: text,
			advice,
			code,
			diagnostics
		});
	}
}

/** A text field of a form; empty when it is absent or a file. */
export function textOf(data: FormData, name: string): string {
	const value = data.get(name);
	return typeof value === 'string' ? value : '';
}

/** Where to go after signing in: only to a path of this site. */
export function ownPath(path: string): string {
	return /^\/(?![/\\])/.test(path) ? path : '/';
}
