import { defineProblems } from '../http/problem.ts';

/** Refusals of backups. */
export const backupProblems = defineProblems({
	backup_exists: {
		status: 409,
		text: { 'zh-CN': '{target} 已经存在，没有覆盖。', en: '{target} exists already and was kept.' },
		advice: { 'zh-CN': '换一个新的文件夹名。', en: 'Name a folder that does not exist yet.' }
	},
	backup_missing: {
		status: 404,
		text: { 'zh-CN': '{folder} 里没有备份。', en: 'There is no backup in {folder}.' },
		advice: {
			'zh-CN': '指向含有 manifest.json 的文件夹。',
			en: 'Name the folder that holds manifest.json.'
		}
	},
	backup_altered: {
		status: 422,
		text: {
			'zh-CN': '备份中的 {file} 与清单不符，没有恢复。',
			en: '{file} of the backup is not what its manifest says; nothing was restored.'
		},
		advice: {
			'zh-CN': '请用另一份备份，或从原处重新复制完整的文件夹。',
			en: 'Use another backup, or copy the whole folder again from where it was made.'
		}
	},
	source_damaged: {
		status: 500,
		text: {
			'zh-CN': '{file} 已损坏（{fault}），没有生成备份。',
			en: '{file} is damaged ({fault}); no backup was made.'
		},
		advice: {
			'zh-CN': '停止服务，保留现场，从上一份完好的备份恢复。',
			en: 'Stop the server, keep the files, and restore the last sound backup.'
		}
	},
	data_dir_not_empty: {
		status: 409,
		text: {
			'zh-CN': '{folder} 里已有数据，没有覆盖。',
			en: '{folder} holds an instance already and was kept.'
		},
		advice: {
			'zh-CN': '恢复到一个新的数据目录，再用它启动。',
			en: 'Restore to a new data directory and start with that.'
		}
	}
});
