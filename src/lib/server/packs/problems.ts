/** Refusals about rule packs. */
import { defineProblems } from '../http/problem.ts';

export const packProblems = defineProblems({
	pack_not_found: {
		status: 404,
		text: { 'zh-CN': '没有规则包 {pack}。', en: 'There is no pack {pack}.' },
		advice: {
			'zh-CN': '可用的规则包：{known}。',
			en: 'The packs at hand are: {known}.'
		}
	},
	pack_invalid: {
		status: 422,
		text: {
			'zh-CN': '规则包 {pack} 有 {count} 处错误，没有安装任何内容。',
			en: 'The pack {pack} has {count} errors; nothing was installed.'
		},
		advice: {
			'zh-CN': '按列出的位置逐条修正，或使用规则包的其他版本。',
			en: 'Correct the places listed, or take another version of the pack.'
		}
	},
	pack_tests_fail: {
		status: 422,
		text: {
			'zh-CN': '规则包 {pack} 有 {count} 条测试不通过，没有安装任何内容。',
			en: '{count} tests of the pack {pack} fail; nothing was installed.'
		},
		advice: {
			'zh-CN': '运行 quanheng pack test 查看是哪几条。',
			en: 'Run quanheng pack test to see which.'
		}
	},
	pack_conflicts: {
		status: 409,
		text: {
			'zh-CN': '有 {count} 项与客户现有内容不同，尚未说明如何处理。',
			en: '{count} parts differ from what the client has, and nobody said what to do about them.'
		},
		advice: {
			'zh-CN': '对每一项选择保留现有（keep）或采用规则包（replace）：{parts}。',
			en: 'Choose for each to keep the client’s or to replace it: {parts}.'
		}
	},
	pack_changed: {
		status: 409,
		text: {
			'zh-CN': '规则包在查看计划之后变了。',
			en: 'The pack changed after its plan was shown.'
		},
		advice: { 'zh-CN': '重新查看安装计划。', en: 'Look at the plan again.' }
	},
	param_unknown: {
		status: 422,
		text: { 'zh-CN': '规则包没有参数 {param}。', en: 'The pack has no parameter {param}.' },
		advice: { 'zh-CN': '参数有：{known}。', en: 'Its parameters are: {known}.' }
	}
});
