/** AT-12, AT-13, AT-14: the freight pack's sales scheme, built from a blank page; see `support/sales-walk.ts`. */
import { PointingHand } from './support/hand.ts';
import { assertIsPack, build } from './support/sales-walk.ts';
import { test } from './support/test.ts';

test('by mouse, the stored scheme is the pack’s', async ({ visit }) => {
	test.setTimeout(240_000);
	const page = await visit('designer');
	await assertIsPack(page, await build(page, new PointingHand()));
});
