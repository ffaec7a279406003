/** The server program: from the environment to a listening server, and back down without loss. */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { needsSetUp, setUpCode } from '#lib/server/auth/set-up-instance.ts';
import { ConfigError, readConfig, type Config } from '#lib/server/config.ts';
import { DataDirInUse } from '#lib/server/db/lock.ts';
import { seedDemo, type DemoSignIn } from '#lib/server/demo/seed-demo.ts';
import {
	controlContext,
	startInstance,
	stopInstance,
	type Instance
} from '#lib/server/instance.ts';
import { logger } from '#lib/server/logging/logger.ts';
import { verifyAllVersions } from '#lib/server/versions/verify-all-versions.ts';
import { listen, PROTOCOL_HEADER, type Entry, type Handler } from './http-entry.ts';

const LOOPBACK = '127.0.0.1';

/** A mistake of whoever starts the server: told as a sentence, without a stack. */
class StartRefused extends Error {
	override readonly name = 'StartRefused';
}

async function start(): Promise<void> {
	const config = readConfig(process.env);
	const host = hostFor(config);
	const instance = await startInstance(config);
	const signIns = config.demo ? (await seedDemo(instance, { scored: true })).signIns : [];
	configureHandler(config);
	const entry = await listenOn(await loadHandler(), host, config);
	stopOnSignal(entry);
	announce(config, host, entry, signIns);
	await announceSetUp(instance, host);
	verifyAllVersions(instance).catch((error: unknown) => {
		logger.error({ err: error }, 'published versions could not be verified');
	});
}

/** Demo accounts have known passwords, so a server that has them is not reachable from outside. */
function hostFor(config: Config): string {
	if (!config.demo) return config.host;
	if (config.host !== LOOPBACK) {
		say(
			`演示账号的密码是公开的,因此只监听 ${LOOPBACK},忽略 HOST=${config.host}。正式使用请设置 DEMO=0。`,
			`Demo passwords are public, so this listens on ${LOOPBACK} only and ignores HOST=${config.host}. Set DEMO=0 for real use.`
		);
	}
	return LOOPBACK;
}

/** SvelteKit's handler reads these when it is loaded. */
function configureHandler(config: Config): void {
	process.env.BODY_SIZE_LIMIT = String(config.uploadLimit);
	if (config.origin) {
		process.env.ORIGIN = config.origin;
		return;
	}
	delete process.env.ORIGIN;
	process.env.PROTOCOL_HEADER = PROTOCOL_HEADER;
	process.env.HOST_HEADER = 'host';
}

async function loadHandler(): Promise<Handler> {
	const here = dirname(fileURLToPath(import.meta.url));
	const url = pathToFileURL(join(here, '..', 'handler.js')).href;
	const loaded: unknown = await import(/* @vite-ignore */ url);
	if (typeof loaded === 'object' && loaded && 'handler' in loaded) return loaded.handler as Handler;
	throw new StartRefused(
		'构建不完整,请运行 npm run build。\nThe build is incomplete; run npm run build.'
	);
}

async function listenOn(handler: Handler, host: string, config: Config): Promise<Entry> {
	const local = host === LOOPBACK && !config.origin;
	try {
		return await listen(handler, {
			host,
			port: config.port,
			hostNames: local ? new Set([LOOPBACK, 'localhost', '[::1]']) : null
		});
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
		throw new StartRefused(
			`端口 ${config.port} 已被占用,请用 PORT=… 指定另一个。\nPort ${config.port} is taken; choose another with PORT=….`
		);
	}
}

function announce(
	config: Config,
	host: string,
	entry: Entry,
	signIns: readonly DemoSignIn[]
): void {
	const shown = host === '0.0.0.0' || host === '::' ? LOOPBACK : host;
	const address = config.origin ?? `http://${shown}:${entry.port}`;
	logger.info(
		{ origin: config.origin ?? 'from the Host header', host, port: entry.port },
		'listening'
	);
	console.log(`\n  权衡 Quanheng  ${address}\n`);
	if (signIns.length === 0) return;
	console.log('  演示账号 / Demo sign-ins');
	for (const { account, password, role, name } of signIns) {
		console.log(`    ${account.padEnd(16)} ${password}   ${role.padEnd(16)} ${name}`);
	}
	console.log('');
}

/** A fresh instance without demo asks for its first account. */
async function announceSetUp(instance: Instance, host: string): Promise<void> {
	if (!(await needsSetUp(controlContext(instance)))) return;
	say(
		'还没有任何账号:请打开上面的地址创建管理员。',
		'There is no account yet: open the address above to make the first administrator.'
	);
	if (host !== LOOPBACK) {
		say(
			`从其他机器设置时需要此设置码:${setUpCode()}`,
			`From another machine, use this set-up code: ${setUpCode()}`
		);
	}
}

/** Ends cleanly on the first signal: running requests finish, writes are kept, files are closed. */
function stopOnSignal(entry: Entry): void {
	let stopping = false;
	const stop = (signal: NodeJS.Signals) => {
		if (stopping) return;
		stopping = true;
		logger.info({ signal }, 'stopping');
		entry
			.close()
			.then(() => stopInstance())
			.then(
				() => process.exit(0),
				(error: unknown) => {
					logger.error({ err: error }, 'the instance could not be closed cleanly');
					process.exit(1);
				}
			);
	};
	process.on('SIGTERM', stop);
	process.on('SIGINT', stop);
}

function say(zh: string, en: string): void {
	console.error(`${zh}\n${en}`);
}

try {
	await start();
} catch (error) {
	const plain =
		error instanceof ConfigError || error instanceof DataDirInUse || error instanceof StartRefused;
	console.error(plain ? error.message : error);
	await stopInstance();
	process.exit(1);
}
