import { defineProblems } from '../http/problem.ts';

/** Refusals about metric definitions and settings. */
export const metricProblems = defineProblems({
	metric_refused: {
		status: 422,
		text: {
			'zh-CN': '指标定义有 {count} 处错误。',
			en: 'The metric definition has {count} errors.'
		},
		advice: { 'zh-CN': '请按各处的说明修改。', en: 'Repair each as it says.' }
	},
	metric_exists: {
		status: 409,
		text: { 'zh-CN': '已经有名为“{metric}”的指标。', en: 'There is a metric “{metric}” already.' },
		advice: {
			'zh-CN': '请换一个标识，或修订已有的指标。',
			en: 'Choose another id, or revise the one that exists.'
		}
	},
	metric_stale: {
		status: 409,
		text: {
			'zh-CN': '此指标已被他人修订到第 {current} 版，您看到的是第 {seen} 版。',
			en: 'Somebody revised this metric to revision {current}; you saw revision {seen}.'
		},
		advice: {
			'zh-CN': '请打开最新版本后再修改。',
			en: 'Open the newest revision and make your change there.'
		}
	},
	metric_used: {
		status: 409,
		text: {
			'zh-CN': '“{metric}”仍被使用：{users}。',
			en: '“{metric}” is still used by {users}.'
		},
		advice: {
			'zh-CN': '请先让它们改用别的指标；已发布的版本不受影响。',
			en: 'Let those use another metric first; published versions are not affected.'
		}
	},
	setting_refused: {
		status: 422,
		text: {
			'zh-CN': '设置“{key}”的值不符合要求。',
			en: 'The value of the setting “{key}” does not fit.'
		},
		advice: { 'zh-CN': '请按说明填写。', en: 'Fill it in as described.' }
	}
});
