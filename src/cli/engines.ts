/** The ways a table can be scored, all with the same result. */
import { compileScheme } from '#lib/engine/compile/compile.ts';
import type { PreparedScheme } from '#lib/engine/score/prepare.ts';
import type { ScoreColumns } from '#lib/engine/score/score-columns.ts';
import { scoreTable, type ScoreTableOptions } from '#lib/engine/score/score-table.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { evaluateByReference } from '#lib/reference/index.ts';
import { failure } from './failure.ts';

export const ENGINES = ['wasm', 'blocks', 'interpreter', 'reference'] as const;
export type EngineName = (typeof ENGINES)[number];

/** The engine an option names; the fastest when it names none. */
export function engineNamed(name: string | undefined, command: string): EngineName {
	const found = ENGINES.find((engine) => engine === (name ?? 'wasm'));
	if (!found) {
		throw failure('option_wrong', {
			option: '--engine',
			found: name ?? '',
			expected: ENGINES.join(' | '),
			command
		});
	}
	return found;
}

/** Scores a table with one engine. */
export function scoreWith(
	engine: EngineName,
	prepared: PreparedScheme,
	table: Table,
	options: ScoreTableOptions = {}
): ScoreColumns {
	switch (engine) {
		case 'interpreter':
			return scoreTable(prepared, table, options);
		case 'reference':
			return scoreTable(prepared, table, { ...options, evaluate: evaluateByReference });
		case 'wasm':
		case 'blocks': {
			const compiled = compileScheme(prepared, table, {
				backend: engine,
				...(options.preview ? { preview: true } : {})
			});
			return compiled.score();
		}
	}
}
