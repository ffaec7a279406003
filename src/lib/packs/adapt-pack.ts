/** A pack with the answers of an installation put in: what the client gets instead of the defaults. */
import {
	diagnose,
	hasErrors,
	pointer,
	type Diagnostic
} from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import {
	PERIOD_LENGTHS,
	type PeriodLength,
	type SchemeDocument,
	type SchemeExample
} from '#lib/engine/scheme/document.ts';
import { parsePeriod, periodId, PERIOD_MONTHS } from '#lib/engine/scheme/period.ts';
import { parseScheme } from '#lib/engine/scheme/validate.ts';
import { runExample } from '#lib/engine/score/examples.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { answerDiagnostics } from './answer-diagnostics.ts';
import type { PackAnswers, PackField, ParamAnswer } from './answers.ts';
import { packDictionary } from './dictionary.ts';
import { foundWords } from './fields.ts';
import type { Pack, PackScheme } from './pack.ts';
import { packForm } from './pack-form.ts';

export interface AdaptedPack {
	/** The pack itself where nothing was answered. */
	readonly pack: Pack;
	/** What is wrong with the answers, by their place; with an error the pack must not be used. */
	readonly findings: readonly Diagnostic[];
}

/** Puts the answers into the schemes of a pack. Values of parameters stay beside it (`paramAnswer`). */
export function adaptPack(pack: Pack, answers: PackAnswers): AdaptedPack {
	const findings = judgeAnswers(pack, answers);
	if (hasErrors(findings) || !changesSchemes(answers)) return { pack, findings };
	const schemes = new Map<string, PackScheme>();
	const dictionary = packDictionary(pack.manifest, pack.metrics);
	for (const [id, scheme] of pack.schemes) {
		const source = adaptDocument(scheme.source as JsonObject, answers);
		const { scheme: document, diagnostics } = parseScheme(source, {
			metrics: pack.metrics,
			dictionary
		});
		findings.push(...diagnostics.filter(({ severity }) => severity === 'error'));
		if (!document) continue;
		const expected = withExpectations(document, scheme.document);
		schemes.set(id, {
			...scheme,
			document: expected,
			// A document was read from JSON, so it is JSON; its interface only lacks the index signature.
			source: expected as unknown as Json
		});
	}
	return { pack: hasErrors(findings) ? pack : { ...pack, schemes }, findings };
}

/** The answer about one parameter in its long form. */
export function paramAnswer(answers: PackAnswers, id: string): ParamAnswer {
	const answer = answers.params?.[id];
	return typeof answer === 'number' ? { value: answer } : (answer ?? {});
}

function changesSchemes({ currency, period, grades }: PackAnswers): boolean {
	return currency !== undefined || period !== undefined || Object.keys(grades ?? {}).length > 0;
}

function adaptDocument(source: JsonObject, answers: PackAnswers): JsonObject {
	const { currency, period, grades } = answers;
	const payout = source['payout'] as JsonObject | undefined;
	const list = (source['grades'] ?? []) as readonly JsonObject[];
	return {
		...source,
		...(period === undefined ? {} : { period }),
		...(currency === undefined || !payout ? {} : { payout: { ...payout, currency } }),
		grades: list.map((grade) => {
			const from = grades?.[String(grade['id'])];
			return from === undefined ? grade : { ...grade, from };
		})
	};
}

/**
 * Golden employees were written for the pack's own lines and period. Where the answers move these,
 * what comes out moves with them, so the expectation is stated anew.
 */
function withExpectations(document: SchemeDocument, before: SchemeDocument): SchemeDocument {
	if (!document.examples || JSON.stringify(document) === JSON.stringify(before)) return document;
	const prepared = prepareScheme(document);
	const examples = document.examples.map((written): SchemeExample => {
		const example =
			written.period === undefined
				? written
				: { ...written, period: periodAround(written.period, document.period) };
		const { mismatches } = runExample(prepared, example);
		const moved = Object.fromEntries(mismatches.map(({ key, found }) => [key, found]));
		return { ...example, expect: { ...example.expect, ...moved } };
	});
	return { ...document, examples };
}

/** The period of a length in which another one lies, by the calendar year. */
function periodAround(id: string, length: PeriodLength): string {
	const period = parsePeriod(id);
	if (!period) return id;
	const month = (period.index - 1) * PERIOD_MONTHS[period.length];
	return periodId(length, period.year, Math.floor(month / PERIOD_MONTHS[length]) + 1);
}

function judgeAnswers(pack: Pack, answers: PackAnswers): Diagnostic[] {
	const findings: Diagnostic[] = [];
	const form = new Map(packForm(pack).map((field) => [field.id, field]));
	const judge = (at: string, id: string, test: (field: PackField) => void): void => {
		const field = form.get(id);
		if (field) test(field);
		else {
			const known = [...form.keys()].join(', ') || '-';
			findings.push(
				diagnose(answerDiagnostics, 'answer_unknown', at, { field: id.slice(0, 80), known })
			);
		}
	};
	const refuse = (at: string, field: string, expected: Phrase, found: unknown): void => {
		findings.push(
			diagnose(answerDiagnostics, 'answer_refused', at, {
				field,
				expected: expected.en,
				expected_zh: expected['zh-CN'],
				found: foundWords(found)
			})
		);
	};
	const { currency, period } = answers;
	if (currency !== undefined) {
		judge('/currency', 'currency', () => {
			if (!/^[A-Z]{3}$/.test(currency)) refuse('/currency', 'currency', A_CURRENCY, currency);
		});
	}
	if (period !== undefined) {
		judge('/period', 'period', () => {
			if (!PERIOD_LENGTHS.includes(period)) refuse('/period', 'period', A_PERIOD, period);
		});
	}
	for (const [grade, from] of Object.entries(answers.grades ?? {})) {
		const at = pointer('/grades', grade);
		judge(at, `grades.${grade}`, (field) => {
			if (!fits(field, from)) refuse(at, field.id, figureOf(field), from);
		});
	}
	for (const id of Object.keys(answers.params ?? {})) {
		const at = pointer('/params', id);
		judge(at, `params.${id}`, (field) => {
			for (const [where, value] of figuresOf(paramAnswer(answers, id))) {
				if (!fits(field, value)) refuse(at + where, field.id, figureOf(field), value);
			}
			const { months } = paramAnswer(answers, id);
			if (months && months.length !== 12) refuse(`${at}/months`, field.id, TWELVE, months);
		});
	}
	return findings;
}

type Phrase = Diagnostic['message'];

const A_CURRENCY: Phrase = {
	'zh-CN': '三个大写字母的币种代码',
	en: 'a currency code of three capitals'
};
const A_PERIOD: Phrase = {
	'zh-CN': `以下之一：${PERIOD_LENGTHS.join('、')}`,
	en: `one of ${PERIOD_LENGTHS.join(', ')}`
};
const TWELVE: Phrase = { 'zh-CN': '十二个数字，一月在前', en: 'twelve numbers, January first' };

function figureOf({ min, max }: PackField): Phrase {
	if (min === null && max === null) return { 'zh-CN': '数字', en: 'a number' };
	return {
		'zh-CN': `${min ?? '-∞'} 到 ${max ?? '∞'} 之间的数字`,
		en: `a number from ${min ?? '-∞'} to ${max ?? '∞'}`
	};
}

function figuresOf({ value, units, months }: ParamAnswer): (readonly [string, number])[] {
	return [
		...(value === undefined ? [] : [['', value] as const]),
		...Object.entries(units ?? {}).map(
			([unit, figure]) => [pointer('/units', unit), figure] as const
		),
		...(months ?? []).map((figure, index) => [pointer('/months', index), figure] as const)
	];
}

function fits({ min, max }: PackField, value: unknown): boolean {
	return (
		typeof value === 'number' &&
		Number.isFinite(value) &&
		value >= (min ?? -Infinity) &&
		value <= (max ?? Infinity)
	);
}
