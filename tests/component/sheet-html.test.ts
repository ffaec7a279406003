/** Excel and WPS put a web table on the clipboard: merged cells and line breaks must survive it. */
import { expect, test } from 'vitest';
import { sheetOfHtml } from '#lib/designer/starts/sheet.ts';

test('a merged cell stands where it began and covers empty ones; line breaks stay', () => {
	const sheet = sheetOfHtml(`<html><body><table>
		<tr><td colspan="3">2026 考核表</td></tr>
		<tr><th>维度</th><th>考核指标</th><th>评分标准</th></tr>
		<tr><td rowspan="2">业绩</td><td>销售额</td><td>≥100%得满分<br>&lt;100%得0分</td></tr>
		<tr><td>复购率</td><td>按比例得分</td></tr>
	</table></body></html>`);
	expect(sheet).toEqual([
		['2026 考核表', '', ''],
		['维度', '考核指标', '评分标准'],
		['业绩', '销售额', '≥100%得满分\n<100%得0分'],
		['', '复购率', '按比例得分']
	]);
});

test('a page without a table is no sheet, and scripts in it do not run', () => {
	expect(sheetOfHtml('<p>销售额 60%</p>')).toBeNull();
	sheetOfHtml('<table><tr><td><img src=x onerror="globalThis.ran = true">1</td></tr></table>');
	expect(Reflect.get(globalThis, 'ran')).toBeUndefined();
});
