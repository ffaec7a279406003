/** The README, CHANGELOG and the word about the sample of an exported pack. Pure. */
import type { SchemeDocument } from '#lib/engine/scheme/document.ts';
import type { MetricDefinition } from '#lib/engine/scheme/metric.ts';
import type { PackManifest } from '../pack.ts';
import type { PackContents } from './pack-texts.ts';

/** What stands in the three text files. */
export function exportTexts(
	{ id, version, name, description, requires }: PackManifest,
	schemes: readonly SchemeDocument[],
	metrics: readonly MetricDefinition[]
): Pick<PackContents, 'readme' | 'changelog' | 'sampleReadme'> {
	const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');
	const named = ({ id: word, name: text }: SchemeDocument | MetricDefinition): string =>
		`\`${word}\` ${text['zh-CN']} / ${text.en}`;
	const attributes = requires.attributes.map(
		({ id: word, name: text }) => `\`employee.${word}\` ${text['zh-CN']} / ${text.en}`
	);
	return {
		readme: `# ${name['zh-CN']} / ${name.en}

${description['zh-CN']}

${description.en}

## 方案 / Schemes

${list(schemes.map(named))}

## 需要的数据 / Data it needs

${list([...metrics.map(named), ...attributes])}

\`quanheng pack test ${id}\` 运行样例员工写成的测试。
\`quanheng pack test ${id}\` runs the tests, which are the golden employees of the schemes.
`,
		changelog: `# 变更记录 / Changelog

## ${version}

从一家客户的方案和指标导出：方案 ${schemes.length} 个，指标 ${metrics.length} 个。
Exported from the schemes and metrics of a client: ${schemes.length} schemes, ${metrics.length} metrics.
`,
		sampleReadme: `# 示例客户 / The sample client

**全部为虚构**：人和数字由 \`generator.yaml\` 的种子生成，只保留了每个指标取两位有效数字的中位数和波动；不足五人的指标用的是中性数字。
**Everything is synthetic**: people and figures are made from the seed in \`generator.yaml\`; of each metric only the median and the spread were kept, in two significant figures, and neutral ones where fewer than five people had any.
`
	};
}
