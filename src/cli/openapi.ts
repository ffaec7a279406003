/** `quanheng openapi`: the description of `/api/v1`, as the server gives it. */
import type { Command } from 'commander';
import { openApi } from '#lib/contract/openapi.ts';
import { ENGINE_VERSION } from '#lib/engine/version.ts';
import { EXIT, localeOf, type ExitCode, type Io } from './io.ts';
import { writeOutput } from './outputs.ts';

interface OpenApiOptions {
	readonly out?: string;
	readonly locale?: string;
}

export function registerOpenApi(program: Command, io: Io, finish: (code: ExitCode) => void): void {
	program
		.command('openapi')
		.description('the description of the API, OpenAPI 3.1 / 接口说明')
		.option('--out <file>', 'write there instead of standard output')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async ({ out, locale }: OpenApiOptions) => {
			const description = openApi(ENGINE_VERSION, localeOf(io, locale));
			await writeOutput(io, out, [`${JSON.stringify(description, null, '\t')}\n`]);
			finish(EXIT.done);
		});
}
