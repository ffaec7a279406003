/** The sample client as the files a client would export: what the presets of the pack recognise. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import type { SampleClient, SampleFigure } from './generate-sample.ts';

export interface SampleFiles {
	readonly 'people.csv': string;
	readonly 'observations.csv': string;
	readonly 'targets.csv': string;
}

const PEOPLE_HEADER = [
	'工号',
	'姓名',
	'部门',
	'岗位',
	'工作地点',
	'区域',
	'入职日期',
	'最后工作日',
	'基本工资',
	'生效日期'
];

/** Writes the three exports; unit figures are left out, they come from the operation system. */
export function sampleCsv(
	client: SampleClient,
	metrics: ReadonlyMap<string, MetricDefinition>
): SampleFiles {
	return {
		'people.csv': csv([PEOPLE_HEADER, ...peopleRows(client)]),
		'observations.csv': csv(figureRows(client.observations, metrics, '')),
		'targets.csv': csv(figureRows(client.targets, metrics, '目标'))
	};
}

/** One row for each dated state of a person: the first, and one for each move. */
function peopleRows(client: SampleClient): string[][] {
	const unitNames = new Map<string, LocalText>(client.units.map((unit) => [unit.id, unit.name]));
	return client.people.flatMap((person) => {
		const days = [...new Set(person.facts.map((fact) => fact.validFrom))]
			.filter((day) => day !== person.leftOn)
			.sort();
		return days.map((day) => {
			const on = (attribute: string): string =>
				String(
					person.facts
						.filter((fact) => fact.attribute === attribute && fact.validFrom <= day)
						.at(-1)?.value ?? ''
				);
			return [
				person.id,
				person.name,
				unitNames.get(on('unit'))?.['zh-CN'] ?? on('unit'),
				on('position'),
				on('site'),
				on('region'),
				person.hiredOn,
				person.leftOn ?? '',
				on('base_pay'),
				day
			];
		});
	});
}

/** One row for each person and month, one column for each metric that anybody has. */
function figureRows(
	figures: readonly SampleFigure[],
	metrics: ReadonlyMap<string, MetricDefinition>,
	suffix: string
): string[][] {
	const own = figures.filter((figure) => figure.subjectKind === 'employee');
	const columns = [...new Set(own.map((figure) => figure.metric))].sort();
	const rows = new Map<string, Map<string, number>>();
	for (const { subjectId, period, metric, value } of own) {
		const key = `${subjectId}\n${period}`;
		const row = rows.get(key) ?? new Map<string, number>();
		rows.set(key, row.set(metric, value));
	}
	const header = columns.map((metric) => (metrics.get(metric)?.name['zh-CN'] ?? metric) + suffix);
	return [
		['工号', '月份', ...header],
		...[...rows].map(([key, row]) => [
			...key.split('\n'),
			...columns.map((metric) => String(row.get(metric) ?? ''))
		])
	];
}

function csv(rows: readonly (readonly string[])[]): string {
	return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
