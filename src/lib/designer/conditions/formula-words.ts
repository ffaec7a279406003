/** How operators are written in the formula bar: infix signs, and names for the forms without one. */

/** How tightly an infix operator binds, loosest first. */
export const BINDS = { or: 1, and: 2, not: 3, compare: 4, sum: 5, product: 6, sign: 7, word: 8 };

export interface Infix {
	readonly operator: string;
	readonly sign: string;
	readonly binds: number;
	/** Takes any number of operands: `a + b + c` is one sum. */
	readonly many: boolean;
}

export const INFIXES: readonly Infix[] = [
	{ operator: 'or', sign: 'or', binds: BINDS.or, many: true },
	{ operator: 'and', sign: 'and', binds: BINDS.and, many: true },
	...(['<', '<=', '>', '>=', '==', '!=', '===', '!==', 'in'] as const).map((sign) => ({
		operator: sign,
		sign,
		binds: BINDS.compare,
		many: false
	})),
	{ operator: '+', sign: '+', binds: BINDS.sum, many: true },
	{ operator: '-', sign: '-', binds: BINDS.sum, many: false },
	{ operator: '*', sign: '*', binds: BINDS.product, many: true },
	{ operator: '/', sign: '/', binds: BINDS.product, many: false },
	{ operator: '%', sign: '%', binds: BINDS.product, many: false }
];

/** Names of operators that have a sign, for numbers of operands in which the sign cannot stand. */
export const NAMED: Readonly<Record<string, string>> = {
	'+': 'add',
	'-': 'subtract',
	'*': 'multiply',
	'/': 'divide',
	'%': 'remainder',
	'<': 'less',
	'<=': 'at_most',
	'>': 'greater',
	'>=': 'at_least',
	'==': 'equal',
	'!=': 'not_equal',
	'===': 'same',
	'!==': 'not_same',
	'!': 'negate',
	'!!': 'truthy',
	'?:': 'choose'
};

/** The operator that a function name in a formula calls. */
export const OPERATOR_OF_NAME: ReadonlyMap<string, string> = new Map(
	Object.entries(NAMED).map(([operator, name]) => [name, operator])
);

/** Words that are no variables. */
export const RESERVED: ReadonlySet<string> = new Set([
	'true',
	'false',
	'null',
	'and',
	'or',
	'not',
	'in'
]);

/** A path that needs no braces around it. */
export const PLAIN_PATH = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*$/;
