/** `quanheng diff`: the semantic difference of two schemes, in words. */
import type { Command } from 'commander';
import type { Locale } from '#lib/engine/diagnostics/diagnostic.ts';
import { diffSchemes } from '#lib/engine/revise/diff.ts';
import type { SchemeEdit } from '#lib/engine/revise/edit.ts';
import { dictionaryOf } from '#lib/engine/scheme/variables.ts';
import { Inputs } from './inputs.ts';
import { EXIT, localeOf, type ExitCode, type Io } from './io.ts';
import { readScheme } from './read-scheme.ts';

interface DiffCommandOptions {
	readonly metrics?: string;
	readonly json?: boolean;
	readonly locale?: string;
}

export function registerDiff(program: Command, io: Io, finish: (code: ExitCode) => void): void {
	program
		.command('diff')
		.description('semantic difference of two schemes in words / 用文字说明两个方案的差异')
		.argument('<older>', 'the older scheme, JSON; - is standard input')
		.argument('<newer>', 'the newer scheme, JSON')
		.option('--metrics <folder>', 'metric files, for their names')
		.option('--json', 'edits as JSON')
		.option('--locale <locale>', 'zh-CN or en')
		.action(async (older: string, newer: string, options: DiffCommandOptions) =>
			finish(await runDiff(io, older, newer, options))
		);
}

async function runDiff(
	io: Io,
	older: string,
	newer: string,
	options: DiffCommandOptions
): Promise<ExitCode> {
	const inputs = new Inputs(io);
	inputs.assertOneStdin(older, newer);
	const locale = localeOf(io, options.locale);
	const metrics = options.metrics === undefined ? undefined : await inputs.metrics(options.metrics);
	const before = await readScheme(inputs, older, {});
	const after = await readScheme(inputs, newer, {});
	const edits = diffSchemes(before.scheme, after.scheme, {
		dictionary: dictionaryOf({ ...(metrics ? { metrics } : {}), items: after.scheme.items }),
		...(metrics ? { metrics } : {})
	});
	await io.write(
		options.json
			? `${JSON.stringify({ edits: edits.map((edit) => editRecord(edit, locale)) }, null, '\t')}\n`
			: editLines(edits, locale)
	);
	return EXIT.done;
}

/** The record that `--json` prints of an edit. */
function editRecord(edit: SchemeEdit, locale: Locale): object {
	const { id, kind, at, group, sentence, before, after } = edit;
	return {
		id,
		kind,
		at,
		group,
		sentence: sentence[locale],
		...(before === undefined ? {} : { before }),
		...(after === undefined ? {} : { after })
	};
}

const WORDS = {
	'zh-CN': { same: '没有差异。', cosmetic: '仅写法或显示不同：' },
	en: { same: 'No difference.', cosmetic: 'Only written or shown differently:' }
} as const;

/** One sentence a line; what changes nothing stands apart at the end. */
function editLines(edits: readonly SchemeEdit[], locale: Locale): string {
	const words = WORDS[locale];
	if (edits.length === 0) return `${words.same}\n`;
	const line = ({ sentence }: SchemeEdit): string => `${sentence[locale]}\n`;
	const cosmetic = edits.filter(({ kind }) => kind === 'cosmetic');
	const meaning = edits.filter(({ kind }) => kind !== 'cosmetic');
	const apart = cosmetic.map((edit) => `  ${line(edit)}`).join('');
	return meaning.map(line).join('') + (apart === '' ? '' : `${words.cosmetic}\n${apart}`);
}
