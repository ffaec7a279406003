/** The clauses of a scoring standard in words: tiers, steps, caps, and what is met or not. */
import { narrow, parseQuantity } from '#lib/ui/parse-number.ts';

export interface Tier {
	readonly kind: 'tier';
	readonly low: number;
	readonly high: number;
	/** The upper limit itself belongs to the tier. */
	readonly takesHigh: boolean;
	readonly isPercent: boolean;
	/** Null for full marks. */
	readonly score: number | null;
}

export type Clause =
	| Tier
	| { readonly kind: 'otherwise'; readonly score: number }
	/** “每低于 1% 扣 2 分” */
	| {
			readonly kind: 'each';
			readonly side: 'below' | 'above' | 'count';
			readonly size: number;
			readonly isPercent: boolean;
			readonly points: number;
			readonly adds: boolean;
			/** The step says how late or over, so it counts from nothing. */
			readonly fromZero: boolean;
	  }
	| { readonly kind: 'proportional' }
	| { readonly kind: 'cap'; readonly value: number; readonly isPercent: boolean }
	| { readonly kind: 'full'; readonly score: number }
	| { readonly kind: 'floor' }
	| { readonly kind: 'pass'; readonly score: number | null }
	| { readonly kind: 'fail'; readonly score: number };

const DIGITS: Readonly<Record<string, string>> = {
	一: '1',
	二: '2',
	两: '2',
	三: '3',
	四: '4',
	五: '5',
	六: '6',
	七: '7',
	八: '8',
	九: '9',
	十: '10'
};

/** One spelling for what people write in many. */
export function plainStandard(text: string): string {
	return narrow(text)
		.replaceAll(/\r?\n/g, ';')
		.replaceAll(/\s/g, '')
		.replaceAll(/(?:大于等于|大于或等于|>=|不低于|不少于|不小于|至少)/g, '≥')
		.replaceAll(/(?:小于等于|小于或等于|<=|不高于|不超过|不大于|不多于)(?!\d+分)/g, '≤')
		.replaceAll(/(?<![每不])(?:大于|高于|多于|超过)/g, '>')
		.replaceAll(/(?<![每不])(?:小于|低于|少于|不足|不到)/g, '<')
		.replaceAll(
			/(?<=每|扣|加|减)([一二两三四五六七八九十])(?=[个次起例件天票单分项处])/g,
			(_, digit: string) => DIGITS[digit] ?? digit
		)
		.replaceAll(
			/(?<=每[^\d一二两三四五六七八九十]{0,6})([一二两三四五六七八九十])(?=[个次起例件天票单项处])/g,
			(_, digit: string) => DIGITS[digit] ?? digit
		)
		.replaceAll(/[~～—–]|至(?=\d)|到(?=\d)/g, '-')
		.replaceAll(/^[\d①②③④⑤⑥⑦⑧⑨]+[.、)](?!\d)/g, '');
}

/** The clauses of a standard; null where one of them is not understood. */
export function readClauses(text: string): readonly Clause[] | null {
	const parts = plainStandard(text)
		.split(/[,;。!、]|(?<=分)(?=[^,;。!、)分])/)
		.map((part) => part.replace(/^(?:[(（]?[\d①②③④⑤⑥⑦⑧⑨]+[)）.]|[:：]|其中|则|的)(?!\d)/, ''))
		.filter((part) => part !== '');
	const clauses: Clause[] = [];
	for (const part of parts) {
		const clause = readClause(part);
		if (!clause) return null;
		clauses.push(clause);
	}
	return clauses.length === 0 ? null : clauses;
}

const NUMBER = String.raw`(\d+(?:\.\d+)?(?:%|万|亿)?)`;
const UNIT = String.raw`(?:个百分点|百分点|个|元|小时|天|次|票|单|件|分钟|人|家|起|例|项|处|ppm|PPM)?`;
const SCORE = String.raw`(?:得|计|为|记|给|=|:)?(?:(满分|全分)|(不得分|不计分|无分|零分|0分)|(\d+(?:\.\d+)?)分)$`;
/** What the tier is about may be named before it. */
const SUBJECT = String.raw`^(?:当)?(?:实际)?[^\d<>≥≤=每扣加]{0,12}?`;

function scoreOf(
	full: string | undefined,
	none: string | undefined,
	figure: string | undefined
): number | null {
	if (full) return null;
	return none ? 0 : Number(figure);
}

function readClause(part: string): Clause | null {
	return (
		readEach(part) ??
		readLimit(part) ??
		readTier(part) ??
		readMet(part) ??
		(isProportional(part) ? { kind: 'proportional' } : null)
	);
}

const EACH = new RegExp(
	String.raw`^[^\d每]{0,10}每(低于|低|减少|降低|少|下降|落后|欠|差|高于|高出|高|超过|超出|超额|超|增加|增|多|上升|提高|上涨|延迟|延误|逾期|迟到|迟|晚|滞后|出现|发生|产生|缺少|缺|漏|错|有|投诉)?[^\d扣加减]{0,8}?(?:${NUMBER})?(个百分点|百分点|[^\d扣加减%]{0,4})(?:则)?(扣|减|加|增加|奖励)(?:除)?(\d+(?:\.\d+)?)分?$`
);
const BELOW = /^(低|减|降|少|下|落|欠|差)/;
const LATE = /^(延|逾|迟|晚|滞)/;
const ABOVE = /^(高|超|增|多|上|提)/;

function readEach(part: string): Clause | null {
	const match = EACH.exec(part);
	if (!match) return null;
	const [, verb = '', number = '1', unit = '', deed = '', points = ''] = match;
	const value = parseQuantity(number);
	if (value === null) return null;
	const points100 = unit.includes('百分点') && !number.endsWith('%');
	const isLate = LATE.test(verb);
	const side = BELOW.test(verb) ? 'below' : ABOVE.test(verb) || isLate ? 'above' : 'count';
	return {
		kind: 'each',
		side,
		size: points100 ? value / 100 : value,
		isPercent: number.endsWith('%') || points100,
		points: Number(points),
		adds: deed !== '扣' && deed !== '减',
		fromZero: isLate || side === 'count'
	};
}

/** A cap written without a unit is points from here on. */
const LEAST_POINTS = 10;

function readLimit(part: string): Clause | null {
	if (/^(?:扣完为止|扣至0分为止|最低0分|不出现负分|不计负分|直至扣完)$/.test(part))
		return { kind: 'floor' };
	const cap =
		/^(?:得分)?(?:最高|封顶|上限|最多|不超过|最高不超过|至多|以)(?:得|为|加到|至)?(\d+(?:\.\d+)?)(分|%)?(?:封顶|为上限|为限)?$/.exec(
			part
		);
	if (cap) {
		const isPercent = cap[2] === '%';
		const value = Number(cap[1]);
		// Without a unit a large number is points; “1.2” may be either and is asked.
		if (cap[2] === undefined && value < LEAST_POINTS) return null;
		return { kind: 'cap', value: isPercent ? value / 100 : value, isPercent };
	}
	const full = /^(?:满分|总分|基础分|基本分|标准分)(?:为|:)?(\d+(?:\.\d+)?)分$/.exec(part);
	return full ? { kind: 'full', score: Number(full[1]) } : null;
}

const HAS = String.raw`(?:\(含\)|含)?`;
const NOT = String.raw`(\(含\)|\(不含\)|含|不含)?`;
const TIERS = {
	between: new RegExp(`${SUBJECT}${NUMBER}${UNIT}${HAS}-${NUMBER}${UNIT}${NOT}(?:之间)?${SCORE}`),
	chained: new RegExp(`^${NUMBER}${UNIT}(≤|<)[^\\d<>≥≤]{0,10}(≤|<)${NUMBER}${UNIT}${SCORE}`),
	signed: new RegExp(
		`${SUBJECT}(≥|≤|>|<|=|达到|完成)${NUMBER}${UNIT}(?:\\(含\\)|时|的|以上|及以上)*${SCORE}`
	),
	above: new RegExp(
		`${SUBJECT}${NUMBER}${UNIT}(?:\\(含\\)|含|及|或)*以上(?:\\(含\\)|含|的)*${SCORE}`
	),
	below: new RegExp(
		`${SUBJECT}${NUMBER}${UNIT}(\\(含\\)|含|及|\\(不含\\))*以下(?:\\(不含\\)|的)*${SCORE}`
	),
	/** Two figures in a row are told apart by a verb alone. */
	at: new RegExp(`${SUBJECT}${NUMBER}${UNIT}(?=得|计)${SCORE}`)
} as const;

function tier(
	low: string | null,
	high: string | null,
	takesHigh: boolean,
	score: number | null
): Tier | null {
	const from = low === null ? -Infinity : parseQuantity(low);
	const to = high === null ? Infinity : parseQuantity(high);
	if (from === null || to === null) return null;
	const isPercent = `${low ?? ''}${high ?? ''}`.includes('%');
	// “90-100%” writes the sign once.
	const scale = (value: number, text: string | null) =>
		isPercent && text !== null && !text.endsWith('%') ? value / 100 : value;
	const limits = { low: scale(from, low), high: scale(to, high) };
	return limits.low > limits.high ? null : { kind: 'tier', ...limits, takesHigh, isPercent, score };
}

function readTier(part: string): Clause | null {
	const otherwise = new RegExp(`^(?:其他|其余|否则|以外|其它)(?:情况)?${SCORE}`).exec(part);
	if (otherwise)
		return { kind: 'otherwise', score: scoreOf(undefined, otherwise[2], otherwise[3]) ?? 100 };
	const between = TIERS.between.exec(part);
	if (between) {
		const [, low = '', high = '', ends, full, none, figure] = between;
		// Only the last word of “48-72 小时（含）” decides; without it the next tier takes its start.
		return tier(low, high, ends === '(含)' || ends === '含', scoreOf(full, none, figure));
	}
	const chained = TIERS.chained.exec(part);
	if (chained) {
		const [, low = '', , sign, high = '', full, none, figure] = chained;
		return tier(low, high, sign === '≤', scoreOf(full, none, figure));
	}
	const signed = TIERS.signed.exec(part);
	if (signed) {
		const [, sign, value = '', full, none, figure] = signed;
		const score = scoreOf(full, none, figure);
		if (sign === '<') return tier(null, value, false, score);
		if (sign === '≤') return tier(null, value, true, score);
		const above = tier(value, null, false, score);
		// “>48” begins after 48: the tier below keeps its limit.
		return above && sign === '>' ? { ...above, takesHigh: true } : above;
	}
	const above = TIERS.above.exec(part);
	if (above) return tier(above[1] ?? '', null, false, scoreOf(above[2], above[3], above[4]));
	const below = TIERS.below.exec(part);
	if (below) {
		const takes = /^(?:\(含\)|含|及)/.test(below[2] ?? '');
		return tier(null, below[1] ?? '', takes, scoreOf(below[3], below[4], below[5]));
	}
	const at = TIERS.at.exec(part);
	return at ? tier(at[1] ?? '', null, false, scoreOf(at[2], at[3], at[4])) : null;
}

const MET = new RegExp(
	`^(?:达标|达成|完成|达到目标|达到目标值|完成目标|合格|完成任务|按时完成|按期完成)(?:的|者|则)?${SCORE}`
);
const NOT_MET = new RegExp(
	`^(?:未达标|不达标|未达成|未完成|未达到目标|未达到目标值|未完成目标|不合格|未达到|未按时完成|未按期完成)(?:的|者|则)?${SCORE}`
);

function readMet(part: string): Clause | null {
	const failed = NOT_MET.exec(part);
	if (failed) return { kind: 'fail', score: scoreOf(undefined, failed[2], failed[3]) ?? 0 };
	const met = MET.exec(part);
	return met ? { kind: 'pass', score: scoreOf(met[1], met[2], met[3]) } : null;
}

function isProportional(part: string): boolean {
	return (
		/^(?:得分)?(?:按|根据|依)(?:照)?(?:实际)?(?:目标)?(?:完成|达成)?(?:的)?(?:率|比例|比率|百分比)?(?:完成率|达成率|比例)?(?:得分|计分|给分|折算|计算|核算)(?:得分)?$/.test(
			part
		) ||
		/^(?:得分|考核得分|分数)?=?(?:实际(?:完成)?(?:值|额|数)?[/÷]目标(?:值|额|数)?|(?:目标)?(?:完成率|达成率))[×*xX](?:100|100分|100%|权重|分值|标准分|满分)$/.test(
			part
		)
	);
}
