/** Reads the cells of a workbook away from the main thread. */
import { serveThread } from '../../jobs/thread.ts';
import { readCells, type CellsRead } from './read-cells.ts';

export interface CellsThreadInput {
	readonly bytes: Uint8Array;
}

serveThread<CellsThreadInput, CellsRead>(({ bytes }) => readCells(bytes));
