/** `quanheng merge`: three-way merge of schemes by id. */
import type { Command } from 'commander';
import type { Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import { mergeSchemes, type MergeConflict } from '#lib/engine/revise/merge.ts';
import { Inputs } from './inputs.ts';
import { EXIT, colour, localeOf, type ExitCode, type Io } from './io.ts';
import { writeOutput } from './outputs.ts';
import { readScheme } from './read-scheme.ts';

interface MergeOptions {
	readonly base: string;
	readonly ours: string;
	readonly theirs: string;
	readonly out?: string;
	readonly dryRun?: boolean;
	readonly json?: boolean;
	readonly locale?: string;
}

export function registerMerge(program: Command, io: Io, finish: (code: ExitCode) => void): void {
	program
		.command('merge')
		.description('three-way merge by id; conflicts keep ours and are listed / 三方合并')
		.requiredOption('--base <scheme>', 'the common ancestor, JSON; - is standard input')
		.requiredOption('--ours <scheme>', 'our scheme')
		.requiredOption('--theirs <scheme>', 'their scheme')
		.option('--out <file>', 'write the result there instead of standard output')
		.option('--dry-run', 'only list the conflicts')
		.option('--json', 'result and conflicts as JSON')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (options: MergeOptions) => finish(await runMerge(io, options)));
}

async function runMerge(io: Io, options: MergeOptions): Promise<ExitCode> {
	const inputs = new Inputs(io);
	inputs.assertOneStdin(options.base, options.ours, options.theirs);
	const locale = localeOf(io, options.locale);
	const { scheme: base } = await readScheme(inputs, options.base, {});
	const { scheme: ours } = await readScheme(inputs, options.ours, {});
	const { scheme: theirs } = await readScheme(inputs, options.theirs, {});
	const { merged, conflicts } = mergeSchemes(base, ours, theirs);
	const toFile = options.out !== undefined && options.out !== '-';
	const text = `${JSON.stringify(merged, null, '\t')}\n`;
	if (toFile && !options.dryRun) await writeOutput(io, options.out, [text]);
	if (options.json) {
		const records = conflicts.map((conflict) => conflictRecord(conflict, locale));
		const result = toFile || options.dryRun ? {} : { merged };
		await io.write(`${JSON.stringify({ ...result, conflicts: records }, null, '\t')}\n`);
	} else {
		if (!toFile && !options.dryRun) await io.write(text);
		for (const conflict of conflicts) io.log(conflictLines(io, conflict, locale));
	}
	return conflicts.length > 0 ? EXIT.conflict : EXIT.done;
}

/** The record that `--json` prints of a conflict; a side without the place has no key. */
function conflictRecord(conflict: MergeConflict, locale: Locale): object {
	const { id, at, reason, place, base, ours, theirs } = conflict;
	return {
		id,
		at,
		reason,
		place: place[locale],
		...(base === undefined ? {} : { base }),
		...(ours === undefined ? {} : { ours }),
		...(theirs === undefined ? {} : { theirs })
	};
}

const WORDS = {
	'zh-CN': {
		conflict: '冲突',
		ours: '我方（保留）',
		theirs: '对方',
		base: '共同基础',
		absent: '（无）',
		advice: '在结果中改成想要的内容后再检查。'
	},
	en: {
		conflict: 'conflict',
		ours: 'ours (kept)',
		theirs: 'theirs',
		base: 'base',
		absent: '(absent)',
		advice: 'Put what you want into the result and check it again.'
	}
} as const;

function conflictLines(io: Io, conflict: MergeConflict, locale: Locale): string {
	const words = WORDS[locale];
	const side = (name: string, value: unknown): string =>
		`  ${name}: ${value === undefined ? words.absent : JSON.stringify(value)}\n`;
	return [
		`${colour(io, 'red', words.conflict)} [${conflict.reason}] ${conflict.place[locale]} (${conflict.id})\n`,
		side(words.base, conflict.base),
		side(words.ours, conflict.ours),
		side(words.theirs, conflict.theirs),
		`  ${words.advice}\n`
	].join('');
}
