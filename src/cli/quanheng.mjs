#!/usr/bin/env node
/** What `npx quanheng` runs: the built program, or one sentence that says how to build it. */
import { existsSync } from 'node:fs';
import process from 'node:process';

const program = new URL('../../build/programs/quanheng.js', import.meta.url);

if (!existsSync(program)) {
	process.stderr.write(
		'还没有构建命令行，请先运行 npm run build。\nThe command line is not built yet: run `npm run build` first.\n'
	);
	process.exit(1);
}
const { main, systemIo } = await import(program.href);
process.exitCode = await main(process.argv.slice(2), systemIo());
