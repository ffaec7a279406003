/** What can be wrong with the answers to a pack's questions. */
import { defineDiagnostics } from '#lib/engine/diagnostics/diagnostic.ts';

const help = {
	'zh-CN': '安装前先按规则包的说明核对每个答案，避免方案带着错误的币种、周期、等级线或参数上线。',
	en: 'Answers are judged before anything is installed, so that no scheme starts with a wrong currency, period, line or figure.'
};

export const answerDiagnostics = defineDiagnostics({
	answer_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '规则包没有问 {field}。',
			en: 'The pack does not ask for {field}.'
		},
		advice: {
			'zh-CN': '可以回答的有：{known}。',
			en: 'It asks for: {known}.'
		},
		help
	},
	answer_refused: {
		severity: 'error',
		message: {
			'zh-CN': '{field} 应为{expected_zh}，收到的是 {found}。',
			en: '{field} should be {expected}; found {found}.'
		},
		advice: {
			'zh-CN': '改正这个答案，或留空以采用规则包的默认值。',
			en: 'Correct the answer, or leave it out to take what the pack says.'
		},
		help
	},
	answer_unit_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '{field} 给了部门 {unit} 的数值，但没有这个部门。',
			en: '{field} has a figure for the unit {unit}, which does not exist.'
		},
		advice: {
			'zh-CN': '填写组织树里的部门标识，或先导入组织。',
			en: 'Name a unit of the tree of units, or import the units first.'
		},
		help
	}
});
