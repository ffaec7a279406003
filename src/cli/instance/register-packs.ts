/** `quanheng pack plan|install|upgrade|uninstall|receive --client C`: rule packs on an instance. */
import type { Command } from 'commander';
import type { ExitCode, Io } from '../io.ts';
import { addInstanceCommand } from './instance-command.ts';
import type { PackClientOptions } from './options.ts';

const packs = () => import('./packs.ts');

/** Adds the commands below `pack`. */
export function registerInstancePacks(
	pack: Command,
	io: Io,
	finish: (code: ExitCode) => void
): void {
	type Run = (io: Io, id: string, options: PackClientOptions) => Promise<ExitCode>;
	const add = (
		name: string,
		about: string,
		argument: readonly [string, string],
		run: () => Promise<Run>
	): Command =>
		addInstanceCommand(pack, name, about)
			.argument(...argument)
			.requiredOption('--client <id>')
			.action(async (id: string, options: PackClientOptions) =>
				finish(await (await run())(io, id, options))
			);
	const pickable = ['<pack>', 'the id of a pack at hand, or a zip'] as const;
	const answers = (command: Command): Command =>
		command
			.option('--to <version>', 'version of the pack; the newest at hand if left out')
			.option('--currency <code>', 'currency of payouts, such as CNY')
			.option('--period <length>', 'month, quarter, half or year')
			.option('--grade <id=score...>', 'lowest score of a grade')
			.option('--param <id=value...>', 'value of a parameter; id@unit=value for one unit');

	answers(
		add(
			'plan',
			'say what an installation or upgrade would do / 安装或升级计划',
			pickable,
			async () => (await packs()).runPlan
		)
	);
	answers(
		add(
			'install',
			'install a pack at a client / 安装规则包',
			pickable,
			async () => (await packs()).runInstall
		)
	)
		.option('--keep <parts...>', 'kind:id that stays as the client has it')
		.option('--replace <parts...>', 'kind:id that comes from the pack')
		.option('--dry-run', 'only say what would be done');
	answers(
		add(
			'upgrade',
			'take a newer version over, keeping local changes / 升级规则包',
			pickable,
			async () => (await packs()).runUpgrade
		)
	)
		.option('--choose <conflict=side...>', 'ours or theirs for each conflict; all=… for the rest')
		.option('--dry-run', 'only say what would be done');
	add(
		'uninstall',
		'take a pack back / 卸载规则包',
		['<pack>', 'its id'],
		async () => (await packs()).runUninstall
	)
		.option('--yes', 'do it without asking')
		.option('--dry-run', 'only say what would be done');
	add(
		'receive',
		'judge a zip and keep it for a client / 接收压缩包',
		['<zip>', 'the archive'],
		async () => (await packs()).runReceive
	);
}
