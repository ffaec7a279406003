/** Workbooks from which a scheme begins: read by the server, which unpacks files that may be hostile. */
import type { BothTexts } from '#lib/ui/local-text.ts';
import { tidySheet, type Sheet } from './sheet.ts';

export interface NamedSheet {
	readonly name: string;
	readonly rows: Sheet;
}

export interface SheetRefusal {
	readonly problem: BothTexts;
	readonly advice: BothTexts;
	/** What is wrong with the file and how it is mended. */
	readonly reasons: readonly BothTexts[];
}

/** The first bytes of XLSX, and of what Excel and WPS wrote before it. */
const HEADS = ['504b0304', 'd0cf11e0'];

export function isWorkbook(bytes: ArrayBuffer): boolean {
	const head = [...new Uint8Array(bytes.slice(0, 4))];
	return HEADS.includes(head.map((byte) => byte.toString(16).padStart(2, '0')).join(''));
}

/** The sheet with the most rows: a cover sheet or a legend comes first in many workbooks. */
export function fullestSheet(sheets: readonly NamedSheet[]): number {
	const sizes = sheets.map(({ rows }) => rows.length);
	return Math.max(0, sizes.indexOf(Math.max(...sizes)));
}

const FAILED: BothTexts = {
	'zh-CN': '暂时无法读取这个文件。',
	en: 'This file cannot be read just now.'
};
const AGAIN: BothTexts = {
	'zh-CN': '请稍后再试，或直接从表格中复制粘贴。',
	en: 'Try again in a while, or copy the cells and paste them.'
};

interface Answer {
	/** In the reader’s language. */
	readonly title?: string;
	readonly sheets?: readonly { readonly name: string; readonly rows: readonly string[][] }[];
	readonly diagnostics?: readonly { readonly message: BothTexts; readonly advice: BothTexts }[];
}

export async function readWorkbook(
	address: string,
	file: Blob
): Promise<{ readonly sheets: readonly NamedSheet[] } | SheetRefusal> {
	const body = new FormData();
	body.set('file', file);
	try {
		const response = await fetch(address, { method: 'POST', body });
		const answer = (await response.json()) as Answer;
		if (response.ok && answer.sheets)
			return { sheets: answer.sheets.map(({ name, rows }) => ({ name, rows: tidySheet(rows) })) };
		const reasons = (answer.diagnostics ?? []).map(({ message, advice }) => ({
			'zh-CN': `${message['zh-CN']}${advice['zh-CN']}`,
			en: `${message.en} ${advice.en}`
		}));
		const { title } = answer;
		const problem = title === undefined ? FAILED : { 'zh-CN': title, en: title };
		return { problem, advice: AGAIN, reasons };
	} catch {
		return { problem: FAILED, advice: AGAIN, reasons: [] };
	}
}
