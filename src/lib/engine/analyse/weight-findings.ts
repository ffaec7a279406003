/** The proof of weights as findings, and as the list of totals per region. */
import {
	diagnose,
	type Diagnostic,
	type DiagnosticDetails,
	type LocalText
} from '../diagnostics/diagnostic.ts';
import type { Value } from '../logic/rule.ts';
import { schemeDiagnostics } from '../scheme/diagnostics.ts';
import { percentOf } from '../scheme/validate.ts';
import { both, readable } from './entry.ts';
import { itemNames } from './names.ts';
import type { ParsedScheme } from './parsed.ts';
import { EVERYONE, employeeWords, regionWords } from './region-words.ts';
import { weightDiagnostics } from './weight-diagnostics.ts';
import {
	proveWeights,
	type UnprovenPlace,
	type WeightProof,
	type WrongRegion
} from './weight-proof.ts';
import { weightRepairs, type RepairOptions } from './weight-repairs.ts';

/** The total of the weights for some employees. */
export interface RegionTotal {
	readonly when: LocalText;
	/** In percent. */
	readonly total: number;
	/** Variables of somebody in the region, where the total is wrong. */
	readonly example?: Readonly<Record<string, Value>>;
}

export interface WeightFindings {
	readonly diagnostics: Diagnostic[];
	readonly weights: RegionTotal[];
	/** Null where the scheme adds points. */
	readonly proof: WeightProof | null;
}

const ANYBODY = both('任何人', 'everybody');
const ELSE = both('其他所有人', 'everyone else');
const SOMEBODY = both('部分员工', 'some employees');

/** Proves the weights of a scheme and says what was found. */
export function findWeights(parsed: ParsedScheme, options: RepairOptions): WeightFindings {
	if (parsed.scheme.weighting !== 'percent' || parsed.items.some(({ weight }) => !weight)) {
		return { diagnostics: [], weights: [], proof: null };
	}
	const proof = proveWeights(parsed, options);
	const diagnostics: Diagnostic[] = [];
	const weights: RegionTotal[] = [];
	for (const region of proof.wrong) {
		const when = whereOf(region, options);
		diagnostics.push(wrongRegion(parsed, region, when, proof, options));
		if (region.total !== null) {
			const example = Object.fromEntries(region.employee);
			weights.push({ when, total: percentOf(region.total), example });
		}
	}
	if (proof.status === 'not_proven' || (proof.wrong.length === 0 && proof.unproven.length > 0)) {
		for (const place of proof.unproven) {
			diagnostics.push(notProven(parsed, place, proof, options));
		}
	}
	if (proof.status === 'proven') weights.push({ when: EVERYONE, total: 100 });
	else if (proof.restIsRight) weights.push({ when: ELSE, total: 100 });
	return { diagnostics, weights, proof };
}

function whereOf(region: WrongRegion, { dictionary }: RepairOptions): LocalText {
	return region.sampled ? SOMEBODY : regionWords(region.choices, dictionary);
}

function wrongRegion(
	parsed: ParsedScheme,
	region: WrongRegion,
	when: LocalText,
	proof: WeightProof,
	options: RepairOptions
): Diagnostic {
	const employee = employeeWords(region.employee);
	const where = { region: when.en, region_zh: when['zh-CN'] };
	const example = employee === '' ? 'anybody' : employee;
	if (region.bad) {
		const item = parsed.items[region.bad.item];
		const names = item ? itemNames(item.item, options.metrics?.get(item.item.metric)) : {};
		const code = {
			missing: 'weight_missing_in_branch',
			negative: 'weight_negative',
			not_a_number: 'weight_not_a_number'
		} as const;
		const at = `/items/${region.bad.item}/weight`;
		const details = { ...where, ...names, example };
		return diagnose(weightDiagnostics, code[region.bad.problem], at, details);
	}
	const repairs = weightRepairs(parsed, region, proof.wrong.length, options);
	const total = percentOf(region.total ?? 0);
	const written = parsed.scheme.items.map(({ weight }) => weight);
	if (
		!region.sampled &&
		region.choices.length === 0 &&
		written.every((weight) => typeof weight === 'number')
	) {
		const off = readable(Math.abs(total - 100));
		const details: DiagnosticDetails = {
			total,
			weights: written.join(' + '),
			change: total > 100 ? `Take ${off} away` : `Add ${off}`,
			change_zh: total > 100 ? `减去 ${off}` : `补上 ${off}`
		};
		return diagnose(schemeDiagnostics, 'weights_not_100', '/items', details, { repairs });
	}
	const details = { ...where, total: readable(total), example };
	return diagnose(weightDiagnostics, 'branch_weights_not_100', placeOf(parsed), details, {
		repairs
	});
}

/** The weight that branches, if only one does; else all items. */
function placeOf(parsed: ParsedScheme): string {
	const branching = parsed.items.filter(({ item }) => typeof item.weight !== 'number');
	const [only] = branching;
	return branching.length === 1 && only ? `${only.at}/weight` : '/items';
}

const WHY = {
	open_value: both('取决于运算', 'depends on a calculation'),
	open_condition: both('取决于两个变量之间的比较', 'depends on a comparison of variables'),
	too_large: both(
		'的条件组合超过检查上限',
		'has more combinations of conditions than the bound of the check'
	)
};

function notProven(
	parsed: ParsedScheme,
	place: UnprovenPlace,
	proof: WeightProof,
	options: RepairOptions
): Diagnostic {
	const region =
		place.choices.length > 0 ? regionWords(place.choices, options.dictionary) : ANYBODY;
	const why = WHY[place.reason];
	return diagnose(weightDiagnostics, 'weights_not_proven', place.at, {
		region: region.en,
		region_zh: region['zh-CN'],
		...placeWords(parsed, place.at, options),
		why: why.en,
		why_zh: why['zh-CN'],
		sampled: proof.tried.sampled,
		rows: proof.tried.rows
	});
}

/** The weight that a place belongs to, by the name of its item. */
function placeWords(
	parsed: ParsedScheme,
	at: string,
	{ metrics }: RepairOptions
): { readonly place: string; readonly place_zh: string } {
	const index = /^\/items\/(\d+)\/weight/.exec(at)?.[1];
	const found = index === undefined ? undefined : parsed.items[Number(index)];
	if (!found) return { place: 'the total', place_zh: '合计' };
	const { item, item_zh } = itemNames(found.item, metrics?.get(found.item.metric));
	return { place: `the weight of “${item}”`, place_zh: `「${item_zh}」的权重` };
}
