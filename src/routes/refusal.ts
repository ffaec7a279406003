/** The refusal in what a form action answered, in a shape that windows show. */
import type { BothTexts } from '#lib/ui/local-text.ts';

export interface ShownRefusal {
	readonly problem: BothTexts;
	readonly advice: BothTexts;
	readonly code: string;
}

/** What `answer` of the server side gave back when a form was refused; null when it went through. */
export function refusalOf(
	form: { readonly problem?: BothTexts; readonly advice?: BothTexts; readonly code?: string } | null
): ShownRefusal | null {
	const { problem, advice, code } = form ?? {};
	return problem && advice && code !== undefined ? { problem, advice, code } : null;
}
