/** What is wrong with a formula, and where. */
export type FormulaProblemCode =
	| 'unknown_sign'
	| 'text_not_closed'
	| 'text_broken'
	| 'path_not_closed'
	| 'operand_expected'
	| 'end_expected'
	| 'closing_expected'
	| 'unknown_function'
	| 'comparison_chain'
	| 'too_deep'
	| 'empty'
	/** The rule that was read is refused by validation; `message` says why. */
	| 'refused';

export class FormulaProblem extends Error {
	readonly code: FormulaProblemCode;
	readonly from: number;
	readonly to: number;
	readonly details: Readonly<Record<string, string>>;

	constructor(
		code: FormulaProblemCode,
		from: number,
		to: number,
		details: Readonly<Record<string, string>> = {}
	) {
		super(code);
		this.code = code;
		this.from = from;
		this.to = to;
		this.details = details;
	}
}
