import { defineProblems } from '../http/problem.ts';

/** Refusals of scoring runs and scorecards. */
export const scoringProblems = defineProblems({
	no_version_in_force: {
		status: 422,
		text: {
			'zh-CN': '{period} 没有生效的方案版本。',
			en: 'No version of a scheme is in force in {period}.'
		},
		advice: {
			'zh-CN': '请先发布一个从该期或更早生效的版本。',
			en: 'Publish a version that takes effect in that period or before.'
		}
	},
	period_unknown: {
		status: 422,
		text: { 'zh-CN': '“{period}”不是考核期。', en: '“{period}” is no scoring period.' },
		advice: {
			'zh-CN': '例如 2026-01、2026-Q1、2026-H1 或 2026。',
			en: 'Write 2026-01, 2026-Q1, 2026-H1 or 2026.'
		}
	},
	nobody_employed: {
		status: 422,
		text: { 'zh-CN': '{period} 没有在职人员。', en: 'Nobody was employed in {period}.' },
		advice: {
			'zh-CN': '请先导入人员，或选择其他期间。',
			en: 'Import people first, or choose another period.'
		}
	},
	run_not_done: {
		status: 409,
		text: {
			'zh-CN': '这次核算没有完成，不能公布。',
			en: 'This scoring run is not done and cannot be released.'
		},
		advice: { 'zh-CN': '请等它完成，或重新核算。', en: 'Wait for it, or run again.' }
	}
});
