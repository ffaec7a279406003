/**
 * Findings of an import. Each says where, what was expected, what was found and what to do; the
 * page groups them by code, because one repair usually mends all rows of a group.
 */
import { fileDiagnostics } from './file-diagnostics.ts';
import { rowDiagnostics } from './row-diagnostics.ts';

/** What `{expected}` is called in a message. */
export const EXPECTATIONS = {
	number: {
		'zh-CN': '数字，例如 1234.50、1.2万、60%',
		en: 'a number such as 1234.50, 1.2万 or 60%'
	},
	date: { 'zh-CN': '日期，例如 2024-05-31', en: 'a date such as 2024-05-31' },
	period: {
		'zh-CN': '期间，例如 2024-05 或 2024年5月',
		en: 'a period such as 2024-05 or 2024年5月'
	},
	boolean: { 'zh-CN': '是或否', en: 'yes or no' },
	id: { 'zh-CN': '完整的编号', en: 'a complete id' },
	choice: { 'zh-CN': '已登记的取值', en: 'one of the known values' }
} as const;

/** All codes of an import. */
export const importDiagnostics = { ...fileDiagnostics, ...rowDiagnostics };
