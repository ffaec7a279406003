/** Every operation of `/api/v1`: the description of the interface and its test read this list. */
import type * as v from 'valibot';
import type { LocalText } from '../engine/diagnostics/diagnostic.ts';
import * as checks from './checks.ts';
import * as conditions from './conditions.ts';
import * as curves from './curves.ts';
import * as drafts from './drafts.ts';
import * as golden from './golden.ts';
import * as imports from './imports.ts';
import * as metrics from './metrics.ts';
import * as packs from './packs.ts';
import * as people from './people.ts';
import * as preview from './preview.ts';
import * as records from './records.ts';
import * as replays from './replays.ts';
import * as rows from './rows.ts';
import * as scorecards from './scorecards.ts';
import * as targets from './targets.ts';

export interface ApiOperation {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Below `/api/v1/clients/{client}`, or below `/api/v1` where a token says which client. */
	readonly path: string;
	/** The client is that of the token. */
	readonly byToken?: boolean;
	readonly summary: LocalText;
	readonly query?: v.GenericSchema;
	readonly body?: v.GenericSchema;
	/** The body is a form with a file instead of JSON. */
	readonly form?: boolean;
	readonly status: number;
	readonly answer: v.GenericSchema;
}

type Parts = Pick<ApiOperation, 'query' | 'body' | 'form' | 'byToken'>;

function operation(
	method: ApiOperation['method'],
	path: string,
	zh: string,
	en: string,
	status: number,
	answer: v.GenericSchema,
	parts: Parts = {}
): ApiOperation {
	return { method, path, summary: { 'zh-CN': zh, en }, status, answer, ...parts };
}

export const OPERATIONS: readonly ApiOperation[] = [
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

	operation('GET', '/people', '查找员工', 'Find people', 200, people.peopleList, {
		query: people.peopleQuery
	}),
	operation(
		'GET',
		'/people/{employee}',
		'查看员工及其历史',
		'A person and their history',
		200,
		people.personBody,
		{
			query: people.personQuery
		}
	),
	operation('GET', '/units', '组织树', 'The tree of units', 200, people.unitList),
	operation('GET', '/metrics', '指标列表', 'The metrics', 200, metrics.metricList),
	operation(
		'POST',
		'/metrics',
		'登记或修订指标',
		'Register or revise a metric',
		201,
		metrics.metricSaved,
		{
			body: metrics.saveMetricRequest
		}
	),
	operation('GET', '/metrics/{metric}', '查看指标', 'A metric', 200, metrics.metricBody),
	operation(
		'DELETE',
		'/metrics/{metric}',
		'停用指标',
		'Retire a metric',
		200,
		metrics.metricRetired,
		{
			body: metrics.retireMetricRequest
		}
	),
	operation(
		'POST',
		'/metrics/similar',
		'查找近似指标',
		'Find near-duplicates',
		200,
		metrics.similarMetrics,
		{ body: metrics.similarRequest }
	),
	operation(
		'GET',
		'/metrics/{metric}/figure',
		'查看数值的构成',
		'What a figure is made of',
		200,
		records.figureBody,
		{ query: records.figureQuery }
	),

	operation('GET', '/records', '记录类型列表', 'The record types', 200, records.recordTypeList),
	operation(
		'POST',
		'/records',
		'登记或修订记录类型',
		'Register or revise a record type',
		201,
		records.recordTypeSaved,
		{ body: records.saveRecordTypeRequest }
	),
	operation('GET', '/records/{type}', '查找记录', 'Find records', 200, records.recordList, {
		query: records.recordsQuery
	}),
	operation('POST', '/records/{type}', '送入记录', 'Send records', 200, records.recordsReceived, {
		body: records.recordsRequest
	}),
	operation(
		'GET',
		'/records/{type}/corrections',
		'查看更正',
		'Corrections of closed months',
		200,
		records.correctionsBody
	),
	operation(
		'POST',
		'/records/{type}/corrections',
		'接受更正',
		'Accept a correction',
		201,
		records.correctionAccepted,
		{ body: records.acceptCorrectionRequest }
	),
	operation(
		'GET',
		'/missing-records',
		'缺少的记录',
		'Missing records',
		200,
		records.missingRecordsBody
	),
	operation(
		'POST',
		'/missing-records',
		'登记或修订提醒',
		'Register or revise a reminder',
		201,
		records.expectationSaved,
		{ body: records.saveExpectationRequest }
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
	),

	operation('GET', '/packs', '规则包列表', 'The packs at hand', 200, packs.packList),
	operation('POST', '/packs', '接收规则包', 'Hand a pack in', 201, packs.packReceived, {
		body: packs.receivePackForm,
		form: true
	}),
	operation(
		'POST',
		'/packs/{pack}/plan',
		'安装计划',
		'Plan an installation',
		200,
		packs.installPlanBody,
		{
			body: packs.planPackRequest
		}
	),
	operation(
		'POST',
		'/packs/{pack}/trial',
		'试回放',
		'Try a scheme of a pack',
		200,
		packs.trialReplayed,
		{
			body: packs.trialReplayRequest
		}
	),
	operation(
		'POST',
		'/packs/{pack}/install',
		'安装规则包',
		'Install a pack',
		200,
		packs.packInstalled,
		{
			body: packs.installPackRequest
		}
	),
	operation(
		'POST',
		'/packs/{pack}/upgrade-plan',
		'升级计划',
		'Plan an upgrade',
		200,
		packs.upgradePlanBody,
		{
			body: packs.planUpgradeRequest
		}
	),
	operation(
		'POST',
		'/packs/{pack}/upgrade',
		'升级规则包',
		'Upgrade a pack',
		200,
		packs.packUpgraded,
		{
			body: packs.upgradePackRequest
		}
	),
	operation(
		'GET',
		'/packs/{pack}/uninstall',
		'卸载计划',
		'Plan an uninstallation',
		200,
		packs.uninstallPlanBody
	),
	operation(
		'POST',
		'/packs/{pack}/uninstall',
		'卸载规则包',
		'Uninstall a pack',
		200,
		packs.uninstallPlanBody,
		{
			body: packs.uninstallPackRequest
		}
	),
	operation(
		'POST',
		'/pack-exports',
		'导出规则包',
		'Export schemes as a pack',
		201,
		packs.packExported,
		{
			body: packs.exportPackRequest
		}
	),

	operation('GET', '/schemes', '方案与草稿', 'Schemes and their drafts', 200, drafts.schemeList),
	operation('POST', '/drafts', '新建草稿', 'Start a draft', 201, drafts.draftCreated, {
		body: drafts.createDraftRequest
	}),
	operation('GET', '/drafts/{draft}', '查看草稿', 'A draft', 200, drafts.draftBody),
	operation('PUT', '/drafts/{draft}', '保存草稿', 'Save a draft', 200, drafts.draftSaved, {
		body: drafts.saveDraftRequest
	}),
	operation(
		'POST',
		'/drafts/{draft}/presence',
		'登记一个打开草稿的窗口，请求或让出编辑权',
		'Attend a draft with a window; ask for or hand over its pen',
		200,
		drafts.attendanceBody,
		{ body: drafts.attendRequest }
	),
	operation(
		'POST',
		'/drafts/{draft}/preview',
		'即时预览',
		'Score the document in the editor',
		200,
		drafts.previewBody,
		{
			body: drafts.previewRequest
		}
	),
	operation(
		'GET',
		'/drafts/{draft}/person-month',
		'真实员工某期间的数据，用作典型员工',
		'What a draft reads of a person in a period',
		200,
		golden.personMonthBody,
		{
			query: golden.personMonthQuery
		}
	),
	operation(
		'POST',
		'/drafts/{draft}/preview/population',
		'随手预览：对所有人的影响',
		'Effect of the document in the editor on everybody, in sums',
		200,
		preview.populationBody,
		{ body: preview.populationRequest }
	),
	operation(
		'GET',
		'/drafts/{draft}/preview/person',
		'随手预览：一个人的数据',
		'Figures of one person, to be scored where they are shown',
		200,
		preview.previewPersonBody,
		{ query: preview.previewPersonQuery }
	),
	operation(
		'GET',
		'/drafts/{draft}/preview/people',
		'随手预览：查找人员',
		'Find somebody to preview a draft for',
		200,
		preview.previewPeopleBody,
		{ query: preview.previewPeopleQuery }
	),
	operation(
		'GET',
		'/drafts/{draft}/history',
		'指标的历史分布',
		'History of a metric, for a curve',
		200,
		curves.historyBody,
		{
			query: curves.historyQuery
		}
	),
	operation(
		'GET',
		'/drafts/{draft}/replays',
		'草稿的回放',
		'Replays of a draft',
		200,
		replays.replayList
	),
	operation(
		'POST',
		'/drafts/{draft}/replays',
		'开始回放',
		'Start a replay',
		202,
		replays.replayStarted,
		{
			body: replays.startReplayRequest
		}
	),
	operation(
		'POST',
		'/drafts/{draft}/submissions',
		'提交审批',
		'Submit for approval',
		201,
		drafts.submissionCreated,
		{
			body: drafts.submitRequest
		}
	),
	operation(
		'POST',
		'/submissions/{submission}/decision',
		'批准或退回',
		'Approve or return',
		200,
		drafts.done,
		{
			body: drafts.decisionRequest
		}
	),
	operation(
		'POST',
		'/submissions/{submission}/publication',
		'发布版本',
		'Publish a version',
		201,
		drafts.versionPublished,
		{
			body: drafts.publishRequest
		}
	),
	operation('GET', '/replays/{replay}', '查看回放', 'A replay', 200, replays.replayBody),
	operation('POST', '/replays/{replay}/cancel', '取消回放', 'Stop a replay', 202, drafts.done),
	operation(
		'GET',
		'/replays/{replay}/people/{employee}',
		'一个人的前后对比',
		'One person before and after',
		200,
		replays.personReplayBody,
		{
			query: replays.personReplayQuery
		}
	),

	operation(
		'GET',
		'/replays/{replay}/totals',
		'总分与奖金变化的拆分',
		'The change of totals, split over the edits',
		200,
		checks.totalsBody
	),
	operation('POST', '/checks', '检查方案', 'Check a scheme', 200, checks.checkBody, {
		body: checks.checkRequest
	}),
	operation(
		'POST',
		'/condition-hits',
		'条件命中',
		'For whom conditions held',
		200,
		conditions.conditionHitsBody,
		{
			body: conditions.conditionHitsRequest
		}
	),
	operation('POST', '/differences', '比较两个方案', 'Compare schemes', 200, checks.differenceBody, {
		body: checks.differenceRequest
	}),
	operation('POST', '/merges', '三方合并', 'Three-way merge', 200, checks.mergeBody, {
		body: checks.mergeRequest
	}),

	operation('GET', '/targets', '目标轮次', 'Rounds of targets', 200, targets.cycleList),
	operation(
		'POST',
		'/targets',
		'开启目标轮次',
		'Open a round of targets',
		201,
		targets.cycleOpened,
		{
			body: targets.openCycleRequest
		}
	),
	operation('GET', '/targets/{cycle}', '轮次进度', 'Progress of a round', 200, targets.cycleBody),
	operation(
		'GET',
		'/targets/{cycle}/sheet',
		'目标填写表',
		'The sheet of targets',
		200,
		targets.sheetBody,
		{
			query: targets.sheetQuery
		}
	),
	operation(
		'PUT',
		'/targets/{cycle}/proposals',
		'保存目标提案',
		'Save proposals',
		200,
		targets.proposalsSaved,
		{
			body: targets.proposeRequest
		}
	),
	operation(
		'POST',
		'/targets/{cycle}/submission',
		'提交目标',
		'Submit targets',
		200,
		targets.targetsSubmitted
	),
	operation(
		'POST',
		'/targets/{cycle}/reviews',
		'同意或退回目标',
		'Agree to or return targets',
		200,
		targets.targetsReviewed,
		{
			body: targets.reviewRequest
		}
	),
	operation(
		'POST',
		'/targets/{cycle}/agree-in-band',
		'批量同意区间内的目标',
		'Agree to all inside the band',
		200,
		targets.agreedInBand,
		{
			body: targets.agreeInBandRequest
		}
	),

	operation('GET', '/scoring-runs', '核算记录', 'Scoring runs', 200, scorecards.runList),
	operation('POST', '/scoring-runs', '开始核算', 'Score a period', 202, scorecards.runStarted, {
		body: scorecards.runScoringRequest
	}),
	operation(
		'POST',
		'/scoring-runs/{run}/release',
		'公布绩效卡',
		'Release scorecards',
		200,
		drafts.done
	),
	operation('GET', '/scorecards', '绩效卡列表', 'Find scorecards', 200, scorecards.scorecardList, {
		query: scorecards.scorecardQuery
	}),
	operation(
		'GET',
		'/scorecards/{scorecard}',
		'查看绩效卡',
		'A scorecard',
		200,
		scorecards.scorecardBody
	)
];
