/** AT-12, AT-13, AT-14: the freight pack's sales scheme, built from a blank page; see `support/sales-walk.ts`. */
import { forbidPointers, TypingHand } from './support/hand.ts';
import { assertIsPack, build } from './support/sales-walk.ts';
import { test } from './support/test.ts';

test('by keyboard only, the stored scheme is the pack’s', async ({ visit }) => {
	test.setTimeout(240_000);
	const page = await visit('designer');
	await forbidPointers(page);
	await assertIsPack(page, await build(page, new TypingHand(page)));
});
