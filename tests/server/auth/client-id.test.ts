/** The address of a client is a word that people recognise, whichever languages its name is in. */
import { expect, test } from 'vitest';
import { proposeClientId } from '#lib/server/auth/propose-client-id.ts';
import { CLIENT_ID } from '#lib/server/db/client-path.ts';

test.each([
	['远航货运', 'Yuanhang Forwarding', 'yuanhang-forwarding'],
	['远航货运', '远航货运', 'yuan-hang-huo-yun'],
	['海川 X1', '海川 X1', 'hai-chuan-x1'],
	['360 物流', '360 物流', 'client-360-wu-liu'],
	['！！', '！！', 'client']
])('%s / %s becomes %s', (zh, en, id) => {
	expect(proposeClientId({ 'zh-CN': zh, en })).toBe(id);
	expect(id).toMatch(CLIENT_ID);
});
