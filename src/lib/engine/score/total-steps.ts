/** How a total came about, step by step, in both languages. */
import type { LocalText } from '../diagnostics/diagnostic.ts';
import { numberText } from '../logic/number-text.ts';
import { roundHalfAway } from '../logic/number.ts';
import type { PreparedScheme } from './prepare.ts';
import type { Scorecard } from './scorecard.ts';

/** Numbers in sentences: enough decimals to follow, not more. */
function shown(value: number): string {
	return numberText(roundHalfAway(value, 4));
}

function signed(value: number): string {
	return value < 0 ? `− ${shown(-value)}` : `+ ${shown(value)}`;
}

/** The steps from the items to the grade of a scored scorecard. */
export function stepsOfTotal(
	prepared: PreparedScheme,
	scorecard: Scorecard,
	names: ReadonlyMap<string, LocalText>
): LocalText[] {
	const { document } = prepared;
	const steps: LocalText[] = [];
	const counted = scorecard.items.filter((item) => item.points !== null);
	const sum = (locale: keyof LocalText): string =>
		counted
			.map((item) => `${names.get(item.id)?.[locale] ?? item.id} ${shown(item.points ?? 0)}`)
			.join(' + ');
	const base = shown(scorecard.base ?? 0);
	steps.push({
		'zh-CN': `基础分 = ${sum('zh-CN')} = ${base}`,
		en: `Base = ${sum('en')} = ${base}`
	});
	if (scorecard.scaled)
		steps.push({
			'zh-CN': '权重合计不是 100，预览时已折算到 100',
			en: 'The weights do not total 100; this preview scales them to 100'
		});

	let running = scorecard.base ?? 0;
	for (const { id, points } of scorecard.adjustments) {
		const name = document.adjustments?.find((known) => known.id === id)?.name;
		running += points ?? 0;
		const change = points === null ? '+ 0' : signed(points);
		steps.push({
			'zh-CN': `加减分“${name?.['zh-CN'] ?? id}” ${change} → ${shown(running)}`,
			en: `Adjustment “${name?.en ?? id}” ${change} → ${shown(running)}`
		});
	}
	const { min, max, decimals } = prepared.total;
	const clamped = Math.min(Math.max(running, min), max);
	if (clamped !== running)
		steps.push({
			'zh-CN': `限制在 ${shown(min)} 到 ${shown(max)} 之间 → ${shown(clamped)}`,
			en: `Kept between ${shown(min)} and ${shown(max)} → ${shown(clamped)}`
		});
	running = clamped;
	for (const id of scorecard.gates) {
		const gate = document.gates?.find((known) => known.id === id);
		if (!gate) continue;
		const { effect } = gate;
		if ('cap' in effect) running = Math.min(running, effect.cap);
		else if ('score' in effect) running = effect.score;
		const grade = 'grade' in effect ? gradeName(prepared, effect.grade) : null;
		steps.push({
			'zh-CN': `红线“${gate.name['zh-CN']}”：${
				grade
					? `等级不高于“${grade['zh-CN']}”`
					: 'cap' in effect
						? `封顶 ${shown(effect.cap)}`
						: `定为 ${shown(running)}`
			} → ${shown(running)}`,
			en: `Gate “${gate.name.en}”: ${
				grade
					? `grade no better than “${grade.en}”`
					: 'cap' in effect
						? `capped at ${shown(effect.cap)}`
						: `set to ${shown(running)}`
			} → ${shown(running)}`
		});
	}
	const score = numberText(scorecard.score ?? 0);
	const named = scorecard.grade === null ? null : gradeName(prepared, scorecard.grade);
	steps.push({
		'zh-CN': `保留 ${decimals} 位小数：${score} 分，${named ? `等级“${named['zh-CN']}”` : '没有等级'}`,
		en: `Rounded to ${decimals} decimals: ${score}, ${named ? `grade “${named.en}”` : 'no grade'}`
	});
	return steps;
}

function gradeName(prepared: PreparedScheme, id: string): LocalText {
	return prepared.grades.find((grade) => grade.id === id)?.name ?? { 'zh-CN': id, en: id };
}
