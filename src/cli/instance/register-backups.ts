/** `quanheng db backup|restore|verify`, `client export|delete`. */
import type { Command } from 'commander';
import type { ExitCode, Io } from '../io.ts';
import { addInstanceCommand } from './instance-command.ts';
import type { DeleteOptions, ExportOptions, InstanceOptions } from './options.ts';

const backups = () => import('./backups.ts');

/** Adds to the `db` and `client` commands, which `register.ts` makes. */
export function registerBackups(
	db: Command,
	client: Command,
	io: Io,
	finish: (code: ExitCode) => void
): void {
	addInstanceCommand(db, 'backup', 'copy all databases, also while a server runs / 备份全部数据库')
		.argument('<folder>', 'a folder that does not exist yet')
		.option('--dry-run', 'only name what would be copied')
		.action(async (folder: string, options: InstanceOptions) =>
			finish(await (await backups()).runBackup(io, folder, options))
		);
	addInstanceCommand(db, 'restore', 'put a backup into a new data directory / 恢复备份')
		.argument('<folder>', 'the backup')
		.option('--dry-run', 'only check the backup')
		.action(async (folder: string, options: InstanceOptions) =>
			finish(await (await backups()).runRestore(io, folder, options))
		);
	addInstanceCommand(db, 'verify', 'check a backup, or the databases in use / 检查备份或数据库')
		.argument('[folder]', 'the backup; the instance if left out')
		.action(async (folder: string | undefined, options: InstanceOptions) =>
			finish(await (await backups()).runVerifyDatabases(io, folder, options))
		);
	addInstanceCommand(client, 'export', 'write a client’s whole database to a file / 导出客户数据库')
		.requiredOption('--client <id>')
		.requiredOption('--out <file>', 'a file that does not exist yet')
		.option('--dry-run', 'only check that it could be done')
		.action(async (options: ExportOptions) =>
			finish(await (await backups()).runExport(io, options))
		);
	addInstanceCommand(client, 'delete', 'remove a client and its database for good / 删除客户公司')
		.argument('<id>')
		.option('--yes', 'really')
		.option('--dry-run', 'only check that it could be done')
		.action(async (id: string, options: DeleteOptions) =>
			finish(await (await backups()).runDelete(io, id, options))
		);
}
