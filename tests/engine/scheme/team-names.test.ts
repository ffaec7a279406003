import { expect, test } from 'vitest';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import { dictionaryOf } from '#lib/engine/scheme/variables.ts';

function metric(zh: string, en: string): MetricDefinition {
	return {
		id: 'shipments',
		name: { 'zh-CN': zh, en },
		unit: 'count',
		direction: 'higher',
		class: 'result',
		grain: 'unit',
		period: 'month',
		aggregation: 'sum'
	};
}

const teamName = (zh: string, en: string) =>
	dictionaryOf({ metrics: new Map([['shipments', metric(zh, en)]]) }).get('team.shipments.actual')
		?.name;

test('the figure of a team is called the team’s, once', () => {
	expect(teamName('票量', 'Shipments')).toEqual({ 'zh-CN': '团队票量', en: 'team Shipments' });
	expect(teamName('团队票量', 'Team shipments')).toEqual({
		'zh-CN': '团队票量',
		en: 'Team shipments'
	});
});
