/**
 * The commands that work on an instance. What they run is loaded when one of them is called: the
 * database driver takes longer to load than most other commands take in all.
 */
import type { Command } from 'commander';
import { ROLES } from '#lib/server/auth/roles.ts';
import type { ExitCode, Io } from '../io.ts';
import { addInstanceCommand } from './instance-command.ts';
import { registerBackups } from './register-backups.ts';
import type { ClientOptions, InstanceOptions, UserOptions } from './options.ts';

const databases = () => import('./databases.ts');
const users = () => import('./users.ts');

/** `quanheng db …`, `client …`, `audit verify`, `version list`. */
export function registerDatabases(
	program: Command,
	io: Io,
	finish: (code: ExitCode) => void
): void {
	const db = program.command('db').description('databases / 数据库');
	addInstanceCommand(db, 'migrate', 'bring all databases to this version / 迁移数据库').action(
		async (options: InstanceOptions) => finish(await (await databases()).runMigrate(io, options))
	);

	const client = program.command('client').description('customer companies / 客户公司');
	addInstanceCommand(client, 'list', 'list the clients / 列出客户公司').action(
		async (options: InstanceOptions) => finish(await (await databases()).runClients(io, options))
	);
	addInstanceCommand(client, 'create', 'register a client / 登记客户公司')
		.argument('<id>', 'a short word, such as acme')
		.requiredOption('--name-zh <name>')
		.requiredOption('--name-en <name>')
		.option('--dry-run', 'only say what would be done')
		.action(async (id: string, options: ClientOptions) =>
			finish(await (await databases()).runCreateClient(io, id, options))
		);

	registerBackups(db, client, io, finish);

	addInstanceCommand(
		program.command('audit').description('audit trail / 审计'),
		'verify',
		'verify the chains of audit events and the hashes of versions / 校验审计链与版本'
	)
		.option('--client <id>', 'one client; all of them if left out')
		.action(async (options: ClientOptions) =>
			finish(await (await databases()).runVerify(io, options))
		);

	addInstanceCommand(
		program.command('version').description('published versions / 已发布版本'),
		'list',
		'list published versions / 列出版本'
	)
		.requiredOption('--client <id>')
		.action(async (options: ClientOptions) =>
			finish(await (await databases()).runVersions(io, options))
		);
}

/** `quanheng user create|reset|disable`. */
export function registerUsers(program: Command, io: Io, finish: (code: ExitCode) => void): void {
	const user = program.command('user').description('accounts / 账号');
	const add = (name: string, about: string): Command =>
		user
			.command(name)
			.description(about)
			.argument('<account>', 'what is typed at sign-in')
			.option('--data-dir <folder>', 'the instance; the configured one if left out')
			.option('--dry-run', 'only check that it could be done')
			.option('--locale <locale>', 'zh-CN or en');

	add('create', 'make an account and print its first password / 新建账号并显示初始密码')
		.option('--name <name>', 'shown to others')
		.option('--client <id>', 'give a role there')
		.option('--role <role>', ROLES.join(' | '))
		.option('--employee <id>', 'who they are among the client’s people')
		.option('--unit <id>', 'the unit a department head leads')
		.option('--operator', 'may create clients and accounts')
		.action(async (account: string, options: UserOptions) =>
			finish(await (await users()).runCreate(io, account, options))
		);
	add('reset', 'give an account a new password and print it / 重置密码并显示').action(
		async (account: string, options: UserOptions) =>
			finish(await (await users()).runReset(io, account, options))
	);
	add('disable', 'lock an account / 停用账号').action(
		async (account: string, options: UserOptions) =>
			finish(await (await users()).runDisable(io, account, options))
	);
}
