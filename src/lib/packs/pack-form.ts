/** The questions of an installation, described so that a page, the interface and a test ask the same. */
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import { PERIOD_LENGTHS } from '#lib/engine/scheme/document.ts';
import type { PackField } from './answers.ts';
import type { Pack } from './pack.ts';

/** Everything that can be answered; what is left out keeps what the pack says. */
export function packForm(pack: Pack): PackField[] {
	const documents = [...pack.schemes.values()].map(({ document }) => document);
	const paying = documents.filter(({ payout }) => payout !== undefined);
	return [
		...(paying.length > 0
			? [
					choice('currency', CURRENCY, agreed(paying.map(({ payout }) => payout?.currency)), {
						schemes: paying.map(({ id }) => id)
					})
				]
			: []),
		...(documents.length > 0
			? [
					choice('period', PERIOD, agreed(documents.map(({ period }) => period)), {
						choices: PERIOD_LENGTHS,
						schemes: documents.map(({ id }) => id)
					})
				]
			: []),
		...gradeFields(pack),
		...paramFields(pack)
	];
}

const CURRENCY: LocalText = { 'zh-CN': '奖金币种', en: 'Currency of payouts' };
const PERIOD: LocalText = { 'zh-CN': '考核周期', en: 'Scoring period' };

function choice(
	id: 'currency' | 'period',
	name: LocalText,
	value: string | null,
	more: Partial<Pick<PackField, 'choices' | 'schemes'>>
): PackField {
	return {
		id,
		kind: id,
		name,
		note: null,
		unit: null,
		default: value,
		min: null,
		max: null,
		choices: [],
		perUnit: false,
		schemes: [],
		...more
	};
}

/** What all say; null where they differ. */
function agreed<T>(values: readonly (T | undefined)[]): T | null {
	const [first] = values;
	return first !== undefined && values.every((value) => value === first) ? first : null;
}

/** Lines of grades that reach down to nothing are not asked for: they close the scale. */
function gradeFields(pack: Pack): PackField[] {
	const grades = new Map<string, { name: LocalText; froms: number[]; schemes: string[] }>();
	for (const { document } of pack.schemes.values()) {
		const lowest = document.total?.min ?? 0;
		for (const { id, name, from } of document.grades) {
			if (from <= lowest) continue;
			const known = grades.get(id) ?? { name, froms: [], schemes: [] };
			known.froms.push(from);
			known.schemes.push(document.id);
			grades.set(id, known);
		}
	}
	return [...grades]
		.map(([id, { name, froms, schemes }]): PackField => ({
			id: `grades.${id}`,
			kind: 'grade',
			name,
			note: null,
			unit: 'score',
			default: agreed(froms),
			min: 0,
			max: null,
			choices: [],
			perUnit: false,
			schemes
		}))
		.sort((a, b) => Number(b.default ?? 0) - Number(a.default ?? 0));
}

function paramFields(pack: Pack): PackField[] {
	return pack.manifest.params.map((param): PackField => ({
		id: `params.${param.id}`,
		kind: 'param',
		name: param.name,
		note: param.note ?? null,
		unit: param.unit,
		default: param.months ?? param.default,
		min: param.min ?? null,
		max: param.max ?? null,
		choices: [],
		perUnit: true,
		schemes: [...pack.schemes.values()]
			.filter(({ source }) => JSON.stringify(source).includes(`"param.${param.id}"`))
			.map(({ document }) => document.id)
	}));
}
