import { defineProblems } from '../http/problem.ts';

/** Refusals at the door. None says whether an account exists. */
export const authProblems = defineProblems({
	wrong_credentials: {
		status: 401,
		text: { 'zh-CN': '账号或密码不正确。', en: 'Account or password is not right.' },
		advice: {
			'zh-CN': '请检查大小写与输入法；忘记密码请联系管理员重设。',
			en: 'Check capitals and the keyboard; an administrator can reset a forgotten password.'
		}
	},
	too_many_attempts: {
		status: 429,
		text: {
			'zh-CN': '尝试次数过多，请在 {seconds} 秒后重试。',
			en: 'Too many attempts. Try again in {seconds} seconds.'
		},
		advice: {
			'zh-CN': '已登录的设备不受影响。',
			en: 'Devices that are signed in are not affected.'
		}
	},
	password_too_short: {
		status: 422,
		text: {
			'zh-CN': '密码至少需要 {least} 个字符。',
			en: 'A password needs at least {least} characters.'
		},
		advice: {
			'zh-CN': '一句容易记住的话就很好。',
			en: 'A sentence that is easy to remember is good.'
		}
	},
	password_too_long: {
		status: 422,
		text: {
			'zh-CN': '密码最多 {most} 个字符。',
			en: 'A password has at most {most} characters.'
		},
		advice: { 'zh-CN': '请缩短。', en: 'Choose a shorter one.' }
	},
	account_not_allowed: {
		status: 422,
		text: {
			'zh-CN': '账号只能包含小写字母、数字、点、横线与 @,长度 3 至 64。',
			en: 'An account has 3 to 64 lower-case letters, digits, dots, dashes or @.'
		},
		advice: { 'zh-CN': '例如 li.wei 或邮箱地址。', en: 'For example li.wei, or a mail address.' }
	},
	account_taken: {
		status: 409,
		text: { 'zh-CN': '这个账号已被使用。', en: 'This account is taken.' },
		advice: { 'zh-CN': '请换一个账号。', en: 'Choose another.' }
	},
	no_role: {
		status: 422,
		text: { 'zh-CN': '没有选择角色。', en: 'No role is chosen.' },
		advice: {
			'zh-CN': '请至少选择一个角色，否则这个人看不到任何页面。',
			en: 'Choose at least one: without a role a person sees no page.'
		}
	},
	client_id_not_allowed: {
		status: 422,
		text: {
			'zh-CN': '客户编号以小写字母开头，只含小写字母、数字与横线。',
			en: 'A client id begins with a lower-case letter and has lower-case letters, digits and dashes.'
		},
		advice: { 'zh-CN': '例如 ocean-freight。', en: 'For example ocean-freight.' }
	},
	client_taken: {
		status: 409,
		text: { 'zh-CN': '这个客户编号已存在。', en: 'This client id exists already.' },
		advice: { 'zh-CN': '请换一个编号。', en: 'Choose another.' }
	},
	already_set_up: {
		status: 409,
		text: {
			'zh-CN': '系统已经有管理员，不能再次初始化。',
			en: 'This instance already has an administrator.'
		},
		advice: { 'zh-CN': '请直接登录。', en: 'Sign in instead.' }
	},
	setup_not_here: {
		status: 403,
		text: {
			'zh-CN': '首次设置只能在服务器本机上进行，或需要启动日志中的设置码。',
			en: 'The first set-up is done on the server itself, or with the set-up code from its log.'
		},
		advice: {
			'zh-CN': '请在服务器上打开 http://127.0.0.1：端口/setup，或填写设置码。',
			en: 'Open http://127.0.0.1:PORT/setup on the server, or enter the code.'
		}
	},
	last_operator: {
		status: 409,
		text: {
			'zh-CN': '不能停用最后一位系统管理员。',
			en: 'The last operator of the instance cannot be disabled.'
		},
		advice: { 'zh-CN': '请先指定另一位。', en: 'Name another first.' }
	}
});
