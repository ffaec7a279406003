/** `replay run`, `score run`, `version show|publish`, `token create|revoke`, `doctor`. */
import type { Command } from 'commander';
import type { ExitCode, Io } from '../io.ts';
import { addInstanceCommand } from './instance-command.ts';
import type {
	ClientCommand,
	InstanceOptions,
	PublishOptions,
	ReplayRunOptions,
	ScoreRunOptions,
	TokenOptions
} from './options.ts';

const runs = () => import('./runs.ts');
const tokens = () => import('./tokens.ts');
const doctor = () => import('./doctor.ts');

/**
 * The command of this name, made if no other room made it. `replay` and `score` have options of their
 * own: what stands behind `run` must reach `run` and not them.
 */
function commandOf(program: Command, name: string, about: string): Command {
	const known = program.commands.find((command) => command.name() === name);
	return known?.enablePositionalOptions() ?? program.command(name).description(about);
}

export function registerRuns(program: Command, io: Io, finish: (code: ExitCode) => void): void {
	const addForClient = (parent: Command, name: string, about: string): Command =>
		addInstanceCommand(parent, name, about).requiredOption('--client <id>');
	const dryRun = 'only check that it could be done';

	addForClient(
		commandOf(program, 'replay', 'replays / 回放'),
		'run',
		'replay a draft over the client’s history and keep the result / 回放客户的草稿'
	)
		.argument('<draft>', 'id of the draft')
		.option('--periods <range>', 'for example 2025-01..2025-12; the last year if left out')
		.option('--alone', 'without the version it is based on')
		.option('--dry-run', dryRun)
		.action(async (draft: string, options: ReplayRunOptions) =>
			finish(await (await runs()).runReplayOnInstance(io, draft, options))
		);
	addForClient(
		commandOf(program, 'score', 'scoring / 核算'),
		'run',
		'score a period with the versions in force / 用生效版本核算一个期间'
	)
		.argument('<period>', 'for example 2026-11')
		.option('--release', 'show the scorecards to the people they are about')
		.option('--dry-run', dryRun)
		.action(async (period: string, options: ScoreRunOptions) =>
			finish(await (await runs()).runScoringOnInstance(io, period, options))
		);

	const version = commandOf(program, 'version', 'published versions / 已发布版本');
	addForClient(version, 'show', 'print a version as it is kept / 查看版本')
		.argument('<scheme>', 'id of the scheme')
		.argument('<number>', 'which version')
		.action(async (scheme: string, number: string, options: ClientCommand) =>
			finish(await (await runs()).runShowVersion(io, scheme, number, options))
		);
	addForClient(version, 'publish', 'publish what was approved / 发布已批准的提交')
		.argument('<submission>', 'id of the submission')
		.requiredOption('--from <period>', 'first period that it scores')
		.option('--note <text>', 'kept with the version')
		.option('--dry-run', dryRun)
		.action(async (submission: string, options: PublishOptions) =>
			finish(await (await runs()).runPublishVersion(io, submission, options))
		);

	const token = program.command('token').description('tokens of the API / 接口令牌');
	addForClient(token, 'create', 'make a token and print it once / 新建令牌并显示一次')
		.argument('<name>', 'what it is for')
		.requiredOption('--account <account>', 'whom it acts as')
		.option('--days <days>', 'until it ends; 90 if left out')
		.option('--dry-run', dryRun)
		.action(async (name: string, options: TokenOptions) =>
			finish(await (await tokens()).runCreateToken(io, name, options))
		);
	addForClient(token, 'revoke', 'end a token / 收回令牌')
		.argument('<token>', 'its id')
		.option('--dry-run', dryRun)
		.action(async (id: string, options: ClientCommand) =>
			finish(await (await tokens()).runRevokeToken(io, id, options))
		);

	addInstanceCommand(program, 'doctor', 'settings, folder, databases and chains / 体检').action(
		async (options: InstanceOptions) => finish(await (await doctor()).runDoctor(io, options))
	);
}
