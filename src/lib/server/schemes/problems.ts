import { defineProblems } from '../http/problem.ts';

/** Refusals in the life of a draft. */
export const schemeProblems = defineProblems({
	scheme_exists: {
		status: 409,
		text: { 'zh-CN': '方案“{scheme}”已存在。', en: 'The scheme “{scheme}” exists already.' },
		advice: {
			'zh-CN': '请从它的现行版本新建草稿，或换一个编号。',
			en: 'Start a draft from its current version, or choose another id.'
		}
	},
	scheme_id_not_allowed: {
		status: 422,
		text: {
			'zh-CN': '方案编号以小写字母开头，只含小写字母、数字与横线。',
			en: 'A scheme id begins with a lower-case letter and has lower-case letters, digits and dashes.'
		},
		advice: {
			'zh-CN': '例如 sales 或 customer-service。',
			en: 'For example sales, or customer-service.'
		}
	},
	document_not_object: {
		status: 422,
		text: {
			'zh-CN': '方案文件应为一个 JSON 对象。',
			en: 'A scheme document is one JSON object.'
		},
		advice: { 'zh-CN': '请检查最外层的花括号。', en: 'Check the outermost braces.' }
	},
	document_too_large: {
		status: 413,
		text: {
			'zh-CN': '方案文件超过 {limit} 字节。',
			en: 'The scheme document is larger than {limit} bytes.'
		},
		advice: {
			'zh-CN': '请缩短备注，或拆分为两个方案。',
			en: 'Shorten notes, or make two schemes of it.'
		}
	},
	document_not_scheme: {
		status: 422,
		text: {
			'zh-CN': '其中一份文件不是方案：有 {count} 处错误。',
			en: 'One of the documents is no scheme: it has {count} errors.'
		},
		advice: { 'zh-CN': '请先按各处的说明修改。', en: 'Repair each as it says.' }
	},
	draft_closed: {
		status: 409,
		text: { 'zh-CN': '这份草稿已关闭。', en: 'This draft is closed.' },
		advice: { 'zh-CN': '请新建草稿继续修改。', en: 'Start a new draft to go on.' }
	},
	draft_stale: {
		status: 409,
		text: {
			'zh-CN': '草稿已被改到第 {current} 版修订，您看到的是第 {seen} 版。',
			en: 'The draft was saved as revision {current} meanwhile; you saw revision {seen}.'
		},
		advice: {
			'zh-CN': '您的修改没有保存。请比较两边的改动，再合并保存。',
			en: 'Your change was not saved. Compare both and save the merged one.'
		}
	},
	draft_changed: {
		status: 409,
		text: {
			'zh-CN': '草稿在您查看之后有了改动。',
			en: 'The draft has changed since you looked at it.'
		},
		advice: {
			'zh-CN': '请重新打开草稿，回放并提交最新内容。',
			en: 'Open it again, replay it and submit what it says now.'
		}
	},
	draft_other_scheme: {
		status: 422,
		text: {
			'zh-CN': '文件中的 id“{found}”与方案“{scheme}”不一致。',
			en: 'The document has the id “{found}”, but belongs to the scheme “{scheme}”.'
		},
		advice: { 'zh-CN': '请把 id 改回“{scheme}”。', en: 'Set the id back to “{scheme}”.' }
	},
	base_changed: {
		status: 409,
		text: {
			'zh-CN': '草稿比较的是第 {base} 版，而方案已发布到第 {current} 版。',
			en: 'The draft was compared with version {base}, but version {current} is published.'
		},
		advice: {
			'zh-CN': '请把新版本合并进草稿，重新回放后再提交。',
			en: 'Merge the newer version into the draft, replay it and submit again.'
		}
	},
	draft_has_errors: {
		status: 422,
		text: {
			'zh-CN': '检查发现 {count} 处错误，不能提交。',
			en: 'The checker found {count} errors; it cannot be submitted.'
		},
		advice: { 'zh-CN': '请按各处的建议修改。', en: 'Repair each as it says.' }
	},
	examples_fail: {
		status: 422,
		text: {
			'zh-CN': '示例员工的结果与预期不符：{names}。',
			en: 'Golden employees do not come out as expected: {names_en}.'
		},
		advice: {
			'zh-CN': '请检查规则，或更新示例的预期值。',
			en: 'Check the rules, or what the examples expect.'
		}
	},
	replay_missing: {
		status: 422,
		text: {
			'zh-CN': '提交需要一次针对当前内容、已完成的回放。',
			en: 'A submission needs a finished replay of exactly this content.'
		},
		advice: { 'zh-CN': '请先运行回放。', en: 'Run a replay first.' }
	},
	replay_mismatch: {
		status: 422,
		text: {
			'zh-CN': '回放的抽样复核有 {count} 行不一致，结果不可信。',
			en: 'The replay disagreed with the reference in {count} rows; it cannot be relied on.'
		},
		advice: {
			'zh-CN': '请重新回放；若仍出现，请把回放编号告诉管理员。',
			en: 'Replay again; if it stays, give its number to the administrator.'
		}
	},
	metrics_changed: {
		status: 409,
		text: {
			'zh-CN': '指标定义在回放之后有改动：{metrics}。',
			en: 'Metric definitions changed after the replay: {metrics}.'
		},
		advice: { 'zh-CN': '请重新回放后再提交。', en: 'Replay and submit again.' }
	},
	guardrail_failed: {
		status: 422,
		text: {
			'zh-CN': '回放未通过约束：{checks}。',
			en: 'The replay does not pass these guardrails: {checks}.'
		},
		advice: {
			'zh-CN': '请调整草稿，或逐项说明理由申请例外，由另一人批准。',
			en: 'Change the draft, or ask for an exception to each with a reason; a second person grants it.'
		}
	},
	already_submitted: {
		status: 409,
		text: {
			'zh-CN': '这份草稿的当前内容已提交，正在等待批准。',
			en: 'This content was submitted already and waits for a decision.'
		},
		advice: { 'zh-CN': '如需更改，请先撤回。', en: 'Withdraw it first if you want to change it.' }
	},
	submission_over: {
		status: 409,
		text: {
			'zh-CN': '这次提交已撤回或已有决定。',
			en: 'This submission was withdrawn or decided already.'
		},
		advice: { 'zh-CN': '请刷新页面查看结果。', en: 'Reload the page to see what became of it.' }
	},
	not_your_submission: {
		status: 403,
		text: {
			'zh-CN': '只有提交人可以撤回。',
			en: 'Only the person who submitted it may withdraw it.'
		},
		advice: { 'zh-CN': '请联系提交人。', en: 'Ask them.' }
	},
	own_submission: {
		status: 403,
		text: {
			'zh-CN': '不能批准自己编辑或提交的草稿。',
			en: 'You cannot decide on a draft that you edited or submitted.'
		},
		advice: { 'zh-CN': '请由另一位审批人处理。', en: 'Another approver has to.' }
	},
	reason_required: {
		status: 422,
		text: { 'zh-CN': '请写明理由。', en: 'Please give a reason.' },
		advice: {
			'zh-CN': '一句话即可，作者会看到它。',
			en: 'One sentence is enough; the author will read it.'
		}
	},
	overrides_not_granted: {
		status: 422,
		text: {
			'zh-CN': '批准前需逐项同意约束例外：{checks}。',
			en: 'Approving means granting each exception: {checks}.'
		},
		advice: {
			'zh-CN': '请勾选同意的例外，或退回。',
			en: 'Tick the exceptions you grant, or return the draft.'
		}
	}
});
