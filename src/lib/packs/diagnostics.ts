/** What can be wrong with a rule pack: the words for its author, in both languages. */
import { defineDiagnostics } from '#lib/engine/diagnostics/diagnostic.ts';
import { fieldDiagnostics } from './field-diagnostics.ts';
import { fileDiagnostics } from './file-diagnostics.ts';

export const packDiagnostics = defineDiagnostics({
	...fileDiagnostics,
	...fieldDiagnostics,
	reference_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '{what_zh} {id} 在规则包里不存在。',
			en: 'The pack has no {what} {id}.'
		},
		advice: { 'zh-CN': '已有的是：{known}。', en: 'It has: {known}.' },
		help: {
			'zh-CN': '指向不存在的东西的引用永远取不到值。',
			en: 'A reference to something that does not exist never has a value.'
		}
	},
	test_empty: {
		severity: 'error',
		message: { 'zh-CN': '这个测试什么也没有期望。', en: 'This test expects nothing.' },
		advice: {
			'zh-CN': '写明 status、score、grade 或某个考核项的得分。',
			en: 'State a status, score, grade or the score of an item.'
		},
		help: {
			'zh-CN': '没有期望的测试永远通过，却什么也没证明。',
			en: 'A test without an expectation always passes and proves nothing.'
		}
	},
	test_expect_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '测试不能期望 {field}。',
			en: 'A test cannot expect {field}.'
		},
		advice: {
			'zh-CN':
				'可以期望 status、score、grade、payout、insights、items.<id>.score、items.<id>.points。',
			en: 'It can expect status, score, grade, payout, insights, items.<id>.score, items.<id>.points.'
		},
		help: {
			'zh-CN': '拼错的期望会让测试失去意义。',
			en: 'A misspelt expectation would make the test meaningless.'
		}
	},
	test_given_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '测试给出了变量 {path}，但规则包不认识它。',
			en: 'The test gives the variable {path}, which the pack does not know.'
		},
		advice: {
			'zh-CN': '改成已有的变量；属性写进 pack.yaml 的 requires.attributes。',
			en: 'Use a known variable; attributes belong into requires.attributes of pack.yaml.'
		},
		help: {
			'zh-CN': '给错名字的变量等于没给，测试就测了别的情况。',
			en: 'A variable under a wrong name is missing, and the test would test something else.'
		}
	},
	scheme_untested: {
		severity: 'warning',
		message: {
			'zh-CN': '方案 {scheme} 没有测试。',
			en: 'The scheme {scheme} has no tests.'
		},
		advice: {
			'zh-CN': '在 tests/{scheme}.yaml 里写出管理者能核对的句子，每个边界两侧各一句。',
			en: 'Write sentences that a manager can check into tests/{scheme}.yaml, one on each side of a boundary.'
		},
		help: {
			'zh-CN': '没有测试的方案，升级时没人知道它变没变。',
			en: 'Without tests nobody knows whether an upgrade changed what a scheme means.'
		}
	},
	changelog_version_missing: {
		severity: 'warning',
		message: {
			'zh-CN': 'CHANGELOG.md 没有写版本 {version}。',
			en: 'CHANGELOG.md says nothing about version {version}.'
		},
		advice: {
			'zh-CN': '加一节 ## {version}，写明影响哪些指标和方案、从哪个周期起。',
			en: 'Add a section ## {version}: which metrics and schemes are affected, and from which period.'
		},
		help: {
			'zh-CN': '不写程序的人靠它判断与自己有没有关系。',
			en: 'It tells readers who do not program whether a version concerns them.'
		}
	}
});
