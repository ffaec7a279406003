/** The list of clients and the accounts of one, as an administrator sees them. */
import { expect, type Page } from '@playwright/test';
import { answers, open } from './test.ts';
import { PEOPLE, type Account } from './sign-in.ts';

/** Makes a client; the next page is its accounts. */
export async function makeClient(page: Page, id: string, zh: string, en: string): Promise<void> {
	await open(page, '/clients/new');
	await page.getByLabel('客户名称').fill(zh);
	await page.getByRole('checkbox', { name: '由我来实施' }).uncheck();
	await page.getByText('更多', { exact: true }).click();
	await page.getByLabel('客户编号').fill(id);
	await page.getByLabel('英文名称').fill(en);
	await page.getByRole('button', { name: '建立并继续' }).click();
	await expect(page).toHaveURL(new RegExp(`/clients/${id}/accounts$`));
	await answers(page);
}

/** Lets somebody in who has an account already; their password stays as it is. */
export async function letIn(page: Page, account: Account, role: string): Promise<void> {
	await page.getByRole('button', { name: '添加一个人' }).click();
	const dialog = page.getByRole('dialog', { name: '添加一个人' });
	await dialog.getByLabel('账号', { exact: true }).fill(account);
	await dialog.getByLabel('姓名').fill(PEOPLE[account]);
	await dialog.getByLabel('第一个密码').fill('not used: the account exists');
	await dialog.getByRole('checkbox', { name: role }).check();
	await dialog.getByRole('button', { name: '添加', exact: true }).click();
	await expect(dialog).toBeHidden();
	await expect(page.getByRole('button', { name: PEOPLE[account], exact: true })).toBeVisible();
}
