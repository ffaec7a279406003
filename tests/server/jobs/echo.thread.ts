import { serveThread } from '#lib/server/jobs/thread.ts';

interface Order {
	readonly steps: number;
	readonly stubborn?: boolean;
	readonly fail?: boolean;
	readonly loop?: boolean;
}

serveThread<Order, { readonly steps: number }>(async (order, tools) => {
	if (order.fail) throw new Error('broken on purpose');
	let steps = 0;
	while (order.loop || steps < order.steps) {
		steps += 1;
		tools.progress(Math.min(1, steps / order.steps));
		if (!order.stubborn) tools.assertWanted();
		await new Promise(setImmediate);
	}
	return { steps };
});
