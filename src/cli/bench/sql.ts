/**
 * A graph printed as SQL, for databases as peers: every node that is used more than once becomes a
 * column of an inner query, so that nothing is computed twice. Missing is NULL there, as SQL has it.
 */
import type { GraphNode } from '#lib/engine/compile/graph-node.ts';
import { countUses, type Program } from '#lib/engine/compile/program.ts';

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function literal(value: number): string {
	if (Number.isNaN(value)) return 'NULL::DOUBLE';
	return `${Object.is(value, -0) ? 0 : value}::DOUBLE`;
}

/** Which of a list an index picks. */
function cases(index: string, values: readonly number[]): string {
	const listed = values.map((value, i) => `WHEN ${i} THEN ${literal(value)}`);
	return `CASE ${index} ${listed.join(' ')} END`;
}

class SqlPrinter {
	readonly #uses: Map<GraphNode, number>;
	readonly #levels = new Map<GraphNode, number>();
	/** Inner queries, the innermost first: expressions by column name. */
	readonly layers: Map<string, string>[] = [];

	constructor(program: Program) {
		this.#uses = countUses(program);
	}

	/** How many inner queries must come before a node. */
	#level(node: GraphNode): number {
		const known = this.#levels.get(node);
		if (known !== undefined) return known;
		const level = node.args.reduce(
			(most, arg) => Math.max(most, this.#level(arg) + (this.#isShared(arg) ? 1 : 0)),
			0
		);
		this.#levels.set(node, level);
		return level;
	}

	#isShared(node: GraphNode): boolean {
		return node.args.length > 0 && (this.#uses.get(node) ?? 0) > 1;
	}

	print(node: GraphNode): string {
		if (!this.#isShared(node)) return this.#expression(node);
		const name = `n${node.id}`;
		const level = this.#level(node);
		const layer = (this.layers[level] ??= new Map<string, string>());
		if (!layer.has(name)) {
			layer.set(name, '');
			layer.set(name, this.#expression(node));
		}
		return name;
	}

	#expression(node: GraphNode): string {
		const [a = '', b = '', c = ''] = node.args.map((arg) => this.print(arg));
		const { values } = node;
		switch (node.op) {
			case 'constant':
				return literal(node.value);
			case 'column':
			case 'code':
				return quote(node.name);
			case 'always':
				return node.value ? 'true' : 'false';
			case 'whole':
				return String(node.value);
			case 'pick':
				return cases(a, values);
			case 'test':
				return `coalesce(${a} IN (${values.flatMap((bit, i) => (bit ? [i] : [])).join()}), false)`;
			case 'index_is':
				return `(${a} = ${node.value})`;
			case 'combine':
				return `(${a} * ${node.value} + ${b})`;
			case 'count_at_most':
				return count(values, (limit) => `${a} >= ${limit}`);
			case 'count_above':
				return count(values, (limit) => `${a} < ${limit}`);
			case 'open':
				throw new Error('A number that is still open has no SQL.');
			default:
				return FORMS[node.op](a, b, c);
		}
	}
}

type Form = (a: string, b: string, c: string) => string;
type PlainOp = Exclude<
	GraphNode['op'],
	| 'constant'
	| 'open'
	| 'column'
	| 'code'
	| 'always'
	| 'whole'
	| 'pick'
	| 'test'
	| 'index_is'
	| 'combine'
	| 'count_at_most'
	| 'count_above'
>;

const choice: Form = (a, b, c) => `CASE WHEN ${a} THEN ${b} ELSE ${c} END`;

const FORMS: Readonly<Record<PlainOp, Form>> = {
	add: (a, b) => `(${a} + ${b})`,
	subtract: (a, b) => `(${a} - ${b})`,
	multiply: (a, b) => `(${a} * ${b})`,
	divide: (a, b) => `(${a} / ${b})`,
	modulo: (a, b) => `(${a} % ${b})`,
	min: (a, b) => `CASE WHEN ${a} <= ${b} THEN ${a} WHEN ${b} < ${a} THEN ${b} END`,
	max: (a, b) => `CASE WHEN ${a} >= ${b} THEN ${a} WHEN ${b} > ${a} THEN ${b} END`,
	floor: (a) => `floor(${a})`,
	ceil: (a) => `ceil(${a})`,
	absolute: (a) => `abs(${a})`,
	signed_like: (a, b) => `CASE WHEN ${b} < 0 THEN -${a} ELSE ${a} END`,
	finite: (a) => `CASE WHEN isfinite(${a}) THEN ${a} END`,
	select: choice,
	choose: choice,
	as_number: (a) => `(${a})::INT::DOUBLE`,
	less: (a, b) => `coalesce(${a} < ${b}, false)`,
	at_most: (a, b) => `coalesce(${a} <= ${b}, false)`,
	equal: (a, b) => `coalesce(${a} = ${b}, false)`,
	is_missing: (a) => `(${a} IS NULL)`,
	and: (a, b) => `(${a} AND ${b})`,
	or: (a, b) => `(${a} OR ${b})`,
	not: (a) => `(NOT ${a})`,
	as_index: (a) => `coalesce(${a}, 0)::INT`,
	larger: (a, b) => `greatest(${a}, ${b})`
};

function count(limits: readonly number[], passes: (limit: string) => string): string {
	const terms = limits.map((limit) => `CASE WHEN ${passes(literal(limit))} THEN 1 ELSE 0 END`);
	return `(${terms.join(' + ') || '0'})`;
}

/** One SELECT that gives the outputs of a program over `table`; columns are named as in the table. */
export function sqlOf(program: Program, table: string): string {
	const printer = new SqlPrinter(program);
	const outputs = program.outputs.map(({ name, node }) => ({ name, text: printer.print(node) }));
	const deepest = printer.layers.length;
	let source = table;
	for (let level = 0; level < deepest; level++) {
		const layer = printer.layers[level] ?? new Map<string, string>();
		const columns = [...layer].map(([name, text]) => `${text} AS ${name}`);
		source = `(SELECT *, ${columns.join(', ') || '0 AS unused'} FROM ${source})`;
	}
	const selected = outputs.map(({ name, text }) => `${text} AS ${quote(name)}`);
	return `SELECT ${selected.join(', ')} FROM ${source}`;
}
