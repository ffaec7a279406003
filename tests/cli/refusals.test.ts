/** Every refusal says where, what was expected, what was found and what to do, with its exit code. */
import { expect, test } from 'vitest';
import { folderWith, quanheng } from './run.ts';

const NAME = { 'zh-CN': '测试', en: 'Test' };
const SCHEME = {
	format: 'quanheng.scheme/1',
	id: 'test',
	name: NAME,
	period: 'month',
	applies_to: true,
	weighting: 'percent',
	items: [
		{
			id: 'a',
			metric: 'a',
			class: 'result',
			weight: 100,
			score: { var: 'item.actual' },
			missing: 'block'
		}
	],
	grades: [{ id: 'all', name: NAME, from: 0 }]
};
const TABLE = 'employee.id,period.id,metric.a\nE1,2025-01,95\n';

async function scoreWith(
	files: Record<string, string | Uint8Array | object>,
	...flags: string[]
): Promise<{ code: number; out: string; err: string }> {
	const cwd = folderWith({ 's.json': SCHEME, 't.csv': TABLE, ...files });
	return quanheng(['score', 's.json', '--data', 't.csv', ...flags], { cwd });
}

test('a sound scheme and a sound table are not refused', async () => {
	expect(await scoreWith({})).toMatchObject({ code: 0, err: '' });
});

for (const [name, csv, words] of [
	[
		'a text in a number',
		'employee.id,period.id,metric.a\nE1,2025-01,many\n',
		['t.csv:2', 'metric.a', 'many']
	],
	['a missing column', 'employee.id,metric.a\nE1,95\n', ['period.id']],
	[
		'an unknown column',
		'employee.id,period.id,metrics.a\nE1,2025-01,1\n',
		['metrics.a', 'metric.a']
	],
	['the same employee and period twice', `${TABLE}E1,2025-01,90\n`, ['t.csv:3', 'E1', '2025-01']],
	[
		'a period that does not exist',
		'employee.id,period.id,metric.a\nE1,2025-13,1\n',
		['t.csv:2', '2025-13']
	],
	['a row that is too short', 'employee.id,period.id,metric.a\nE1,2025-01\n', ['t.csv:2']],
	['an empty file', '', ['t.csv']],
	['a quote without an end', 'employee.id,period.id,metric.a\n"E1,2025-01,1\n', ['t.csv', 'CSV']]
] as const) {
	test(`a table with ${name} is refused with its line`, async () => {
		const { code, out, err } = await scoreWith({ 't.csv': csv });
		expect(code).toBe(3);
		expect(out).toBe('');
		for (const word of words) expect(err).toContain(word);
	});
}

test('a table in another encoding is refused with the line of the first bad byte', async () => {
	const bytes = new Uint8Array([
		...new TextEncoder().encode('employee.id,period.id,metric.a\nE1,2025-01,1\n'),
		0xd5,
		0xc5,
		...new TextEncoder().encode(',2025-02,1\n')
	]);
	const { code, err } = await scoreWith({ 't.csv': bytes });
	expect(code).toBe(3);
	expect(err).toContain('line 3');
	expect(err).toContain('UTF-8');
});

test('a byte order mark and Windows line ends are no mistakes', async () => {
	const { code, out } = await scoreWith({ 't.csv': `\uFEFF${TABLE.replaceAll('\n', '\r\n')}` });
	expect(code).toBe(0);
	expect(out).toContain('E1,2025-01,scored,95');
});

for (const [name, change, words] of [
	['an unknown operator', { applies_to: { is: [1] } }, ['is', '/applies_to']],
	[
		'an unknown variable',
		{ applies_to: { '==': [{ var: 'employee.positon' }, 'x'] } },
		['employee.positon']
	],
	['an unknown field', { item: [] }, ['item', 'items']],
	['an unknown format', { format: 'quanheng.scheme/9' }, ['quanheng.scheme/1']]
] as const) {
	test(`a scheme with ${name} is refused with its place`, async () => {
		const { code, err, out } = await scoreWith({ 's.json': { ...SCHEME, ...change } });
		expect(code).toBe(3);
		expect(out).toBe('');
		for (const word of words) expect(err).toContain(word);
	});
}

test('with --json the findings are on standard output, one record each', async () => {
	const { code, out } = await scoreWith(
		{ 's.json': { ...SCHEME, applies_to: { is: [1] } } },
		'--json',
		'--locale',
		'zh-CN'
	);
	expect(code).toBe(3);
	const { diagnostics } = JSON.parse(out) as { diagnostics: Record<string, unknown>[] };
	expect(diagnostics[0]).toMatchObject({ severity: 'error', file: 's.json', at: '/applies_to' });
	expect(diagnostics[0]?.['message']).toMatch(/[\u4e00-\u9fff]/);
});

test('a metric that the metric files do not define is refused', async () => {
	const metric = [
		'id: b',
		'name: { zh-CN: 乙, en: B }',
		'unit: count',
		'direction: higher',
		'class: result',
		'grain: employee',
		'period: month',
		'aggregation: sum'
	].join('\n');
	const { code, err } = await scoreWith({ 'metrics/b.yaml': metric }, '--metrics', 'metrics');
	expect(code).toBe(3);
	expect(err).toContain('“a”');
});

test('JSON that does not parse is refused with its line and what to do', async () => {
	const { code, err } = await scoreWith({ 's.json': '{\n"format": "quanheng.scheme/1"\n"id": 1}' });
	expect(code).toBe(3);
	expect(err).toContain('s.json:3');
});

test('a file that is not there is exit code 5', async () => {
	const run = await quanheng(['score', 'none.json', '--data', 'none.csv'], { cwd: folderWith({}) });
	expect(run.code).toBe(5);
	expect(run.err).toContain('none.csv');
});

for (const argv of [
	['score'],
	['score', 's.json'],
	['nonsense'],
	['eval', '--rule', 'x.json'],
	['score', 's.json', '--data', 't.csv', '--engine', 'steam'],
	['score', '-', '--data', '-'],
	['replay', '--draft', 's.json', '--data', 't.csv', '--periods', 'yesterday'],
	['bench', '--rows', 'many']
]) {
	test(`“${argv.join(' ')}” is wrong usage: exit code 2`, async () => {
		const cwd = folderWith({ 's.json': SCHEME, 't.csv': TABLE });
		const { code, err, out } = await quanheng(argv, { cwd });
		expect(code).toBe(2);
		expect(err).not.toBe('');
		expect(out).toBe('');
	});
}

test('help is no error and names every command', async () => {
	const { code, out } = await quanheng(['--help']);
	expect(code).toBe(0);
	for (const command of [
		'eval',
		'explain',
		'check',
		'score',
		'replay',
		'diff',
		'merge',
		'pack',
		'bench'
	]) {
		expect(out).toContain(command);
	}
});

test('errors are said in the language that was asked for, else the terminal’s', async () => {
	const cwd = folderWith({});
	const argv = ['explain', 'none.json'];
	expect((await quanheng(argv, { cwd })).err).toContain('was not found');
	expect((await quanheng(argv, { cwd, env: { LANG: 'zh_CN.UTF-8' } })).err).toContain('找不到');
	expect((await quanheng(argv, { cwd, env: { QUANHENG_LOCALE: 'zh-CN' } })).err).toContain(
		'找不到'
	);
	expect((await quanheng([...argv, '--locale', 'zh-CN'], { cwd })).err).toContain('找不到');
});
