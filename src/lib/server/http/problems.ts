import { defineProblems } from './problem.ts';

/** Refusals that any room may need. */
export const commonProblems = defineProblems({
	sign_in_required: {
		status: 401,
		text: { 'zh-CN': '请先登录。', en: 'Please sign in first.' },
		advice: {
			'zh-CN': '登录后再试；会话可能已过期。',
			en: 'Sign in and try again; the session may have ended.'
		}
	},
	not_allowed: {
		status: 403,
		text: { 'zh-CN': '您的角色不能执行此操作。', en: 'Your role does not allow this.' },
		advice: {
			'zh-CN': '如确有需要，请联系管理员调整角色。',
			en: 'If you need it, ask an administrator for a role that allows it.'
		}
	},
	not_found: {
		status: 404,
		text: { 'zh-CN': '没有找到这个页面或对象。', en: 'This page or object was not found.' },
		advice: {
			'zh-CN': '请检查地址，或从列表中重新打开。',
			en: 'Check the address, or open it again from a list.'
		}
	},
	wrong_origin: {
		status: 403,
		text: {
			'zh-CN': '请求来自其他网站，已拒绝。',
			en: 'The request came from another site and was refused.'
		},
		advice: {
			'zh-CN': '请在本系统的页面中操作；若经过代理，请把 ORIGIN 设为浏览器中看到的地址。',
			en: 'Work in the pages of this system; behind a proxy, set ORIGIN to the address the browser shows.'
		}
	},
	body_too_large: {
		status: 413,
		text: {
			'zh-CN': '请求内容超过 {limit} 字节的上限。',
			en: 'The request is larger than the limit of {limit} bytes.'
		},
		advice: { 'zh-CN': '请拆分后再提交。', en: 'Split it and send the parts.' }
	},
	body_not_json: {
		status: 400,
		text: { 'zh-CN': '请求内容不是有效的 JSON。', en: 'The request body is not valid JSON.' },
		advice: {
			'zh-CN': '请检查括号、引号与逗号。',
			en: 'Check brackets, quotes and commas.'
		}
	},
	input_refused: {
		status: 422,
		text: { 'zh-CN': '提交的内容有 {count} 处不符合要求。', en: 'The input has {count} faults.' },
		advice: { 'zh-CN': '请按各处的说明修改。', en: 'Repair each as it says.' }
	},
	key_reused: {
		status: 409,
		text: {
			'zh-CN': '这个幂等键已用于另一个请求。',
			en: 'This idempotency key was used for another request.'
		},
		advice: { 'zh-CN': '请换用新的键。', en: 'Use a new key.' }
	},
	busy: {
		status: 503,
		text: {
			'zh-CN': '数据库正被占用，您的更改没有保存。',
			en: 'The database is busy; your change was not saved.'
		},
		advice: { 'zh-CN': '请几秒后重试。', en: 'Try again in a few seconds.' }
	},
	storage_full: {
		status: 507,
		text: {
			'zh-CN': '服务器磁盘已满，您的更改没有保存。',
			en: 'The server has no space left; your change was not saved.'
		},
		advice: { 'zh-CN': '请联系运维人员清理磁盘空间。', en: 'Ask the operator to free space.' }
	},
	unexpected: {
		status: 500,
		text: {
			'zh-CN': '服务器出现意外错误（编号 {request}）。',
			en: 'The server met an unexpected error (number {request}).'
		},
		advice: {
			'zh-CN': '更改没有保存。请重试；若仍出现，请把编号告诉管理员。',
			en: 'Nothing was saved. Try again; if it stays, give the number to the administrator.'
		}
	}
});
