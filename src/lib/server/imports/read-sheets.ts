import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { refuse } from '../http/problem.ts';
import { runThread, ThreadFailure } from '../jobs/run-thread.ts';
import { importProblems } from './problems.ts';
import type { CellsThreadInput } from './read/cells.thread.ts';
import cellsThread from './read/cells.thread.ts?thread';
import type { CellsRead, SheetCells } from './read/read-cells.ts';

/** No table that somebody wrote takes this long to read. */
const LONGEST_MS = 20_000;

/**
 * The sheets of a workbook from which a scheme is to begin, as cells of text. Stores nothing; a file
 * that cannot be read is refused with its findings.
 */
export async function readSheets(
	ctx: Context,
	actor: Actor,
	input: { readonly bytes: Uint8Array }
): Promise<readonly SheetCells[]> {
	admitActor(ctx, actor, 'draft.edit');
	const { sheets, diagnostics } = await readInThread(input.bytes);
	if (sheets.length === 0) throw refuse(importProblems, 'import_unreadable', { diagnostics });
	return sheets;
}

async function readInThread(bytes: Uint8Array): Promise<CellsRead> {
	try {
		return await runThread<CellsThreadInput, CellsRead>(
			cellsThread,
			{ bytes },
			{ timeoutMs: LONGEST_MS }
		);
	} catch (error) {
		if (error instanceof ThreadFailure && (error.code === 'timeout' || error.code === 'crashed'))
			throw refuse(importProblems, 'import_reading_failed', { cause: error });
		throw error;
	}
}
