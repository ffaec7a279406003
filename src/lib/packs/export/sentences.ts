/** The tests of an exported scheme: its golden employees, and what typical figures come to. Pure. */
import type { Json, JsonObject, Value } from '#lib/engine/logic/rule.ts';
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import { prepareScheme } from '#lib/engine/score/prepare.ts';
import { scoreRow } from '#lib/engine/score/score-row.ts';
import type { WrittenTest } from './pack-texts.ts';

const EXAMPLE_PERIOD = { month: '2026-01', quarter: '2026-Q1', half: '2026-H1', year: '2026' };

/** Typical values by variable path. */
export type TypicalValues = ReadonlyMap<string, Value>;

/** Golden employees first; a scheme without any gets what typical figures come to today. */
export function exportedTests(scheme: SchemeDocument, typical: TypicalValues): WrittenTest[] {
	const period = EXAMPLE_PERIOD[scheme.period];
	const golden = (scheme.examples ?? []).map((example): WrittenTest => ({
		name: example.name,
		scheme: scheme.id,
		period: example.period ?? period,
		given: example.given,
		expect: example.expect
	}));
	return golden.length > 0 ? golden : [characterised(scheme, typical, period)];
}

function characterised(
	scheme: SchemeDocument,
	typical: TypicalValues,
	period: string
): WrittenTest {
	const prepared = prepareScheme(scheme);
	const given: Record<string, Json> = {};
	for (const path of prepared.paths) {
		const value = typical.get(path);
		if (value !== undefined && value !== null && !path.startsWith('period.')) {
			given[path] = value as Json;
		}
	}
	const variables = new Map<string, Value>(Object.entries(given));
	variables.set('period.id', period);
	variables.set('employee.id', 'test');
	const scorecard = scoreRow(prepared, variables);
	const expect: JsonObject =
		scorecard.status === 'scored'
			? { status: 'scored', score: scorecard.score, grade: scorecard.grade }
			: { status: scorecard.status };
	return {
		name: {
			'zh-CN': `按典型数据计分的${scheme.name['zh-CN']}员工`,
			en: `Somebody scored by ${scheme.name.en} on typical figures`
		},
		scheme: scheme.id,
		period,
		given,
		expect
	};
}
