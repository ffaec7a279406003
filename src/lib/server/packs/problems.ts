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
	answers_refused: {
		status: 422,
		text: {
			'zh-CN': '有 {count} 个答案不符合规则包的要求，没有写入任何内容。',
			en: '{count} answers do not fit what the pack asks; nothing was written.'
		},
		advice: {
			'zh-CN': '按列出的位置改正。',
			en: 'Correct the places listed.'
		}
	},
	pack_not_installed: {
		status: 404,
		text: {
			'zh-CN': '这个客户没有安装规则包 {pack}。',
			en: 'The pack {pack} is not installed at this client.'
		},
		advice: {
			'zh-CN': '在规则包列表里查看已安装的规则包。',
			en: 'See the list of packs for what is installed.'
		}
	},
	pack_installed_already: {
		status: 409,
		text: {
			'zh-CN': '已安装规则包 {pack} 的 {version} 版，不能再次安装另一个版本。',
			en: 'Version {version} of the pack {pack} is installed; another one is not installed over it.'
		},
		advice: {
			'zh-CN': '用升级：它会保留本地改动，只问有冲突的地方。',
			en: 'Upgrade instead: that keeps local changes and asks only where both sides changed.'
		}
	},
	version_not_found: {
		status: 404,
		text: {
			'zh-CN': '规则包 {pack} 没有 {version} 版。',
			en: 'There is no version {version} of the pack {pack}.'
		},
		advice: { 'zh-CN': '现有版本：{known}。', en: 'The versions at hand are: {known}.' }
	},
	version_older: {
		status: 409,
		text: {
			'zh-CN': '{offered} 版比已安装的 {installed} 版旧，规则包不能退回旧版。',
			en: 'Version {offered} is older than the installed {installed}; a pack does not go back.'
		},
		advice: {
			'zh-CN': '换用更新的版本；确要退回时先卸载，再安装旧版。',
			en: 'Take a newer version; to go back on purpose, uninstall first and then install the older one.'
		}
	},
	version_rewritten: {
		status: 409,
		text: {
			'zh-CN': '{version} 版的内容与已安装的 {version} 版不同：发布过的版本号不能换内容。',
			en: 'Version {version} says something else than the installed version {version}: a released version keeps its content.'
		},
		advice: {
			'zh-CN': '请规则包作者换一个新的版本号。',
			en: 'Ask the author of the pack to give it a new version.'
		}
	},
	signature_lost: {
		status: 409,
		text: {
			'zh-CN': '已安装的规则包由 {signer} 签名，这一版没有同一签名。',
			en: 'The installed pack is signed by {signer}; this version does not carry that signature.'
		},
		advice: {
			'zh-CN': '向规则包作者索取带签名的版本。',
			en: 'Ask the author of the pack for the signed version.'
		}
	},
	plan_stale: {
		status: 409,
		text: {
			'zh-CN': '查看计划之后，规则包或客户的内容有了变化，没有写入任何内容。',
			en: 'The pack or what the client has changed after the plan was shown; nothing was written.'
		},
		advice: { 'zh-CN': '重新查看计划。', en: 'Look at the plan again.' }
	},
	upgrade_undecided: {
		status: 409,
		text: {
			'zh-CN': '有 {count} 处双方都改过，尚未选择。',
			en: '{count} places were changed by both sides and nobody has chosen yet.'
		},
		advice: {
			'zh-CN': '对每一处选择保留现有（ours）或采用规则包（theirs）：{conflicts}。',
			en: 'Choose for each to keep the client’s (ours) or to take the pack’s (theirs): {conflicts}.'
		}
	},
	choice_unknown: {
		status: 422,
		text: { 'zh-CN': '没有冲突 {conflict}。', en: 'There is no conflict {conflict}.' },
		advice: { 'zh-CN': '冲突有：{known}。', en: 'The conflicts are: {known}.' }
	},
	result_unsound: {
		status: 422,
		text: {
			'zh-CN': '按这些选择，{part} 会有 {count} 处错误，没有写入任何内容。',
			en: 'With these choices {part} would have {count} errors; nothing was written.'
		},
		advice: {
			'zh-CN': '换一个选择，或先在客户的定义里改正。',
			en: 'Choose otherwise, or correct the client’s own definition first.'
		}
	},
	trial_stopped: {
		status: 409,
		text: { 'zh-CN': '试回放已停止。', en: 'The trial replay was stopped.' },
		advice: { 'zh-CN': '没有写入任何内容；可以重新试。', en: 'Nothing was written; try it again.' }
	},
	scheme_not_in_pack: {
		status: 404,
		text: {
			'zh-CN': '规则包 {pack} 没有方案 {scheme}。',
			en: 'The pack {pack} has no scheme {scheme}.'
		},
		advice: { 'zh-CN': '方案有：{known}。', en: 'Its schemes are: {known}.' }
	},
	archive_refused: {
		status: 422,
		text: {
			'zh-CN': '压缩包有 {count} 处错误，没有写入任何内容：{first_zh}',
			en: 'The archive has {count} errors; nothing was written: {first}'
		},
		advice: {
			'zh-CN': '按列出的位置改正后重新打包（quanheng pack build）。',
			en: 'Correct the places listed and build the archive again (quanheng pack build).'
		}
	},
	export_refused: {
		status: 422,
		text: {
			'zh-CN': '导出的规则包会有 {count} 处错误，没有导出。',
			en: 'The exported pack would have {count} errors; nothing was exported.'
		},
		advice: {
			'zh-CN': '按列出的位置在方案或指标里改正。',
			en: 'Correct the places listed in the schemes or metrics.'
		}
	},
	export_nothing: {
		status: 422,
		text: { 'zh-CN': '没有选择要导出的方案。', en: 'No scheme was chosen for the export.' },
		advice: {
			'zh-CN': '至少选择一个方案；可选：{known}。',
			en: 'Choose at least one scheme; there are: {known}.'
		}
	}
});
