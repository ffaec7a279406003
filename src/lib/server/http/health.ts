import type { Instance } from '../instance.ts';

/** Answers of `/healthz` (the process answers) and `/readyz` (the databases do); null elsewhere. */
export async function health(path: string, instance: Instance): Promise<Response | null> {
	if (path === '/healthz') return plain('ok', 200);
	if (path !== '/readyz') return null;
	try {
		await instance.databases.control.select('SELECT 1');
		return plain('ready', 200);
	} catch {
		return plain('not ready', 503);
	}
}

function plain(text: string, status: number): Response {
	return new Response(`${text}\n`, {
		status,
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
	});
}
