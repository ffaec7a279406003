import { get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import {
	listen,
	PROTOCOL_HEADER,
	type Entry,
	type Handler
} from '../../../src/launch/http-entry.ts';

async function serve(
	handler: Handler,
	hostNames: ReadonlySet<string> | null = null
): Promise<Entry> {
	const entry = await listen(handler, { host: '127.0.0.1', port: 0, hostNames });
	onTestFinished(() => entry.close());
	return entry;
}

async function ask(
	entry: Entry,
	headers: Readonly<Record<string, string>> = {}
): Promise<IncomingMessage> {
	const request = get({ port: entry.port, host: '127.0.0.1', headers, agent: false });
	const [response] = (await once(request, 'response')) as [IncomingMessage];
	response.resume();
	return response;
}

test('a name of another site that points here is refused before anything is answered', async () => {
	let reached = 0;
	const entry = await serve(
		(_request, response) => {
			reached += 1;
			response.end('ok');
		},
		new Set(['127.0.0.1', 'localhost'])
	);
	for (const host of ['evil.example', 'evil.example:80', '127.0.0.1.evil.example']) {
		expect((await ask(entry, { host })).statusCode, host).toBe(421);
	}
	expect(reached).toBe(0);
	for (const host of ['localhost', `127.0.0.1:${entry.port}`, 'LOCALHOST']) {
		expect((await ask(entry, { host })).statusCode, host).toBe(200);
	}
});

test('the protocol the handler sees is ours to say, not the sender’s', async () => {
	const seen: unknown[] = [];
	const entry = await serve((request, response) => {
		seen.push(request.headers[PROTOCOL_HEADER]);
		response.end('ok');
	});
	await ask(entry, { [PROTOCOL_HEADER]: 'https' });
	expect(seen).toEqual(['http']);
});

test('a stop lets a running request finish and takes no new one', async () => {
	let release = () => {};
	const entered = deferred();
	const entry = await listen(
		(_request, response) => {
			entered.resolve();
			release = () => response.end('finished');
		},
		{ host: '127.0.0.1', port: 0, hostNames: null }
	);
	const answer = ask(entry);
	await entered.promise;
	const closed = entry.close();
	await expect(ask(entry)).rejects.toThrow('ECONNREFUSED');
	release();
	expect((await answer).statusCode).toBe(200);
	await closed;
});

test('a port that is taken is an error that the program can tell', async () => {
	const entry = await serve((_request, response) => response.end());
	await expect(
		listen((_request, response) => response.end(), {
			host: '127.0.0.1',
			port: entry.port,
			hostNames: null
		})
	).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

/** A promise that is resolved from outside. */
function deferred() {
	let resolve = () => {};
	const promise = new Promise<void>((done) => (resolve = done));
	return { promise, resolve };
}
