/** `quanheng doctor`: what an administrator looks at first when something is wrong. */
import { accessSync, constants } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { verifyAudit } from '#lib/server/audit/verify-audit.ts';
import { ConfigError, readConfig, type Config } from '#lib/server/config.ts';
import { clientFiles, integrityFaults } from '#lib/server/db/backup.ts';
import { clients } from '#lib/server/db/control/schema.ts';
import type { Instance } from '#lib/server/instance.ts';
import { verifyVersions } from '#lib/server/versions/verify-versions.ts';
import { CliFailure, failure } from '../failure.ts';
import { EXIT, localeOf, type ExitCode, type Io } from '../io.ts';
import type { InstanceOptions } from './options.ts';
import { contextOf, dataDirOf, hasInstance, withInstance } from './with-instance.ts';

interface Check {
	readonly check: string;
	readonly status: 'ok' | 'warn' | 'fail' | 'skip';
	readonly text: LocalText;
}

/** Below this a disk soon has no room for a backup beside the data. */
const LITTLE_SPACE = 1024 ** 3;

/** Looks at settings, folder, disk, databases and chains; ends with 1 if one of them failed. */
export async function runDoctor(io: Io, options: InstanceOptions): Promise<ExitCode> {
	const checks = [checkNode(), ...(await checkInstance(io, options))];
	const locale = localeOf(io, options.locale);
	await io.write(
		options.json
			? `${JSON.stringify({ checks }, null, '\t')}\n`
			: checks.map(({ check, status, text }) => `${status}\t${check}\t${text[locale]}\n`).join('')
	);
	const failed = checks.filter(({ status }) => status === 'fail').length;
	if (failed > 0) throw failure('doctor_failed', { count: failed });
	return EXIT.done;
}

function same(text: string): LocalText {
	return { 'zh-CN': text, en: text };
}

function checkNode(): Check {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const isNewEnough = major > 20 || (major === 20 && minor >= 19);
	return {
		check: 'node',
		status: isNewEnough ? 'ok' : 'fail',
		text: isNewEnough
			? same(process.version)
			: { 'zh-CN': `${process.version}，需要 20.19 或更新`, en: `${process.version}, needs 20.19` }
	};
}

async function checkInstance(io: Io, options: InstanceOptions): Promise<Check[]> {
	let config: Config;
	try {
		config = readConfig(io.env);
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		return [{ check: 'settings', status: 'fail', text: same(error.message.replaceAll('\n', ' ')) }];
	}
	const dataDir = dataDirOf(io, options);
	const checks: Check[] = [{ check: 'settings', status: 'ok', text: same(dataDir) }];
	if (!hasInstance(io, options)) {
		checks.push({
			check: 'data-dir',
			status: 'fail',
			text: {
				'zh-CN': '这里还没有数据；用 --data-dir 指明，或先启动一次',
				en: 'holds no instance; name it with --data-dir, or start once'
			}
		});
		return checks;
	}
	checks.push(checkWritable(dataDir), await checkSpace(dataDir));
	for (const file of ['control.db', ...(await clientFiles(dataDir))]) {
		const faults = await integrityFaults(join(dataDir, file), {
			encryptionKey: config.encryptionKey
		});
		checks.push({
			check: file,
			status: faults.length === 0 ? 'ok' : 'fail',
			text: faults[0] === undefined ? { 'zh-CN': '完好', en: 'sound' } : same(faults[0])
		});
	}
	return [...checks, ...(await checkRecords(io, options))];
}

function checkWritable(dataDir: string): Check {
	try {
		accessSync(dataDir, constants.R_OK | constants.W_OK);
		return { check: 'data-dir', status: 'ok', text: { 'zh-CN': '可写', en: 'writable' } };
	} catch {
		return {
			check: 'data-dir',
			status: 'fail',
			text: { 'zh-CN': '没有写权限', en: 'may not be written to' }
		};
	}
}

async function checkSpace(dataDir: string): Promise<Check> {
	const { bavail, bsize } = await statfs(dataDir);
	const free = bavail * bsize;
	return {
		check: 'disk',
		status: free < LITTLE_SPACE ? 'warn' : 'ok',
		text: {
			'zh-CN': `剩余 ${(free / LITTLE_SPACE).toFixed(1)} GiB`,
			en: `${(free / LITTLE_SPACE).toFixed(1)} GiB free`
		}
	};
}

/** Chains, versions and files without a client; skipped while a server has the directory. */
async function checkRecords(io: Io, options: InstanceOptions): Promise<Check[]> {
	try {
		return await withInstance(io, options, async (instance) => {
			const ids = (
				await instance.databases.control.read.select({ id: clients.id }).from(clients)
			).map(({ id }) => id);
			const checks = [await checkChain(instance, null)];
			for (const id of ids) checks.push(await checkChain(instance, id));
			for (const file of await clientFiles(instance.config.dataDir)) {
				if (ids.includes(basename(file, '.db'))) continue;
				checks.push({
					check: file,
					status: 'warn',
					text: {
						'zh-CN': '不属于任何客户公司；确认后可以移走',
						en: 'belongs to no client; move it away once you are sure'
					}
				});
			}
			return checks;
		});
	} catch (error) {
		if (!(error instanceof CliFailure) || error.code !== 'instance_in_use') throw error;
		return [{ check: 'audit', status: 'skip', text: error.text }];
	}
}

async function checkChain(instance: Instance, clientId: string | null): Promise<Check> {
	const read =
		clientId === null
			? instance.databases.control.read
			: (await contextOf(instance, clientId)).db.read;
	const { intact, entries, fault } = await verifyAudit(read);
	const altered = clientId === null ? [] : await verifyVersions(read);
	const names = altered.map(({ schemeId, number }) => `${schemeId} ${number}`);
	const isGood = intact && altered.length === 0;
	return {
		check: `audit ${clientId ?? 'control'}`,
		status: isGood ? 'ok' : 'fail',
		text: isGood
			? { 'zh-CN': `${entries} 条，链完好`, en: `${entries} entries, chain intact` }
			: {
					'zh-CN': `被改动：${[fault ? `${fault.kind} ${fault.seq}` : '', ...names].join(' ')}`,
					en: `ALTERED: ${[fault ? `${fault.kind} ${fault.seq}` : '', ...names].join(' ')}`
				}
	};
}
