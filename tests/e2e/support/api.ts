/** The interface that programs use, called with the session of a page. */
import { expect, type APIResponse, type Page } from '@playwright/test';

async function send(
	page: Page,
	method: 'GET' | 'POST' | 'PUT',
	path: string,
	body?: Record<string, unknown>
): Promise<APIResponse> {
	return page.request.fetch(path, {
		method,
		headers: { origin: new URL(page.url()).origin, accept: 'application/json' },
		...(body === undefined ? {} : { data: body })
	});
}

/** Calls `/api/v1/clients/<client>/<path>` and expects success; answers with the body. */
export async function call<Answer>(
	page: Page,
	client: string,
	method: 'GET' | 'POST' | 'PUT',
	path: string,
	body?: Record<string, unknown>
): Promise<Answer> {
	const response = await attempt(page, client, method, path, body);
	expect(response.ok(), `${method} ${path}: ${response.status()} ${await response.text()}`).toBe(
		true
	);
	return (await response.json()) as Answer;
}

/** The same, where a refusal is what is looked for. */
export async function attempt(
	page: Page,
	client: string,
	method: 'GET' | 'POST' | 'PUT',
	path: string,
	body?: Record<string, unknown>
): Promise<APIResponse> {
	return send(page, method, `/api/v1/clients/${client}/${path}`, body);
}

/** A draft of a scheme of this test's own, from a template of the pack; answers with its id. */
export async function ownDraft(page: Page, template: string): Promise<string> {
	const { id } = await call<{ id: string }>(page, 'demo', 'POST', 'drafts', {
		from: 'template',
		template_id: template,
		scheme_id: `${template}-${Date.now().toString(36)}`
	});
	return id;
}

/** Brings a file in as a program does: upload, mapping, commit. */
export async function importByApi(
	page: Page,
	client: string,
	kind: 'people' | 'observations' | 'targets',
	content: Buffer,
	mapping: Record<string, unknown>
): Promise<void> {
	const response = await page.request.post(`/api/v1/clients/${client}/imports`, {
		headers: { origin: new URL(page.url()).origin },
		multipart: { kind, file: { name: `${kind}.csv`, mimeType: 'text/csv', buffer: content } }
	});
	expect(response.status(), await response.text()).toBe(201);
	const { id } = (await response.json()) as { id: string };
	const plan = await call<{ plan_hash: string }>(page, client, 'PUT', `imports/${id}/plan`, {
		mapping
	});
	await call(page, client, 'POST', `imports/${id}/commit`, { plan_hash: plan.plan_hash });
}
