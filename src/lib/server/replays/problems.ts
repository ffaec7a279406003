import { defineProblems } from '../http/problem.ts';

/** Refusals of replays and previews. */
export const replayProblems = defineProblems({
	draft_unsound: {
		status: 422,
		text: {
			'zh-CN': '草稿还不能计算：有 {count} 处错误。',
			en: 'The draft cannot be scored yet: it has {count} errors.'
		},
		advice: { 'zh-CN': '请先按各处的说明修改。', en: 'Repair each as it says.' }
	},
	range_empty: {
		status: 422,
		text: {
			'zh-CN': '{from} 至 {to} 没有可以回放的数据。',
			en: 'There is no data to replay from {from} to {to}.'
		},
		advice: {
			'zh-CN': '请选择有人员与指标数据的期间，或先导入历史。',
			en: 'Choose periods with people and figures, or import the history first.'
		}
	},
	history_empty: {
		status: 422,
		text: { 'zh-CN': '这个客户还没有任何指标数据。', en: 'This client has no figures yet.' },
		advice: { 'zh-CN': '请先导入人员和历史数据。', en: 'Import people and their history first.' }
	},
	replay_not_done: {
		status: 409,
		text: { 'zh-CN': '回放还没有完成。', en: 'The replay is not done.' },
		advice: { 'zh-CN': '请等它完成，或重新开始。', en: 'Wait for it, or start another.' }
	},
	replay_alone: {
		status: 409,
		text: {
			'zh-CN': '这次回放没有可比的版本，没有变化可以拆分。',
			en: 'This replay has no version to compare with, so there is no change to split.'
		},
		advice: {
			'zh-CN': '请从现行版本新建草稿后再回放。',
			en: 'Start a draft from a version and replay that.'
		}
	},
	preview_superseded: {
		status: 409,
		text: { 'zh-CN': '已有更新的修改在计算。', en: 'A newer edit is being scored.' },
		advice: { 'zh-CN': '无需处理。', en: 'Nothing to do.' }
	},
	preview_failed: {
		status: 500,
		text: { 'zh-CN': '预览没有算完。', en: 'The preview could not be finished.' },
		advice: { 'zh-CN': '请再试一次，或缩小期间。', en: 'Try again, or with fewer periods.' }
	}
});
