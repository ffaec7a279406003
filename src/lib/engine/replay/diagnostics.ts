/** Why a replay cannot be run. */
import { defineDiagnostics } from '../diagnostics/diagnostic.ts';

export const replayDiagnostics = defineDiagnostics({
	range_invalid: {
		severity: 'error',
		message: { 'zh-CN': '期间范围“{range}”无效。', en: '“{range}” is not a range of periods.' },
		advice: {
			'zh-CN': '写成 2025-01..2025-12，两端同一种期间，先后有序。',
			en: 'Write 2025-01..2025-12: two periods of one kind, the earlier first.'
		},
		help: {
			'zh-CN': '回放在一段连续的期间上进行，两端都包含在内。',
			en: 'A replay runs over consecutive periods, both ends included.'
		}
	},
	period_length: {
		severity: 'error',
		message: {
			'zh-CN': '方案“{scheme}”按“{expected}”考核，范围“{range}”不是。',
			en: 'The scheme “{scheme}” scores a {expected}; the range “{range}” is of another length.'
		},
		advice: {
			'zh-CN': '换成该方案考核期的范围。',
			en: 'Choose a range in the period of the scheme.'
		},
		help: {
			'zh-CN': '草稿、基线与数据的考核期必须一致。',
			en: 'Draft, baseline and data have one length of period.'
		}
	},
	no_rows: {
		severity: 'error',
		message: {
			'zh-CN': '数据中没有所选期间（{range}）的行。',
			en: 'The data has no rows in the chosen periods ({range}).'
		},
		advice: {
			'zh-CN': '先导入这些期间的数据，或换一个范围。',
			en: 'Import data for these periods, or choose another range.'
		},
		help: {
			'zh-CN': '没有历史就无法回放。',
			en: 'Without history there is nothing to replay.'
		}
	}
});
