/**
 * `npm run bench -- --preview`: how long an edit takes from the hand to the screen. A server with a
 * large history, a real browser, a hand that drags a weight: from each `input` event to the frame
 * in which figures of that state, or of a newer one, are painted.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';

/** Goals of the 95th percentile, by rows. */
const SIZES = [
	{ rows: 20_000, goal: 50 },
	{ rows: 180_000, goal: 100 }
];
const MONTHS = 12;
const MOVES = 240;
/** Milliseconds between two moves of the hand: a mouse tells about sixty places a second. */
const PACE = 16;
const WARM_UP = 60;
/** A history of two million figures is read once before the first answer. */
const FIRST_FIGURES_MS = 600_000;

/** Measures both sizes and prints a line for each. */
export async function benchPreview(bench, program) {
	for (const { rows, goal } of SIZES) {
		const dataDir = mkdtempSync(join(tmpdir(), 'quanheng-preview-'));
		try {
			const history = await bench.makePreviewHistory(dataDir, Math.ceil(rows / MONTHS));
			const server = await startServer(join(dirname(program), 'server.js'), dataDir);
			try {
				print(await dragWeight(server.origin, history), goal);
			} finally {
				await server.stop();
			}
		} finally {
			rmSync(dataDir, { recursive: true, force: true });
		}
	}
}

async function startServer(program, dataDir) {
	const port = 4900 + Math.floor(Math.random() * 90);
	const child = spawn(process.execPath, [program], {
		env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'warn' },
		stdio: ['ignore', 'ignore', 'inherit']
	});
	const origin = `http://127.0.0.1:${port}`;
	for (;;) {
		if (child.exitCode !== null) throw new Error('The server did not start.');
		const ready = await fetch(`${origin}/healthz`).catch(() => null);
		if (ready?.ok) break;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	return {
		origin,
		stop: () =>
			new Promise((resolve) => {
				child.once('exit', resolve);
				child.kill('SIGTERM');
			})
	};
}

function chromiumPath() {
	const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
	return existsSync(path) ? { executablePath: path } : {};
}

/** Drags the first weight to and fro and gives what the page saw. */
export async function dragWeight(origin, { client, draft, account, password }) {
	const browser = await chromium.launch({
		...chromiumPath(),
		args: ['--no-sandbox', '--disable-gpu', '--no-first-run']
	});
	try {
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		await page.goto(`${origin}/sign-in`);
		await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
		await page.locator('input[name="account"]:not([type="hidden"])').fill(account);
		await page.locator('input[name="password"]:not([type="hidden"])').fill(password);
		await page.locator('form button[type="submit"]').first().click();
		await page.waitForURL((url) => !url.pathname.includes('sign-in'));
		const answered = page.waitForResponse(
			(response) => response.url().endsWith('/preview/population'),
			{ timeout: FIRST_FIGURES_MS }
		);
		const opened = performance.now();
		await page.goto(`${origin}/clients/${client}/drafts/${draft}`);
		await page.locator('[data-preview="current"]').waitFor({ timeout: FIRST_FIGURES_MS });
		const first = performance.now() - opened;
		const { population } = await (await answered).json();
		const slider = page.locator('input[type="range"]').first();
		await slider.scrollIntoViewIfNeeded();
		await page.evaluate(watch);
		const box = await slider.boundingBox();
		if (!box) throw new Error('There is no weight to drag.');
		const at = (share) => [box.x + box.width * share, box.y + box.height / 2];
		const start = Number(await slider.inputValue()) / Number(await slider.getAttribute('max'));
		await page.mouse.move(...at(start));
		await page.mouse.down();
		for (let move = 0; move < MOVES + WARM_UP; move++) {
			if (move === WARM_UP) await page.evaluate(() => window.previewWatch.begin());
			await page.mouse.move(...at(start + 0.15 * Math.sin(move / 9)));
			await page.waitForTimeout(PACE);
		}
		await page.mouse.up();
		await page.locator('[data-preview="current"]').waitFor();
		const seen = await page.evaluate(() => window.previewWatch.end());
		return { ...seen, first, rows: population.rows };
	} finally {
		await browser.close();
	}
}

/** In the page: notes each input, and the frame in which its figures (or newer ones) are there. */
function watch() {
	const panel = document.querySelector('[data-preview]');
	const waiting = [];
	let latencies = [];
	let frames = [];
	let tasks = [];
	let last = 0;
	new PerformanceObserver((list) => {
		for (const { duration } of list.getEntries()) tasks.push(duration);
	}).observe({ type: 'longtask' });
	// The state that an event made is counted when the page has dealt with it.
	addEventListener(
		'input',
		() => {
			const at = performance.now();
			setTimeout(() => waiting.push({ at, wished: Number(panel.dataset.wished) }));
		},
		true
	);
	const frame = (now) => {
		if (last > 0) frames.push(now - last);
		last = now;
		const shown = Number(panel.dataset.shown);
		// What is there when a frame begins was painted by the frame before, or is by this one.
		const painted = performance.now();
		while (waiting.length > 0 && waiting[0].wished <= shown)
			latencies.push(painted - waiting.shift().at);
		requestAnimationFrame(frame);
	};
	requestAnimationFrame(frame);
	window.previewWatch = {
		begin() {
			latencies = [];
			frames = [];
			tasks = [];
		},
		end: () => ({ latencies, frames, tasks })
	};
}

const percentile = (values, share) =>
	[...values].sort((a, b) => a - b)[
		Math.min(values.length - 1, Math.floor(values.length * share))
	] ?? NaN;

/** One line of the report. */
export function print({ latencies, frames, tasks, rows, first }, goal) {
	const p95 = percentile(latencies, 0.95);
	const verdict = p95 <= goal ? 'reached' : 'MISSED';
	console.log(
		`Preview, ${rows} rows: from input to paint ${percentile(latencies, 0.5).toFixed(0)} ms median, ${p95.toFixed(0)} ms p95 (goal ${goal}) ${verdict}, ${Math.max(...latencies).toFixed(0)} ms at most, ${latencies.length} inputs; longest frame ${Math.max(...frames).toFixed(0)} ms, p95 ${percentile(frames, 0.95).toFixed(0)} ms; ${tasks.length} tasks over 50 ms; first figures after ${(first / 1000).toFixed(1)} s`
	);
}
