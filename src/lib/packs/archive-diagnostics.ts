/** What can be wrong with the zip of a pack, before its content is judged. */
import { defineDiagnostics } from '#lib/engine/diagnostics/diagnostic.ts';

const unpackHelp = {
	'zh-CN': '压缩包先按目录检查，通过后才解开到内存；有一处不对就整包拒绝，已安装的规则包不受影响。',
	en: 'An archive is judged by its directory first and unpacked into memory only after that; one fault refuses all of it, and the installed pack stays.'
};
const signHelp = {
	'zh-CN':
		'清单记下每个文件的 SHA-256，签名盖住清单：改动、增删任何文件，或换掉、去掉签名，都会被发现。',
	en: 'The manifest holds the SHA-256 of every file and the signature covers the manifest: a file that was changed, added or removed, and a signature that was swapped or taken away, are all found.'
};
const build = {
	'zh-CN': '用 quanheng pack build 重新打包。',
	en: 'Build the archive again with quanheng pack build.'
};
const askAuthor = {
	'zh-CN': '不要安装；向规则包作者索取原件。',
	en: 'Do not install it; ask the author of the pack for the original.'
};

export const archiveDiagnostics = defineDiagnostics({
	archive_unreadable: {
		severity: 'error',
		message: {
			'zh-CN': '这不是完整的 zip 压缩包：{problem}。',
			en: 'This is no whole zip archive: {problem}.'
		},
		advice: build,
		help: unpackHelp
	},
	archive_too_large: {
		severity: 'error',
		message: {
			'zh-CN': '压缩包有 {found} 字节，最多 {limit} 字节；没有打开。',
			en: 'The archive has {found} bytes, at most {limit} are allowed; it was not opened.'
		},
		advice: {
			'zh-CN': '删去规则包不需要的内容。',
			en: 'Remove what the pack does not need.'
		},
		help: unpackHelp
	},
	archive_encrypted: {
		severity: 'error',
		message: {
			'zh-CN': '{path} 加了密，无法检查。',
			en: '{path} is encrypted, so nobody can judge it.'
		},
		advice: { 'zh-CN': '不加密码，重新打包。', en: 'Build the archive without a password.' },
		help: unpackHelp
	},
	archive_not_a_file: {
		severity: 'error',
		message: {
			'zh-CN': '{path} 不是普通文件（{what_zh}）。',
			en: '{path} is not a plain file ({what}).'
		},
		advice: {
			'zh-CN': '只打包普通文件，不要符号链接或设备。',
			en: 'Pack plain files only, no symbolic links or devices.'
		},
		help: unpackHelp
	},
	archive_duplicate: {
		severity: 'error',
		message: {
			'zh-CN': '{path} 在压缩包里出现了两次。',
			en: '{path} stands twice in the archive.'
		},
		advice: build,
		help: unpackHelp
	},
	archive_bomb: {
		severity: 'error',
		message: {
			'zh-CN': '{path} 声称 {declared} 字节，实际 {found} 字节，远超压缩后的大小。',
			en: '{path} declares {declared} bytes and holds {found}, far more than an honest file would.'
		},
		advice: askAuthor,
		help: unpackHelp
	},
	archive_nested: {
		severity: 'error',
		message: {
			'zh-CN': '{path} 里面又是一个压缩包。',
			en: '{path} is an archive inside the archive.'
		},
		advice: {
			'zh-CN': '规则包里只放文本文件。',
			en: 'A pack holds text files only.'
		},
		help: unpackHelp
	},
	archive_method: {
		severity: 'error',
		message: {
			'zh-CN': '{path} 用了不支持的压缩方式 {found}，只支持存储和 deflate。',
			en: '{path} is compressed by method {found}; only stored and deflate are read.'
		},
		advice: build,
		help: unpackHelp
	},
	manifest_missing: {
		severity: 'error',
		message: {
			'zh-CN': '压缩包里没有清单 MANIFEST.json。',
			en: 'The archive has no MANIFEST.json.'
		},
		advice: build,
		help: signHelp
	},
	manifest_refused: {
		severity: 'error',
		message: {
			'zh-CN': '清单里 {field} 应为{expected_zh}，实际是 {found}。',
			en: 'In the manifest {field} should be {expected}; found {found}.'
		},
		advice: build,
		help: signHelp
	},
	hash_wrong: {
		severity: 'error',
		message: {
			'zh-CN': '{path} 的内容与清单不符：清单是 {expected}，实际是 {found}。',
			en: '{path} is not what the manifest says: it should have the hash {expected}, it has {found}.'
		},
		advice: askAuthor,
		help: signHelp
	},
	file_unlisted: {
		severity: 'error',
		message: {
			'zh-CN': '清单里没有 {path}。',
			en: 'The manifest does not list {path}.'
		},
		advice: askAuthor,
		help: signHelp
	},
	file_listed_missing: {
		severity: 'error',
		message: {
			'zh-CN': '清单列了 {path}，压缩包里没有。',
			en: 'The manifest lists {path}, which the archive does not have.'
		},
		advice: askAuthor,
		help: signHelp
	},
	signature_stripped: {
		severity: 'error',
		message: {
			'zh-CN': '清单写明由 {signer} 签名，签名却不在压缩包里。',
			en: 'The manifest says that {signer} signed it, but the signature is gone.'
		},
		advice: askAuthor,
		help: signHelp
	},
	signature_wrong: {
		severity: 'error',
		message: {
			'zh-CN': '签名与清单对不上：清单或签名被改过。',
			en: 'The signature does not fit the manifest: one of them was changed.'
		},
		advice: askAuthor,
		help: signHelp
	},
	signer_unknown: {
		severity: 'error',
		message: {
			'zh-CN': '签名所用的密钥 {key} 不在受信任的密钥里。',
			en: 'The key {key} that signed it is not among the trusted keys.'
		},
		advice: {
			'zh-CN':
				'确认来源后，由管理员把公钥文件放进数据目录的 pack-keys 文件夹（命令行用 --trust）。',
			en: 'If you know where it comes from, an administrator puts the public key into the folder pack-keys of the data directory (on the command line: --trust).'
		},
		help: signHelp
	},
	signer_expired: {
		severity: 'error',
		message: {
			'zh-CN': '密钥 {signer} 已于 {until} 失效。',
			en: 'The key {signer} was valid until {until}.'
		},
		advice: {
			'zh-CN': '请作者用有效的密钥重新签名。',
			en: 'Ask the author to sign it with a key that is valid.'
		},
		help: signHelp
	},
	pack_test_fails: {
		severity: 'error',
		message: {
			'zh-CN': '测试不通过：{name}：{problem}',
			en: 'A test fails: {name}: {problem}'
		},
		advice: {
			'zh-CN': '运行 quanheng pack test 查看经过，改正方案或测试。',
			en: 'Run quanheng pack test to see how it came about, and correct the scheme or the test.'
		},
		help: {
			'zh-CN': '方案不按自己的例句计分，就不安装。',
			en: 'A pack whose schemes do not score as its own sentences say is not installed.'
		}
	}
});
