import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundleProgram, projectRoot } from '../support/processes.ts';
import { Problem, refuse } from '#lib/server/http/problem.ts';
import { commonProblems } from '#lib/server/http/problems.ts';

test('a refusal made by another bundle of this process is a refusal', async () => {
	const program = await bundleProgram(`${projectRoot}/src/lib/server/http/problem.ts`);
	onTestFinished(() => rmSync(dirname(program), { recursive: true, force: true }));
	const other = (await import(program)) as { readonly refuse: typeof refuse };
	const refusal = other.refuse(commonProblems, 'busy');
	expect(Object.getPrototypeOf(refusal)).not.toBe(Problem.prototype);
	expect(refusal).toBeInstanceOf(Problem);
});

test.each([new Error('x'), { code: 'busy', status: 503 }, null, 'busy'])('%s is none', (value) =>
	expect(value).not.toBeInstanceOf(Problem)
);

test('placeholders are filled in both languages', () => {
	const { text } = refuse(commonProblems, 'body_too_large', { details: { limit: 12 } });
	expect(text.en).toContain('12 bytes');
	expect(text['zh-CN']).toContain('12 字节');
});
