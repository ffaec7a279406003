/** The industries of the demo: one client each, from the sample data of its pack. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';

export interface DemoWorld {
	readonly pack: string;
	/** What heads are asked to propose in the target cycle that stands open. */
	readonly cycle: { readonly topic: LocalText; readonly metrics: readonly string[] };
	/** What the client calls the positions that its data hold as codes. */
	readonly positions: Readonly<Record<string, LocalText>>;
}

function names(
	words: Readonly<Record<string, readonly [chinese: string, english: string]>>
): Readonly<Record<string, LocalText>> {
	return Object.fromEntries(
		Object.entries(words).map(([code, [chinese, english]]) => [
			code,
			{ 'zh-CN': chinese, en: english }
		])
	);
}

/** The first is the client that people who work for all of them start at. */
export const DEMO_WORLDS: readonly DemoWorld[] = [
	{
		pack: 'freight-forwarding',
		cycle: {
			topic: { 'zh-CN': '销售目标', en: 'Sales targets' },
			metrics: ['collected_revenue', 'new_customers', 'customer_visits']
		},
		positions: names({
			sales: ['销售', 'Sales'],
			operations: ['操作', 'Operations'],
			documents: ['单证', 'Documents'],
			customs: ['关务', 'Customs'],
			pricing: ['航线报价', 'Pricing'],
			receivables: ['应收', 'Receivables'],
			overseas_rep: ['驻外代表', 'Overseas representative'],
			branch_manager: ['分公司负责人', 'Branch manager']
		})
	},
	{
		pack: 'manufacturing',
		cycle: {
			topic: { 'zh-CN': '生产目标', en: 'Production targets' },
			metrics: ['good_output', 'finished_quantity', 'kaizen_proposals']
		},
		positions: names({
			production: ['生产', 'Production'],
			operator: ['操作工', 'Operator'],
			line_leader: ['线长', 'Line leader'],
			maintenance: ['设备维护', 'Maintenance'],
			quality: ['质量', 'Quality'],
			planner: ['计划', 'Planner'],
			warehouse: ['仓储', 'Warehouse'],
			plant_manager: ['厂长', 'Plant manager'],
			rd_engineer: ['研发工程师', 'R&D engineer'],
			overseas_service: ['驻外服务', 'Overseas service'],
			sales: ['产品销售', 'Product sales']
		})
	},
	{
		pack: 'fintech',
		cycle: {
			topic: { 'zh-CN': '业务目标', en: 'Business targets' },
			metrics: ['disbursed_amount', 'net_inflow', 'customer_visits']
		},
		positions: names({
			sales: ['销售', 'Sales'],
			channel_sales: ['渠道销售', 'Channel sales'],
			loan_bd: ['信贷客户经理', 'Loan development'],
			collection: ['催收', 'Collection'],
			risk: ['风控', 'Risk'],
			operations: ['运营', 'Operations'],
			growth: ['增长', 'Growth'],
			compliance: ['合规', 'Compliance'],
			engineering: ['技术', 'Engineering'],
			wealth: ['财富顾问', 'Wealth adviser'],
			business_head: ['业务负责人', 'Business head'],
			ecommerce: ['电商', 'E-commerce'],
			overseas_rep: ['驻外商户拓展', 'Overseas representative']
		})
	}
];
