/** Writes results to standard output or to a file; a file appears whole or not at all. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { failure } from './failure.ts';
import type { Io } from './io.ts';

/** Writes texts in order to `path` (or standard output for `-` or nothing). */
export async function writeOutput(
	io: Io,
	path: string | undefined,
	parts: Iterable<string>
): Promise<void> {
	if (path === undefined || path === '-') {
		for (const part of parts) await io.write(part);
		return;
	}
	const full = resolve(io.cwd, path);
	const temporary = `${full}.${process.pid}.part`;
	try {
		const stream = createWriteStream(temporary);
		// `once` rejects when the stream fails, so a folder that is missing is reported here.
		await once(stream, 'open');
		for (const part of parts) if (!stream.write(part)) await once(stream, 'drain');
		stream.end();
		await once(stream, 'finish');
		await rename(temporary, full);
	} catch (error) {
		await rm(temporary, { force: true });
		const problem = error instanceof Error ? error.message : String(error);
		throw failure('file_unwritable', { path, problem });
	}
}

/** Cells as one line of CSV. */
export function csvLine(cells: readonly string[]): string {
	return `${cells.map(csvCell).join(',')}\n`;
}

function csvCell(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
