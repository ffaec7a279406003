import { defineProblems } from '../http/problem.ts';

/** Refusals and failures of long work. */
export const jobProblems = defineProblems({
	job_over: {
		status: 409,
		text: { 'zh-CN': '这项任务已经结束。', en: 'This job is already over.' },
		advice: { 'zh-CN': '请查看它的结果，或重新开始。', en: 'Look at its result, or start again.' }
	},
	job_interrupted: {
		status: 500,
		text: {
			'zh-CN': '服务器在任务进行中重新启动，任务没有完成。',
			en: 'The server was restarted while the job ran; it was not finished.'
		},
		advice: { 'zh-CN': '请重新开始。', en: 'Start it again.' }
	},
	job_failed: {
		status: 500,
		text: { 'zh-CN': '任务意外失败。', en: 'The job failed unexpectedly.' },
		advice: {
			'zh-CN': '请重试；若仍失败，请把任务编号告诉管理员。',
			en: 'Try again; if it fails again, give its number to the administrator.'
		}
	},
	job_timeout: {
		status: 500,
		text: { 'zh-CN': '任务超时，已停止。', en: 'The job took too long and was stopped.' },
		advice: { 'zh-CN': '请缩小范围后重试。', en: 'Try a smaller range.' }
	}
});
