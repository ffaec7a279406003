/** What can be wrong with a rule pack: the words for its author, in both languages. */
import { defineDiagnostics } from '#lib/engine/diagnostics/diagnostic.ts';

export const packDiagnostics = defineDiagnostics({
	pack_file_missing: {
		severity: 'error',
		message: {
			'zh-CN': '规则包缺少文件 {path}。',
			en: 'The pack has no file {path}.'
		},
		advice: {
			'zh-CN': '补上 {path}；rule-packs/README.md 说明了每个文件的内容。',
			en: 'Add {path}; rule-packs/README.md says what each file holds.'
		},
		help: {
			'zh-CN': '每个规则包都要说明自己是什么、改过什么，否则实施人员无法判断能不能用。',
			en: 'A pack has to say what it is and what changed in it; without that nobody can judge it.'
		}
	},
	pack_path_unsafe: {
		severity: 'error',
		message: {
			'zh-CN': '文件名 {path} 不安全：{problem_zh}。',
			en: 'The file name {path} is not safe: {problem}.'
		},
		advice: {
			'zh-CN': '文件名只用字母、数字、点、连字符和下划线，用 / 分隔，不离开规则包目录。',
			en: 'Use letters, digits, dots, hyphens and underscores, separated by /, inside the pack folder.'
		},
		help: {
			'zh-CN':
				'带 .. 、盘符、反斜杠或控制字符的文件名可能把内容写到规则包目录之外，因此在写入任何内容之前就拒绝。',
			en: 'A name with .., a drive letter, a backslash or a control character could write outside the pack, so it is refused before anything is written.'
		}
	},
	pack_path_clash: {
		severity: 'error',
		message: {
			'zh-CN': '文件 {path} 与 {other} 只有大小写不同。',
			en: 'The files {path} and {other} differ only in upper and lower case.'
		},
		advice: { 'zh-CN': '改掉其中一个名字。', en: 'Rename one of them.' },
		help: {
			'zh-CN': '在不区分大小写的磁盘上，两个文件会互相覆盖。',
			en: 'On a disk that ignores case one file would overwrite the other.'
		}
	},
	pack_file_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '规则包里不该有文件 {path}。',
			en: 'A pack has no place for the file {path}.'
		},
		advice: {
			'zh-CN':
				'允许的是 pack.yaml、README.md、CHANGELOG.md、metrics/*.yaml、records/*.yaml、schemes/*.json、tests/*.yaml、presets/*.yaml、sample-data/generator.yaml 和 sample-data/README.md。',
			en: 'Allowed are pack.yaml, README.md, CHANGELOG.md, metrics/*.yaml, records/*.yaml, schemes/*.json, tests/*.yaml, presets/*.yaml, sample-data/generator.yaml and sample-data/README.md.'
		},
		help: {
			'zh-CN': '不认识的文件多半是拼错的目录名；放过它，里面的内容就会悄悄丢失。',
			en: 'An unknown file is mostly a misspelt folder; letting it pass would lose its content silently.'
		}
	},
	pack_too_many_files: {
		severity: 'error',
		message: {
			'zh-CN': '规则包有 {found} 个文件，最多 {limit} 个。',
			en: 'The pack has {found} files; at most {limit} are allowed.'
		},
		advice: { 'zh-CN': '拆成几个规则包。', en: 'Split it into several packs.' },
		help: {
			'zh-CN': '上限防止恶意或损坏的压缩包占满磁盘和内存。',
			en: 'The limit keeps a hostile or damaged archive from filling disk and memory.'
		}
	},
	pack_too_large: {
		severity: 'error',
		message: {
			'zh-CN': '规则包共 {found} 字节，最多 {limit} 字节。',
			en: 'The pack has {found} bytes in all; at most {limit} are allowed.'
		},
		advice: { 'zh-CN': '删去不需要的内容。', en: 'Remove what it does not need.' },
		help: {
			'zh-CN': '上限防止恶意或损坏的压缩包占满磁盘和内存。',
			en: 'The limit keeps a hostile or damaged archive from filling disk and memory.'
		}
	},
	file_too_large: {
		severity: 'error',
		message: {
			'zh-CN': '文件有 {found} 字节，最多 {limit} 字节；没有读取。',
			en: 'The file has {found} bytes, at most {limit} are allowed; it was not read.'
		},
		advice: { 'zh-CN': '把内容分到几个文件里。', en: 'Split the content over several files.' },
		help: {
			'zh-CN': '解析 YAML 的时间随键的数量平方增长，所以先看大小再解析。',
			en: 'The time to parse YAML grows with the square of its keys, so the size is checked first.'
		}
	},
	file_not_text: {
		severity: 'error',
		message: {
			'zh-CN': '文件不是 UTF-8 文本：{problem}。',
			en: 'The file is not UTF-8 text: {problem}.'
		},
		advice: { 'zh-CN': '另存为 UTF-8 文本。', en: 'Save it as UTF-8 text.' },
		help: {
			'zh-CN': '规则包只有文本文件；控制字符会藏起内容。',
			en: 'A pack holds text only; control characters can hide content from its readers.'
		}
	},
	yaml_syntax: {
		severity: 'error',
		message: { 'zh-CN': 'YAML 写错了：{problem}', en: 'The YAML cannot be read: {problem}' },
		advice: {
			'zh-CN': '检查这一行的缩进、引号和冒号。',
			en: 'Check indentation, quotes and colons of this line.'
		},
		help: {
			'zh-CN': '读不懂的文件不会只用一半。',
			en: 'A file that cannot be read is never used in part.'
		}
	},
	yaml_forbidden: {
		severity: 'error',
		message: {
			'zh-CN': '规则包的 YAML 不允许 {found}。',
			en: 'YAML in a pack must not use {found}.'
		},
		advice: {
			'zh-CN': '把内容直接写出来；需要原样的文本时加引号。',
			en: 'Write the content out; put quotes around a text that begins with this sign.'
		},
		help: {
			'zh-CN': '锚点、别名和标签会让小文件膨胀，或让同一段内容含义不明；写出来的内容人人看得懂。',
			en: 'Anchors, aliases and tags let a small file explode or hide what it means; what is written out can be read by anyone.'
		}
	},
	yaml_too_deep: {
		severity: 'error',
		message: {
			'zh-CN': '嵌套超过 {limit} 层。',
			en: 'The content is nested deeper than {limit} levels.'
		},
		advice: { 'zh-CN': '把内容写平一些。', en: 'Make it flatter.' },
		help: {
			'zh-CN': '没有哪个规则包需要这么深；过深的嵌套只用来拖垮解析器。',
			en: 'No pack needs that depth; it only serves to exhaust a parser.'
		}
	},
	key_duplicate: {
		severity: 'error',
		message: {
			'zh-CN': '{key} 写了两次，第一次在第 {first} 行。',
			en: '{key} is written twice, first in line {first}.'
		},
		advice: { 'zh-CN': '删去其中一处。', en: 'Remove one of them.' },
		help: {
			'zh-CN': '后写的会悄悄盖掉先写的。',
			en: 'The later one would silently replace the earlier one.'
		}
	},
	key_unsafe: {
		severity: 'error',
		message: { 'zh-CN': '不允许用 {key} 作为名字。', en: '{key} is not allowed as a name.' },
		advice: { 'zh-CN': '换一个名字。', en: 'Use another name.' },
		help: {
			'zh-CN': '这些名字会碰到程序语言自身的属性。',
			en: 'These names reach into the programming language itself.'
		}
	},
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
	},
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
