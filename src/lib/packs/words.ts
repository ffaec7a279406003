/** Chinese for the short phrases that say what was expected; messages carry both languages. */
const CHINESE: ReadonlyMap<string, string> = new Map([
	['a text', '文字'],
	['a number', '数字'],
	['a list', '列表'],
	['an object', '对象'],
	['a text in zh-CN and en', '带 zh-CN 和 en 的文字'],
	['a version such as 1.0.0', '版本号，例如 1.0.0'],
	['a range of engine versions such as ^0.1.0', '引擎版本范围，例如 ^0.1.0'],
	['a licence such as MIT', '许可证，例如 MIT'],
	['a unit', '单位'],
	['a column of type date', '类型为 date 的列'],
	['a whole number of days from 0 to 3660', '0 到 3660 之间的整天数'],
	['at least one column', '至少一列'],
	['the column that holds the employee or unit', '存放员工或单位的列'],
	['a header of the export', '导出文件的表头'],
	['a notation such as YYYY-MM', '写法，例如 YYYY-MM'],
	['target fields with the headers that hold them', '目标字段及其对应的表头'],
	['a sentence', '一句话'],
	['the id of a scheme', '方案的标识'],
	['a period such as 2025-03', '周期，例如 2025-03'],
	['a month such as 2025-03', '月份，例如 2025-03'],
	['a day such as 2025-03-01', '日期，例如 2025-03-01'],
	['variables and their values', '变量及其取值'],
	['what must come out', '应得的结果'],
	['a list of tests', '测试列表'],
	['a scheme document', '方案文档'],
	['twelve numbers', '十二个数字'],
	['id, name and currency of the sample client', '示例客户的标识、名称和币种'],
	['a currency code', '币种代码'],
	['a number that a computer can hold', '计算机能表示的数字'],
	['an id in snake_case', 'snake_case 标识'],
	['an id in kebab-case', 'kebab-case 标识'],
	['metric', '指标'],
	['record', '记录类型'],
	['scheme', '方案'],
	['column', '列'],
	['nothing', '（没有）']
]);

/** The Chinese of a phrase; ids and values stay as they are. */
export function inChinese(phrase: string): string {
	return CHINESE.get(phrase) ?? phrase.replace(/^one of /, '以下之一：');
}
