import type { Command } from 'commander';

/** A command on an instance: which one, how the answer is written, and in which language. */
export function addInstanceCommand(parent: Command, name: string, about: string): Command {
	return parent
		.command(name)
		.description(about)
		.option('--data-dir <folder>', 'the instance; the configured one if left out')
		.option('--json', 'as JSON')
		.option('--locale <locale>', 'zh-CN or en');
}
