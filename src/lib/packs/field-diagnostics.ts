/** What can be wrong with single fields of a pack: types, texts, ids, versions, figures. */
import { defineDiagnostics } from '#lib/engine/diagnostics/diagnostic.ts';

export const fieldDiagnostics = defineDiagnostics({
	field_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '这里没有叫 {field} 的字段。',
			en: 'There is no field {field} here.'
		},
		advice: { 'zh-CN': '可用的字段：{allowed}。', en: 'The fields are: {allowed}.' },
		help: {
			'zh-CN': '不认识的字段多半是拼写错误；放过它，作者以为生效的设定就不会生效。',
			en: 'An unknown field is mostly a misspelling; letting it pass would leave a setting without effect.'
		}
	},
	field_missing: {
		severity: 'error',
		message: { 'zh-CN': '缺少字段 {field}。', en: 'The field {field} is missing.' },
		advice: { 'zh-CN': '补上 {field}：{expected_zh}。', en: 'Add {field}: {expected}.' },
		help: {
			'zh-CN': '没有它，这条记录就不完整。',
			en: 'The record is not complete without it.'
		}
	},
	field_type: {
		severity: 'error',
		message: {
			'zh-CN': '这里应为{expected_zh}，实际是 {found}。',
			en: 'Expected {expected} here, found {found}.'
		},
		advice: { 'zh-CN': '改成{expected_zh}。', en: 'Write {expected}.' },
		help: {
			'zh-CN': '值按写明的类型读取，从不猜测。',
			en: 'Values are read as the type they are declared to have, never guessed.'
		}
	},
	text_language_missing: {
		severity: 'error',
		message: {
			'zh-CN': '这段文字缺少 {locale} 版本。',
			en: 'This text has no {locale} version.'
		},
		advice: {
			'zh-CN': '同时写 zh-CN 和 en。',
			en: 'Write both zh-CN and en.'
		},
		help: {
			'zh-CN': '同一家客户里有人读中文，有人读英文。',
			en: 'One client has readers of Chinese and of English.'
		}
	},
	text_unsafe: {
		severity: 'error',
		message: {
			'zh-CN': '给人看的文字里有 {found}。',
			en: 'A text shown to people contains {found}.'
		},
		advice: { 'zh-CN': '只写普通文字。', en: 'Write plain text.' },
		help: {
			'zh-CN': '标记和不可见字符会伪装成别的内容。',
			en: 'Markup and invisible characters can pose as something else.'
		}
	},
	id_form: {
		severity: 'error',
		message: {
			'zh-CN': '标识 {id} 的写法不对，应为{expected}。',
			en: 'The id {id} is not well formed; it must be {expected}.'
		},
		advice: {
			'zh-CN': '改用小写英文单词，例如 {example}。',
			en: 'Use lower-case words such as {example}.'
		},
		help: {
			'zh-CN': '标识出现在规则、表头和地址里，写法必须一致。',
			en: 'Ids appear in rules, headers and addresses and must be written alike.'
		}
	},
	id_not_file_name: {
		severity: 'error',
		message: {
			'zh-CN': '标识 {id} 与文件名 {path} 不一致。',
			en: 'The id {id} is not the name of its file {path}.'
		},
		advice: { 'zh-CN': '文件名与标识用同一个词。', en: 'Give the file the name of the id.' },
		help: {
			'zh-CN': '这样按文件名就能找到一切。',
			en: 'So that everything can be found by its file name.'
		}
	},
	id_duplicate: {
		severity: 'error',
		message: { 'zh-CN': '标识 {id} 用了两次。', en: 'The id {id} is used twice.' },
		advice: { 'zh-CN': '改掉其中一个。', en: 'Rename one of them.' },
		help: { 'zh-CN': '标识在文件内唯一。', en: 'Ids are unique in their file.' }
	},
	version_form: {
		severity: 'error',
		message: {
			'zh-CN': '{found} 不是版本号（主.次.修订，例如 1.0.0）。',
			en: '{found} is not a version (major.minor.patch, such as 1.0.0).'
		},
		advice: { 'zh-CN': '写成 1.0.0 的形式。', en: 'Write it like 1.0.0.' },
		help: {
			'zh-CN': '升级靠版本号判断先后。',
			en: 'Upgrades are ordered by version.'
		}
	},
	engine_range: {
		severity: 'error',
		message: {
			'zh-CN': '{found} 不是版本范围（例如 ^0.1.0 或 >=0.1.0 <2.0.0）。',
			en: '{found} is not a range of versions (such as ^0.1.0 or >=0.1.0 <2.0.0).'
		},
		advice: { 'zh-CN': '写明适用的引擎版本。', en: 'Say which engine versions the pack fits.' },
		help: {
			'zh-CN': '同一条规则在不同引擎版本下含义必须相同。',
			en: 'A rule must mean the same under every engine that runs it.'
		}
	},
	engine_unsupported: {
		severity: 'error',
		message: {
			'zh-CN': '规则包要求引擎 {range}，当前是 {found}。',
			en: 'The pack needs engine {range}; this is {found}.'
		},
		advice: {
			'zh-CN': '升级 Quanheng，或使用适合 {found} 的规则包版本。',
			en: 'Upgrade Quanheng, or take a version of the pack that fits {found}.'
		},
		help: {
			'zh-CN': '同一条规则在不同引擎版本下含义必须相同。',
			en: 'A rule must mean the same under every engine that runs it.'
		}
	},
	param_outside: {
		severity: 'error',
		message: {
			'zh-CN': '参数默认值 {found} 超出允许范围 {min} 到 {max}。',
			en: 'The value {found} lies outside the range from {min} to {max} that the parameter allows.'
		},
		advice: {
			'zh-CN': '改默认值，或放宽 min、max。',
			en: 'Change the value, or widen min and max.'
		},
		help: {
			'zh-CN': '安装时客户填写的值也按这个范围检查，默认值自己必须先符合。',
			en: 'The answers given at installation are held to the same range, so the default has to fit first.'
		}
	}
});
