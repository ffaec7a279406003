/** What can be wrong with the files of a pack before anything in them is understood. */
import { defineDiagnostics } from '#lib/engine/diagnostics/diagnostic.ts';

export const fileDiagnostics = defineDiagnostics({
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
	}
});
