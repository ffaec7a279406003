/** The benchmark's report as lines for a terminal. */
import type { BenchReport, Ratio } from '../bench.ts';

const MEGA = 1e6;

function figure(value: number): string {
	return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

function ratioText(ratio: Ratio): string {
	if (ratio.failure) return `failed: ${ratio.failure}`;
	if (ratio.ratio === null) return 'not run';
	const wrong = ratio.different > 0 ? ` (${ratio.different} rows differ)` : '';
	return `${figure(ratio.ratio)} ×${wrong}`;
}

function verdict(reached: boolean | null): string {
	return reached === null ? '' : reached ? 'reached' : 'MISSED';
}

/** The whole report, one line an entry. */
export function printBench(report: BenchReport): string[] {
	const lines = [
		`Machine: ${report.machine} · Node ${report.node} · V8 ${report.engine} · relaxed lane-select: ${report.relaxedSelect ? 'yes' : 'no'}`,
		`Rows: ${report.rows} · ratios of processor time, medians, results compared row by row`,
		''
	];
	for (const scheme of report.schemes) {
		lines.push(
			`${scheme.id} — ${scheme.about}: ${scheme.milliseconds.toFixed(2)} ms, ${(scheme.rowsPerSecond / MEGA).toFixed(1)} M rows/s, ${scheme.nodes} nodes`
		);
		for (const ratio of scheme.ratios) lines.push(`    ${ratio.peer}: ${ratioText(ratio)}`);
	}
	lines.push('', 'Geometric means (goal; no scheme below half of it)');
	for (const { peer, version, ratio, least, goal, reached } of report.summaries) {
		const name = version ? `${peer} ${version}` : peer;
		lines.push(
			ratio === null || least === null
				? `    ${name}: not run`
				: `    ${name}: ${figure(ratio)} × (goal ${goal}), least ${figure(least)} ${verdict(reached)}`
		);
	}
	const { structure, weight } = report.edits;
	lines.push(
		'',
		`Structure edit to complete result, ${structure.rows} rows, slowest scheme (${structure.scheme}): ${structure.processor.toFixed(1)} ms of processor, ${structure.wall.toFixed(1)} ms on the clock (goal ${structure.goal}) ${verdict(structure.processor <= structure.goal)}`
	);
	for (const time of weight)
		lines.push(
			`Weight change with histogram and migration, ${time.rows} rows: ${time.processor.toFixed(2)} ms of processor, ${time.wall.toFixed(2)} ms on the clock (goal ${time.goal}) ${verdict(time.processor <= time.goal)}`
		);
	const { ratio, goal, rows } = report.threads;
	lines.push(
		`Two threads against one, ${rows} rows: ${ratio === null ? 'not run' : `${ratio.toFixed(2)} × (goal ${goal}) ${verdict(ratio >= goal)}`}`,
		`Memory, table and all: ${(report.memory.held / MEGA).toFixed(1)} MB, allowed ${(report.memory.allowed / MEGA).toFixed(1)} MB ${verdict(report.memory.held <= report.memory.allowed)}`
	);
	return lines;
}
