/**
 * A whole scheme as sentences: what an approver reads, what is printed, what an audit keeps. From
 * templates only, so that the same document always reads the same.
 */
import type { Locale } from '../diagnostics/diagnostic.ts';
import type { Json } from '../logic/rule.ts';
import { ruleSentence } from '../logic/sentence.ts';
import {
	TOTAL_DEFAULTS,
	type GateEffect,
	type SchemeDocument,
	type SchemeItem
} from '../scheme/document.ts';
import type { PlainScheme } from './sections.ts';
import { VariableNames, type NameOptions } from './variable-names.ts';
import { SETTING_WORDS } from './words.ts';

export interface SchemeSentenceOptions extends NameOptions {
	readonly locale: Locale;
}

/** One sentence of a scheme and the part of the document that it reads. */
export interface SchemeSentence {
	/** JSON Pointer of the part. */
	readonly at: string;
	readonly text: string;
}

/** The sentences of a scheme in document order. */
export function schemeSentences(
	scheme: SchemeDocument,
	options: SchemeSentenceOptions
): SchemeSentence[] {
	const zh = options.locale === 'zh-CN';
	const sentences: SchemeSentence[] = [];
	const say = (at: string, chinese: string, english: string): void => {
		sentences.push({ at, text: zh ? chinese : english });
	};
	const names = new VariableNames(scheme as unknown as PlainScheme, options);
	const rule = (value: Json): string =>
		ruleSentence(value, { locale: options.locale, dictionary: names.of(null) });
	const word = (key: string): string => SETTING_WORDS[key]?.[options.locale] ?? key;
	const name = scheme.name[options.locale];

	say('', `《${name}》按${word(scheme.period)}考核。`, `“${name}” scores ${word(scheme.period)}.`);
	if (scheme.applies_to === true) say('/applies_to', '适用于所有人。', 'It applies to everyone.');
	else
		say(
			'/applies_to',
			`适用于：${rule(scheme.applies_to)}。`,
			`It applies when ${rule(scheme.applies_to)}.`
		);
	if (scheme.weighting === 'percent') {
		say('/weighting', '各考核项得分按权重加权平均。', 'Item scores are averaged by weight.');
	} else {
		say('/weighting', '各考核项得分直接相加。', 'Item scores are points and are added up.');
	}
	for (const [index, item] of scheme.items.entries()) {
		sentences.push({ at: `/items/${index}`, text: itemSentence(item, scheme, options, names) });
	}
	for (const [index, adjustment] of (scheme.adjustments ?? []).entries()) {
		const label = adjustment.name[options.locale];
		say(
			`/adjustments/${index}`,
			`加减分「${label}」：当 ${rule(adjustment.when)}，加 ${rule(adjustment.points)} 分。`,
			`Adjustment “${label}”: when ${rule(adjustment.when)}, add ${rule(adjustment.points)} points.`
		);
	}
	const { min, max, decimals } = { ...TOTAL_DEFAULTS, ...scheme.total };
	say(
		'/total',
		`总分限制在 ${min} 到 ${max} 之间，保留 ${decimals} 位小数。`,
		`The total stays between ${min} and ${max} and is rounded to ${decimals} ${decimals === 1 ? 'decimal' : 'decimals'}.`
	);
	for (const [index, gate] of (scheme.gates ?? []).entries()) {
		const label = gate.name[options.locale];
		const effect = effectSentence(gate.effect, scheme, options.locale);
		say(
			`/gates/${index}`,
			`红线「${label}」：当 ${rule(gate.when)}，${effect}。`,
			`Gate “${label}”: when ${rule(gate.when)}, ${effect}.`
		);
	}
	sayGrades(scheme, options.locale, say);
	if (scheme.payout) {
		const { currency, amount, decimals: digits = 2 } = scheme.payout;
		say(
			'/payout',
			`奖金（${currency}，${digits} 位小数）：${rule(amount)}。`,
			`Payout (${currency}, ${digits} decimals): ${rule(amount)}.`
		);
	}
	for (const [index, insight] of (scheme.insights ?? []).entries()) {
		const message = insight.message[options.locale];
		say(
			`/insights/${index}`,
			`建议：当 ${rule(insight.when)}，提示「${message}」。`,
			`Advice: when ${rule(insight.when)}, say “${message}”.`
		);
	}
	return sentences;
}

function itemSentence(
	item: SchemeItem,
	scheme: SchemeDocument,
	options: SchemeSentenceOptions,
	names: VariableNames
): string {
	const { locale } = options;
	const rule = (value: Json): string =>
		ruleSentence(value, { locale, dictionary: names.of(item.id) });
	const zh = locale === 'zh-CN';
	const label = item.name?.[locale] ?? options.metrics?.get(item.metric)?.name[locale] ?? item.id;
	const score = rule(item.score);
	const parts: string[] = [];
	if (scheme.weighting === 'percent' && item.weight !== undefined) {
		const weight = typeof item.weight === 'number' ? `${item.weight}%` : rule(item.weight);
		const lock = item.locked === true ? (zh ? '（锁定）' : ' (locked)') : '';
		parts.push(zh ? `权重 ${weight}${lock}` : `weight ${weight}${lock}`);
	}
	parts.push(zh ? `得分 = ${score}` : `score = ${score}`);
	parts.push(missingSentence(item, zh));
	return zh ? `考核项「${label}」：${parts.join('；')}。` : `Item “${label}”: ${parts.join('; ')}.`;
}

function missingSentence(item: SchemeItem, zh: boolean): string {
	const policy = item.missing ?? 'block';
	if (typeof policy === 'object') {
		return zh ? `缺数据时记 ${policy.score} 分` : `without data it scores ${policy.score}`;
	}
	const words = {
		block: ['缺数据时不出分', 'without data there is no score'],
		zero: ['缺数据时记 0 分', 'without data it scores 0'],
		exclude: [
			'缺数据时剔除，其余权重折算为 100%',
			'without data it is left out and the other weights are scaled to 100%'
		]
	} as const;
	const [chinese, english] = words[policy];
	return zh ? chinese : english;
}

function effectSentence(effect: GateEffect, scheme: SchemeDocument, locale: Locale): string {
	const zh = locale === 'zh-CN';
	if ('cap' in effect)
		return zh ? `总分最高 ${effect.cap} 分` : `the score is at most ${effect.cap}`;
	if ('score' in effect) return zh ? `总分定为 ${effect.score} 分` : `the score is ${effect.score}`;
	const grade = scheme.grades.find((one) => one.id === effect.grade)?.name[locale] ?? effect.grade;
	return zh ? `等级不高于「${grade}」` : `the grade is no better than ${grade}`;
}

function sayGrades(
	scheme: SchemeDocument,
	locale: Locale,
	say: (at: string, chinese: string, english: string) => void
): void {
	if (scheme.grades.length === 0) return;
	const bands = scheme.grades.map((grade, index) => {
		const better = scheme.grades[index - 1];
		const name = grade.name[locale];
		if (better) return `${name} [${grade.from}, ${better.from})`;
		return locale === 'zh-CN' ? `${name} ≥ ${grade.from}` : `${name} from ${grade.from}`;
	});
	say('/grades', `等级：${bands.join('，')}。`, `Grades: ${bands.join(', ')}.`);
}
