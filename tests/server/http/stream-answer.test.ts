/** An answer that is told while the work runs: progress first, the result or the refusal last. */
import { expect, test } from 'vitest';
import { defineProblems, refuse } from '#lib/server/http/problem.ts';
import { streamAnswer } from '#lib/server/http/stream-answer.ts';
import { readLines } from '../../../src/routes/clients/[client]/packs/read-lines.ts';

const problems = defineProblems({
	not_today: {
		status: 409,
		text: { 'zh-CN': '今天不行', en: 'Not today' },
		advice: { 'zh-CN': '明天再来', en: 'Come back tomorrow' }
	}
});

const request = (): Request => new Request('http://localhost/trial', { method: 'POST' });

async function linesOf({ body }: Response): Promise<unknown[]> {
	if (!body) throw new Error('no body');
	const lines: unknown[] = [];
	for await (const line of readLines(body)) lines.push(line);
	return lines;
}

test('progress comes before the result', async () => {
	const answer = await streamAnswer<number>(request(), async ({ onProgress }) => {
		onProgress(1);
		await Promise.resolve();
		return { total: 3 };
	});
	expect(answer.headers.get('content-type')).toContain('application/x-ndjson');
	expect((await linesOf(answer)).at(-1)).toEqual({ result: { total: 3 } });
});

test('work that is refused before it began is refused with its own status', async () => {
	await expect(
		streamAnswer(request(), () => Promise.reject(refuse(problems, 'not_today')))
	).rejects.toMatchObject({ code: 'not_today', status: 409 });
});

test('work that is refused half-way says so in the last line, in both languages', async () => {
	let go: () => void = () => undefined;
	const waiting = new Promise<void>((resolve) => {
		go = resolve;
	});
	const answer = await streamAnswer<number>(request(), async ({ onProgress }) => {
		onProgress(1);
		await waiting;
		throw refuse(problems, 'not_today');
	});
	go();
	expect(await linesOf(answer)).toEqual([
		{
			refusal: {
				code: 'not_today',
				text: { 'zh-CN': '今天不行', en: 'Not today' },
				advice: { 'zh-CN': '明天再来', en: 'Come back tomorrow' }
			}
		}
	]);
});

test('who stops reading stops the work', async () => {
	const stopped = new Promise<boolean>((resolve) => {
		void streamAnswer<number>(request(), ({ onProgress, signal }) => {
			onProgress(1);
			return new Promise((_, reject) => {
				signal.addEventListener('abort', () => {
					resolve(true);
					reject(refuse(problems, 'not_today'));
				});
			});
		}).then(({ body }) => body?.cancel());
	});
	expect(await stopped).toBe(true);
});
