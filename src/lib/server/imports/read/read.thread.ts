/** Reads a file away from the main thread: workbooks always, text when it is long. */
import type { Diagnostic } from '#lib/engine/diagnostics/diagnostic.ts';
import { serveThread } from '../../jobs/thread.ts';
import { packReading, type PackedReading } from './pack-reading.ts';
import { readFile } from './read-file.ts';
import type { ReadContext, ReadOptions } from './reading.ts';

export interface ReadThreadInput {
	readonly bytes: Uint8Array;
	readonly options: ReadOptions;
	readonly context: ReadContext;
}

export interface ReadThreadOutput {
	readonly packed: PackedReading | null;
	readonly diagnostics: readonly Diagnostic[];
}

serveThread<ReadThreadInput, ReadThreadOutput>(async ({ bytes, options, context }, tools) => {
	const { reading, diagnostics } = await readFile(bytes, options, context);
	tools.assertWanted();
	return { packed: reading ? packReading(reading) : null, diagnostics };
});
