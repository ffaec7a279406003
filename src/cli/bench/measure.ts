/** Measuring on a machine that does other things too: processor time, medians, warm code. */

/** The middle of several figures. */
export function median(figures: readonly number[]): number {
	const sorted = [...figures].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Geometric mean: the fair middle of ratios. */
export function geometricMean(ratios: readonly number[]): number {
	return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}

/** Milliseconds of processor time that this process has used, all its threads together. */
export function processorMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

/** Lets code that is compiled in the background take over, and collected memory go. */
export function settle(ms = 60): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, ms);
	});
}

const SETTLE_MS = 400;

export interface Timing {
	/** Milliseconds of processor time. */
	readonly processor: number;
	/** Milliseconds on the clock. */
	readonly wall: number;
}

export interface MeasureOptions {
	readonly warmUps?: number;
	readonly repeats?: number;
}

/** The time of a piece of work, once and cold. */
export async function timeOnce(work: () => void | Promise<void>): Promise<Timing> {
	const [processor, wall] = [processorMs(), performance.now()];
	await work();
	return { processor: processorMs() - processor, wall: performance.now() - wall };
}

/** The median time of a piece of work after warming up. */
export async function measure(
	work: () => void | Promise<void>,
	{ warmUps = 3, repeats = 7 }: MeasureOptions = {}
): Promise<Timing> {
	for (let i = 0; i < warmUps; i++) await work();
	// Kernels are compiled again in the background once they prove hot; that must be over.
	await settle(SETTLE_MS);
	await work();
	const timings: Timing[] = [];
	for (let i = 0; i < repeats; i++) {
		timings.push(await timeOnce(work));
	}
	return {
		processor: median(timings.map((timing) => timing.processor)),
		wall: median(timings.map((timing) => timing.wall))
	};
}
