/** Files and rows that come in. */
import * as drafts from '../drafts.ts';
import * as imports from '../imports.ts';
import * as rows from '../rows.ts';
import { operation, type ApiOperation } from './operation.ts';

export const IMPORT_OPERATIONS: readonly ApiOperation[] = [
	operation('POST', '/people', '送入员工', 'Send people', 200, rows.rowsReceived, {
		body: rows.peopleRequest,
		byToken: true
	}),
	operation('POST', '/observations', '送入观测值', 'Send observations', 200, rows.rowsReceived, {
		body: rows.figuresRequest,
		byToken: true
	}),
	operation('POST', '/targets', '送入目标', 'Send targets', 200, rows.rowsReceived, {
		body: rows.figuresRequest,
		byToken: true
	}),
	operation(
		'POST',
		'/sheets',
		'读取工作簿的单元格',
		'Read the cells of a workbook',
		200,
		imports.sheetsBody,
		{
			body: imports.sheetForm,
			form: true
		}
	),
	operation('GET', '/imports', '导入列表', 'The imports', 200, imports.importList),
	operation('POST', '/imports', '上传文件', 'Upload a file', 201, imports.importBatch, {
		body: imports.uploadForm,
		form: true
	}),
	operation('GET', '/imports/{batch}', '查看导入', 'An import', 200, imports.importBatch),
	operation('DELETE', '/imports/{batch}', '放弃导入', 'Set an import aside', 200, drafts.done),
	operation(
		'PUT',
		'/imports/{batch}/plan',
		'保存映射并预演',
		'Save the mapping, get the dry run',
		200,
		imports.importPlan,
		{
			body: imports.planRequest
		}
	),
	operation(
		'POST',
		'/imports/{batch}/commit',
		'提交导入',
		'Commit an import',
		200,
		imports.importCommitted,
		{
			body: imports.commitRequest
		}
	),
	operation(
		'POST',
		'/imports/{batch}/rollback',
		'回滚导入',
		'Roll an import back',
		200,
		imports.importRolledBack,
		{
			body: imports.rollbackRequest
		}
	),
	operation(
		'PUT',
		'/imports/{batch}/reading',
		'换一种方式读取文件',
		'Read the file another way',
		200,
		imports.importBatch,
		{ body: imports.readingRequest }
	),
	operation(
		'POST',
		'/imports/{batch}/preview',
		'试看映射',
		'What a mapping makes of the first rows',
		200,
		imports.mappingPreview,
		{ body: imports.previewRequest }
	),
	operation(
		'POST',
		'/imports/{batch}/values',
		'一列中的不同取值',
		'The different values of a column',
		200,
		imports.columnValues,
		{ body: imports.valuesRequest }
	),
	operation(
		'POST',
		'/imports/{batch}/repairs',
		'一次修复同类的行',
		'Mend all rows of one fault',
		200,
		imports.importPlan,
		{ body: imports.repairRequest }
	),
	operation(
		'POST',
		'/imports/{batch}/cancel',
		'停止正在进行的读取或检查',
		'Stop what runs for an import',
		200,
		drafts.done
	),
	operation(
		'PUT',
		'/imports/{batch}/preset',
		'保存映射',
		'Keep the mapping under a name',
		200,
		drafts.done,
		{ body: imports.presetRequest }
	),
	operation('GET', '/presets', '已保存的映射', 'Saved mappings', 200, imports.presetList),
	operation(
		'GET',
		'/imports/{batch}/rejected',
		'被拒绝的行',
		'Rows that were refused',
		200,
		imports.rejectedRows
	)
];
