/** `quanheng import plan|apply|rollback --client C`. What they run is loaded when one is called. */
import type { Command } from 'commander';
import type { ExitCode, Io } from '../io.ts';
import { addInstanceCommand } from './instance-command.ts';
import type { InstanceOptions } from './options.ts';

export interface ImportOptions extends InstanceOptions {
	readonly client: string;
	readonly kind: string;
	/** A JSON file: `{"mapping": …, "read": …}` as the API takes them. */
	readonly mapping?: string;
	readonly recordType?: string;
	readonly withoutRejected?: boolean;
}

export interface RollBackOptions extends InstanceOptions {
	readonly client: string;
	readonly reason?: string;
}

const imports = () => import('./imports.ts');

/** Registers the commands. */
export function registerImports(program: Command, io: Io, finish: (code: ExitCode) => void): void {
	const parent = program.command('import').description('imports / 导入');
	const add = (name: string, about: string): Command =>
		addInstanceCommand(parent, name, about).requiredOption('--client <id>');
	const addFile = (name: string, about: string): Command =>
		add(name, about)
			.argument('<file>', 'CSV, TSV or XLSX; - is standard input')
			.requiredOption(
				'--kind <kind>',
				'people | units | observations | targets | parameters | records'
			)
			.option('--mapping <file>', 'JSON with the mapping; a saved or certain one if left out')
			.option('--record-type <id>', 'the type of the rows, for records');

	addFile('plan', 'say what a file would change / 导入预演').action(
		async (file: string, options: ImportOptions) =>
			finish(await (await imports()).runPlan(io, file, options))
	);
	addFile('apply', 'import a file / 导入文件')
		.option('--without-rejected', 'leave refused rows out')
		.option('--dry-run', 'only say what would be done')
		.action(async (file: string, options: ImportOptions) =>
			finish(await (await imports()).runApply(io, file, options))
		);
	add('rollback', 'withdraw what an import brought / 回滚导入')
		.argument('<batch>', 'the id that apply printed')
		.option('--reason <text>')
		.option('--dry-run', 'only say what has been built on it')
		.action(async (batch: string, options: RollBackOptions) =>
			finish(await (await imports()).runRollBack(io, batch, options))
		);
}
