import { defineProblems } from '../http/problem.ts';

/** Refusals about the calendar of working days. */
export const calendarProblems = defineProblems({
	calendar_day_refused: {
		status: 422,
		text: {
			'zh-CN': '“{day}”不是 {year} 年的日期。',
			en: '“{day}” is no day of {year}.'
		},
		advice: { 'zh-CN': '请写成 {year}-10-01。', en: 'Write it as {year}-10-01.' }
	},
	calendar_day_twice: {
		status: 422,
		text: { 'zh-CN': '{day} 出现了两次。', en: '{day} stands twice.' },
		advice: { 'zh-CN': '请只保留一行。', en: 'Keep one of the lines.' }
	}
});
