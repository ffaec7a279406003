/**
 * `npm run bench` builds the programs and runs this; alone it takes the program that is there. Adds the
 * other engines; DuckDB is not installed with the project and “not run” without
 * `npm install --prefix <folder> @duckdb/node-api` and `npm run bench -- --peers <folder>`. With `--preview` it
 * measures the live preview in a browser instead, which needs `npm run build` before.
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { duckDb, jsonLogicEngine } from './peers.mjs';
import { benchPreview } from './preview.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const { values } = parseArgs({
	options: {
		rows: { type: 'string' },
		'large-rows': { type: 'string' },
		json: { type: 'boolean', default: false },
		peers: { type: 'string' },
		preview: { type: 'boolean', default: false },
		program: { type: 'string', default: join(root, 'build/programs/bench.js') }
	}
});
if (!existsSync(values.program)) {
	console.error(`${values.program} is not there: “npm run bench” builds it.`);
	process.exit(2);
}

const bench = await import(pathToFileURL(values.program).href);
if (values.preview) {
	await benchPreview(bench, values.program);
	process.exit(0);
}
const folders = [root, ...(values.peers ? [resolve(values.peers)] : [])];
const report = await bench.runBench({
	...(values.rows ? { rows: Number(values.rows) } : {}),
	...(values['large-rows'] ? { largeRows: Number(values['large-rows']) } : {}),
	peers: [await jsonLogicEngine(bench, folders), await duckDb(bench, folders)],
	onProgress: (text) => console.error(`… ${text}`)
});
if (values.json) console.log(JSON.stringify(report, null, '\t'));
else for (const line of bench.printBench(report)) console.log(line);
