/** How a command ends early: an exit code, and words that say where, what was expected, what to do. */
import {
	fillText,
	type Diagnostic,
	type DiagnosticDetails,
	type LocalText
} from '#lib/engine/diagnostics/diagnostic.ts';
import { EXIT, type ExitCode } from './io.ts';
import type { FileDiagnostic } from './print-diagnostics.ts';

interface FailureEntry {
	readonly exit: ExitCode;
	readonly text: LocalText;
	readonly advice: LocalText;
}

const FAILURES = {
	file_not_found: {
		exit: EXIT.notFound,
		text: { 'zh-CN': '找不到文件 {path}。', en: 'The file {path} was not found.' },
		advice: {
			'zh-CN': '检查路径；相对路径从 {cwd} 算起，- 表示标准输入。',
			en: 'Check the path; relative paths start from {cwd}, and - is standard input.'
		}
	},
	folder_not_found: {
		exit: EXIT.notFound,
		text: { 'zh-CN': '找不到目录 {path}。', en: 'The folder {path} was not found.' },
		advice: {
			'zh-CN': '检查路径；相对路径从 {cwd} 算起。',
			en: 'Check the path; relative paths start from {cwd}.'
		}
	},
	file_unreadable: {
		exit: EXIT.notFound,
		text: {
			'zh-CN': '无法读取 {path}：{problem}。',
			en: '{path} cannot be read: {problem}.'
		},
		advice: {
			'zh-CN': '检查它是不是普通文件，以及读取权限。',
			en: 'Check that it is a plain file, and that you may read it.'
		}
	},
	file_unwritable: {
		exit: EXIT.failed,
		text: {
			'zh-CN': '无法写入 {path}：{problem}。',
			en: '{path} cannot be written: {problem}.'
		},
		advice: {
			'zh-CN': '检查目录是否存在、是否有写权限、磁盘是否已满。',
			en: 'Check that the folder exists, that you may write to it, and that the disk is not full.'
		}
	},
	stdin_twice: {
		exit: EXIT.usage,
		text: {
			'zh-CN': '标准输入只能用一次，却有两个参数是 -。',
			en: 'Standard input can be used once, but two arguments are -.'
		},
		advice: { 'zh-CN': '把其中一个存成文件。', en: 'Put one of them into a file.' }
	},
	not_utf8: {
		exit: EXIT.refused,
		text: {
			'zh-CN': '{path} 不是 UTF-8 文本（第 {line} 行附近）。',
			en: '{path} is not UTF-8 text (near line {line}).'
		},
		advice: {
			'zh-CN': '另存为 UTF-8；从 Excel 导出时选择“CSV UTF-8”。',
			en: 'Save it as UTF-8; in Excel choose “CSV UTF-8”.'
		}
	},
	csv_syntax: {
		exit: EXIT.refused,
		text: {
			'zh-CN': '{path} 第 {line} 行不是合法的 CSV：{problem}。',
			en: '{path}, line {line}, is not valid CSV: {problem}.'
		},
		advice: {
			'zh-CN': '检查引号是否成对；单元格里的引号要写两次。',
			en: 'Check that quotes come in pairs; a quote inside a cell is written twice.'
		}
	},
	refused: {
		exit: EXIT.refused,
		text: {
			'zh-CN': '输入被拒绝：{errors} 处错误。',
			en: 'The input was refused: {errors} errors.'
		},
		advice: { 'zh-CN': '按上面列出的位置修正。', en: 'Correct the places listed above.' }
	},
	refused_unless_forced: {
		exit: EXIT.refused,
		text: {
			'zh-CN': '方案有 {errors} 处错误，没有核算。',
			en: 'The scheme has {errors} errors; nothing was scored.'
		},
		advice: {
			'zh-CN': '按上面列出的位置修正；--force 会核算能核算的部分，其余标为 error。',
			en: 'Correct the places listed above; --force scores what can be scored and marks the rest error.'
		}
	},
	mapping_wrong: {
		exit: EXIT.refused,
		text: {
			'zh-CN': '{path} 不是导入映射：{at} {problem}。',
			en: '{path} is no mapping of an import: {at} {problem}.'
		},
		advice: {
			'zh-CN': '写成 {"mapping": …, "read": …}，与接口说明中的预演请求相同。',
			en: 'Write {"mapping": …, "read": …} as the API’s dry run takes them.'
		}
	},
	mapping_doubtful: {
		exit: EXIT.refused,
		text: {
			'zh-CN': '列的含义不确定：{doubtful}；缺少：{missing}。',
			en: 'What the columns mean is in doubt: {doubtful}; missing: {missing}.'
		},
		advice: {
			'zh-CN': '用 --mapping 说明，或在页面上映射一次并保存。',
			en: 'Say it with --mapping, or map the file once in the browser and keep the mapping.'
		}
	},
	periods_wrong: {
		exit: EXIT.usage,
		text: {
			'zh-CN': '{found} 不是周期范围。',
			en: '{found} is not a range of periods.'
		},
		advice: {
			'zh-CN': '写成 2025-01..2025-12、2025-Q1..2025-Q4 或单个周期。',
			en: 'Write 2025-01..2025-12, 2025-Q1..2025-Q4, or a single period.'
		}
	},
	pack_folder: {
		exit: EXIT.refused,
		text: {
			'zh-CN': '规则包目录里的 {path} 不能读取：{problem}。',
			en: '{path} in the pack cannot be read: {problem}.'
		},
		advice: {
			'zh-CN': '规则包里只能有普通的 UTF-8 文本文件。',
			en: 'A pack holds plain UTF-8 text files only.'
		}
	},
	pack_archive: {
		exit: EXIT.refused,
		text: {
			'zh-CN': '压缩包 {path} 有 {errors} 处错误，没有使用。',
			en: 'The archive {path} has {errors} errors; it was not used.'
		},
		advice: {
			'zh-CN': '按列出的位置改正后重新打包。',
			en: 'Correct the places listed and build the archive again.'
		}
	},
	key_wrong: {
		exit: EXIT.refused,
		text: {
			'zh-CN': '{path} 不是可用的 Ed25519 密钥。',
			en: '{path} is no Ed25519 key that can be used.'
		},
		advice: {
			'zh-CN': '签名用 quanheng pack keygen 生成的 .key 文件，信任用 .pub.json 文件。',
			en: 'Sign with the .key file and trust the .pub.json file that quanheng pack keygen makes.'
		}
	},
	needs_yes: {
		exit: EXIT.usage,
		text: {
			'zh-CN': '这会改动客户 {client}，需要确认。',
			en: 'This changes the client {client} and has to be confirmed.'
		},
		advice: {
			'zh-CN': '看过计划后加上 --yes，或用 --dry-run 只看计划。',
			en: 'Look at the plan and add --yes, or use --dry-run to see the plan only.'
		}
	},
	no_sample: {
		exit: EXIT.notFound,
		text: {
			'zh-CN': '规则包 {pack} 没有示例客户。',
			en: 'The pack {pack} has no sample client.'
		},
		advice: {
			'zh-CN': '在 sample-data/generator.yaml 里描述一个。',
			en: 'Describe one in sample-data/generator.yaml.'
		}
	},
	tests_failed: {
		exit: EXIT.failed,
		text: {
			'zh-CN': '{failed} 条测试不符，{errors} 条无法运行。',
			en: '{failed} tests fail, {errors} cannot be run.'
		},
		advice: {
			'zh-CN': '对照上面的期望值和实际值；确认规则或句子哪个写错了。',
			en: 'Compare expected and found above; decide whether the rule or the sentence is wrong.'
		}
	},
	instance_not_found: {
		exit: EXIT.notFound,
		text: {
			'zh-CN': '{path} 里没有数据。',
			en: 'There is no instance in {path}.'
		},
		advice: {
			'zh-CN': '用 --data-dir 指明数据目录；新目录先运行 quanheng db migrate。',
			en: 'Name the data directory with --data-dir; a new one starts with quanheng db migrate.'
		}
	},
	instance_in_use: {
		exit: EXIT.conflict,
		text: {
			'zh-CN': '另一个程序正在使用 {path}。',
			en: 'Another process is using {path}.'
		},
		advice: {
			'zh-CN': '先停止服务，再运行这个命令。',
			en: 'Stop the server first, then run this command.'
		}
	},
	client_not_found: {
		exit: EXIT.notFound,
		text: { 'zh-CN': '没有客户公司 {client}。', en: 'There is no client {client}.' },
		advice: { 'zh-CN': '已有的是：{known}。', en: 'There are: {known}.' }
	},
	account_not_found: {
		exit: EXIT.notFound,
		text: { 'zh-CN': '没有账号 {account}。', en: 'There is no account {account}.' },
		advice: {
			'zh-CN': '检查拼写；账号不区分大小写。',
			en: 'Check the spelling; upper and lower case are the same.'
		}
	},
	audit_broken: {
		exit: EXIT.failed,
		text: {
			'zh-CN': '记录被改动过：{chains}。',
			en: 'Records were altered: {chains}.'
		},
		advice: {
			'zh-CN': '保留现场，与最近一份备份和已导出的链头对照。',
			en: 'Keep the files as they are; compare them with the last backup and with exported heads.'
		}
	},
	database_broken: {
		exit: EXIT.failed,
		text: { 'zh-CN': '数据库已损坏：{files}。', en: 'These databases are damaged: {files}.' },
		advice: {
			'zh-CN': '停止服务，保留现场，从最近一份备份恢复到新的数据目录。',
			en: 'Stop the server, keep the files, and restore the last backup to a new data directory.'
		}
	},
	file_exists: {
		exit: EXIT.conflict,
		text: { 'zh-CN': '{path} 已经存在，没有覆盖。', en: '{path} exists already and was kept.' },
		advice: { 'zh-CN': '换一个文件名。', en: 'Choose another name.' }
	},
	token_not_found: {
		exit: EXIT.notFound,
		text: { 'zh-CN': '没有有效的令牌 {token}。', en: 'There is no token {token} in use.' },
		advice: {
			'zh-CN': '编号在“接口令牌”页；不是令牌本身。',
			en: 'Its id stands on the page of tokens; it is not the token itself.'
		}
	},
	job_failed: {
		exit: EXIT.failed,
		text: { 'zh-CN': '没有完成：{problem}。', en: 'It was not finished: {problem}.' },
		advice: {
			'zh-CN': '改正后再运行一次；没有写入半份结果。',
			en: 'Correct it and run it again; no half result was written.'
		}
	},
	doctor_failed: {
		exit: EXIT.failed,
		text: { 'zh-CN': '{count} 项不正常。', en: '{count} checks failed.' },
		advice: { 'zh-CN': '按每项后面的说明处理。', en: 'Do what stands behind each of them.' }
	},
	option_missing: {
		exit: EXIT.usage,
		text: { 'zh-CN': '缺少选项 {option}。', en: 'The option {option} is missing.' },
		advice: {
			'zh-CN': '运行 quanheng {command} --help 查看用法。',
			en: 'Run quanheng {command} --help to see the usage.'
		}
	},
	option_wrong: {
		exit: EXIT.usage,
		text: {
			'zh-CN': '选项 {option} 的值 {found} 不对，应为 {expected}。',
			en: 'The option {option} cannot be {found}; it must be {expected}.'
		},
		advice: {
			'zh-CN': '运行 quanheng {command} --help 查看用法。',
			en: 'Run quanheng {command} --help to see the usage.'
		}
	}
} as const satisfies Record<string, FailureEntry>;

export type FailureCode = keyof typeof FAILURES;

/** Ends a command. Findings that were made on the way are printed before the words. */
export class CliFailure extends Error {
	override readonly name = 'CliFailure';
	readonly code: string;
	readonly exit: ExitCode;
	readonly text: LocalText;
	readonly advice: LocalText;
	readonly findings: readonly FileDiagnostic[];

	constructor(
		code: string,
		entry: FailureEntry,
		details: DiagnosticDetails,
		findings: readonly FileDiagnostic[] = []
	) {
		const text = fillText(entry.text, details);
		super(text.en);
		this.code = code;
		this.exit = entry.exit;
		this.text = text;
		this.advice = fillText(entry.advice, details);
		this.findings = findings;
	}
}

/** Makes the failure of a code: `throw failure('file_not_found', { path, cwd })`. */
export function failure(
	code: FailureCode,
	details: DiagnosticDetails = {},
	findings: readonly FileDiagnostic[] = []
): CliFailure {
	return new CliFailure(code, FAILURES[code], details, findings);
}

/** The failure of an input with errors; `code` says which words go with it. */
export function refusal(
	findings: readonly FileDiagnostic[],
	code: 'refused' | 'refused_unless_forced' = 'refused'
): CliFailure {
	const errors = findings.filter(({ severity }: Diagnostic) => severity === 'error').length;
	return failure(code, { errors }, findings);
}
