/** The industries of the demo: one client each, from the sample data of its pack. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';

export interface DemoWorld {
	readonly pack: string;
	/** What heads are asked to propose in the target cycle that stands open. */
	readonly cycle: { readonly topic: LocalText; readonly metrics: readonly string[] };
}

/** The first is the client that people who work for all of them start at. */
export const DEMO_WORLDS: readonly DemoWorld[] = [
	{
		pack: 'freight-forwarding',
		cycle: {
			topic: { 'zh-CN': '销售目标', en: 'Sales targets' },
			metrics: ['collected_revenue', 'new_customers', 'customer_visits']
		}
	},
	{
		pack: 'manufacturing',
		cycle: {
			topic: { 'zh-CN': '生产目标', en: 'Production targets' },
			metrics: ['good_output', 'finished_quantity', 'kaizen_proposals']
		}
	},
	{
		pack: 'fintech',
		cycle: {
			topic: { 'zh-CN': '业务目标', en: 'Business targets' },
			metrics: ['disbursed_amount', 'net_inflow', 'customer_visits']
		}
	}
];
