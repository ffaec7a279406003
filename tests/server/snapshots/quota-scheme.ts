/** The files of a sales force and the scheme they are scored by; no server, so browser tests use it too. */
export interface SalesFiles {
	readonly employees: Uint8Array | string;
	readonly names: Uint8Array | string;
	readonly months: Uint8Array | string;
	readonly quotas: Uint8Array | string;
}

/** 70 × min(attainment, 1.2) + 30 × min(orders ÷ 40, 1): the example of the data's own README. */
export const QUOTA_SCHEME = {
	format: 'quanheng.scheme/1',
	id: 'quota',
	name: { 'zh-CN': '销售定额', en: 'Sales quota' },
	period: 'quarter',
	applies_to: { in: ['Sales', { var: 'employee.position' }] },
	weighting: 'percent',
	items: [
		{
			id: 'sales',
			metric: 'sales',
			class: 'result',
			weight: 70,
			score: { '*': [100, { min: [{ var: 'item.attainment' }, 1.2] }] }
		},
		{
			id: 'orders',
			metric: 'orders',
			class: 'process',
			weight: 30,
			score: { '*': [100, { min: [{ '/': [{ var: 'item.actual' }, 40] }, 1] }] }
		}
	],
	grades: [
		{ id: 'good', name: { 'zh-CN': '良好', en: 'Good' }, from: 80 },
		{ id: 'fair', name: { 'zh-CN': '合格', en: 'Fair' }, from: 0 }
	]
} as const;
