/** The form of a metric loses nothing: every metric of every shipped pack comes back as it was. */
import { describe, expect, test } from 'vitest';
import { parseMetric } from '#lib/engine/scheme/metric-validate.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { loadPack } from '#lib/server/packs/shipped-packs.ts';
import {
	proposeId,
	toDefinition,
	toForm
} from '../../../src/routes/clients/[client]/metrics/metric-form.ts';

describe('a metric in its form', () => {
	test.each(['freight-forwarding', 'manufacturing', 'fintech'])(
		'%s: each metric is the same after the form',
		async (id) => {
			const { pack } = await loadPack(id);
			expect(pack.metrics.size).toBeGreaterThan(20);
			for (const metric of pack.metrics.values()) {
				expect(toDefinition(toForm(metric)), metric.id).toEqual(metric);
			}
		}
	);

	test('every field that a metric may have survives', () => {
		const metric: MetricDefinition = {
			id: 'm',
			name: { 'zh-CN': '名', en: 'Name' },
			description: { 'zh-CN': '口径', en: 'What' },
			unit: 'TEU',
			direction: 'range',
			range: [0.1, 0.9],
			class: 'process',
			grain: 'unit',
			period: 'day',
			aggregation: 'mean',
			target_aggregation: 'last',
			window: { periods: 3, take: 'count' },
			rank: { within: 'client', order: 'low' },
			streak: { when: { '>': [{ var: 'metric.n' }, 0] } },
			from_records: {
				record: 'visit',
				take: 'share',
				column: 'minutes',
				where: { '==': [{ var: 'record.done' }, true] },
				date: 'day'
			},
			valid: [0, 1],
			decimals: 0,
			owner: 'HR',
			entered_by: 'CRM',
			source: { 'zh-CN': '来源', en: 'Source' },
			evidence: { 'zh-CN': '凭证', en: 'Evidence' },
			gaming: { 'zh-CN': '漏洞', en: 'Gaming' },
			controllable: false,
			reference: 'A3'
		};
		expect(parseMetric(metric).diagnostics).toEqual([]);
		expect(toDefinition(toForm(metric))).toEqual(metric);
	});

	test('a new one has a start that is sound once it has a name; one language stands for both', () => {
		const form = toForm(null);
		form.name.en = 'Training hours (2026)';
		form.id = proposeId(form.name);
		expect(form.id).toBe('training_hours_2026');
		const definition = toDefinition(form);
		expect(definition.name).toEqual({
			'zh-CN': 'Training hours (2026)',
			en: 'Training hours (2026)'
		});
		expect(parseMetric(definition).diagnostics).toEqual([]);
	});

	test('what another origin asks for is left out', () => {
		const form = toForm(null);
		form.formula = { var: 'metric.a' };
		form.numerator = 'a';
		form.records.record = 'visit';
		expect(toDefinition(form)).not.toHaveProperty('formula');
		expect(toDefinition(form)).not.toHaveProperty('numerator');
		expect(toDefinition(form)).not.toHaveProperty('from_records');
	});

	test('what is computed of records stays computed, and is left out where records are counted', () => {
		const from = {
			record: 'team_day',
			take: 'sum' as const,
			value: { '*': [{ var: 'record.actual' }, { var: 'record.workers' }] },
			date: 'day'
		};
		const form = toForm(null);
		form.from = 'records';
		form.records = { ...toForm(null).records, ...from, where: undefined, column: '' };
		expect(toDefinition(form).from_records).toEqual(from);
		form.records.take = 'count';
		expect(toDefinition(form).from_records).toEqual({
			record: 'team_day',
			take: 'count',
			date: 'day'
		});
	});
});
