/** The demo people, and how they come in. */
import { expect, type Page } from '@playwright/test';

export const PASSWORD = 'quanheng-demo';

/** Accounts of the demo client, with the names its pages show. */
export const PEOPLE = {
	admin: '系统管理员',
	implementer: '实施顾问',
	designer: '薪酬设计',
	approver: '人事总监',
	'head-east': '陈建华',
	'head-south': '黄文静',
	gaolei: '高磊',
	linhui: '林慧',
	auditor: '审计'
} as const;

export type Account = keyof typeof PEOPLE;

/** Signs in through the form, as somebody does who knows the account and the password. */
export async function signIn(page: Page, account: string, password: string): Promise<void> {
	await page.goto('/sign-in');
	await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
	await page.getByLabel('账号', { exact: true }).fill(account);
	await page.getByLabel('密码', { exact: true }).fill(password);
	await page.getByRole('button', { name: '登录', exact: true }).click();
	await expect(page).toHaveURL(/\/clients/);
}

/** Presses the card of a demo person. */
export async function signInByCard(page: Page, account: Account): Promise<void> {
	await page.goto('/sign-in');
	await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
	const card = page.getByRole('button', { name: `${PEOPLE[account]} ${account}` });
	await card.click();
	await expect(page).toHaveURL(/\/clients/);
}
