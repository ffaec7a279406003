/** Reads what commands are given: JSON, schemes, tables, metric files. `-` is standard input. */
import { parse as parseCsv } from 'csv-parse/sync';
import { readdir, readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { hasErrors } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { readJsonText } from '#lib/engine/scheme/json-text.ts';
import { parseMetric } from '#lib/engine/scheme/metric-validate.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { tableFromRows } from '#lib/engine/table/from-rows.ts';
import type { Table } from '#lib/engine/table/table.ts';
import { readYaml } from '#lib/packs/yaml.ts';
import type { PackFinding } from '#lib/packs/finding.ts';
import { failure, refusal } from './failure.ts';
import type { Io } from './io.ts';
import { inFile, type FileDiagnostic } from './print-diagnostics.ts';

/** Reads inputs for one command. */
export class Inputs {
	readonly #io: Io;

	constructor(io: Io) {
		this.#io = io;
	}

	/** Refuses before anything is read when standard input is asked for twice. */
	assertOneStdin(...paths: readonly (string | undefined)[]): void {
		if (paths.filter((path) => path === '-').length > 1) throw failure('stdin_twice');
	}

	/** The name of an input in messages. */
	nameOf(path: string): string {
		return path === '-' ? '<stdin>' : path;
	}

	/** The text of a file or of standard input; UTF-8, a byte order mark is dropped. */
	async text(path: string): Promise<string> {
		const bytes = await this.bytes(path);
		try {
			return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		} catch {
			throw failure('not_utf8', { path: this.nameOf(path), line: lineOfBadByte(bytes) });
		}
	}

	/** The JSON value of a file. Mistakes are named with line, column and advice. */
	async json(path: string): Promise<Json> {
		const { value, diagnostics } = readJsonText(await this.text(path));
		if (value === undefined || hasErrors(diagnostics)) {
			throw refusal(inFile(this.nameOf(path), diagnostics));
		}
		return value;
	}

	/** A table from CSV, typed as the command line promises. */
	async table(path: string): Promise<Table> {
		const rows = await this.#csv(path);
		const [header = [], ...cells] = rows;
		const { table, diagnostics } = tableFromRows(header, cells);
		if (!table) throw refusal(inFile(this.nameOf(path), diagnostics));
		return table;
	}

	/** The metric definitions in a folder, by id. */
	async metrics(folder: string): Promise<Map<string, MetricDefinition>> {
		const path = resolve(this.#io.cwd, folder);
		const names = await readdir(path).catch(() => {
			throw failure('folder_not_found', { path: folder, cwd: this.#io.cwd });
		});
		const findings: FileDiagnostic[] = [];
		const metrics = new Map<string, MetricDefinition>();
		for (const name of names.filter((entry) => entry.endsWith('.yaml')).sort()) {
			const file = `${folder}/${name}`;
			const problems: PackFinding[] = [];
			const reading = readYaml(await this.text(file), file, problems);
			findings.push(...problems);
			if (reading.value === null) continue;
			const { metric, diagnostics } = parseMetric(reading.value);
			findings.push(
				...inFile(file, diagnostics).map((found) => {
					const line = reading.lineOf(found.at);
					return line === undefined ? found : { ...found, line };
				})
			);
			if (metric) metrics.set(metric.id, metric);
		}
		if (hasErrors(findings)) throw refusal(findings);
		return metrics;
	}

	/** The bytes of a file or of standard input. */
	async bytes(path: string): Promise<Uint8Array> {
		if (path === '-') return this.#io.readInput();
		const full = resolve(this.#io.cwd, path);
		const found = await stat(full).catch(() => null);
		if (!found) throw failure('file_not_found', { path, cwd: this.#io.cwd });
		try {
			return await readFile(full);
		} catch (error) {
			const problem = error instanceof Error ? error.message : String(error);
			throw failure('file_unreadable', { path, problem });
		}
	}

	async #csv(path: string): Promise<string[][]> {
		const text = await this.text(path);
		try {
			return parseCsv(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
		} catch (error) {
			const problem = error instanceof Error ? error.message : String(error);
			throw failure('csv_syntax', {
				path: this.nameOf(path),
				line: /line (\d+)/.exec(problem)?.[1] ?? 1,
				problem
			});
		}
	}
}

/** The line of the first byte that is not UTF-8, found by halving. */
function lineOfBadByte(bytes: Uint8Array): number {
	let good = 0;
	let bad = bytes.length;
	while (bad - good > 1) {
		const middle = (good + bad) >> 1;
		// A character that is only cut off is not a bad one.
		if (decodes(bytes.subarray(0, middle))) good = middle;
		else bad = middle;
	}
	let line = 1;
	for (let i = 0; i < good; i++) if (bytes[i] === 10) line += 1;
	return line;
}

function decodes(bytes: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
		return true;
	} catch {
		return false;
	}
}
