/** Drafts of schemes, what is asked while one is edited, and its way to a version. */
import * as checks from '../checks.ts';
import * as conditions from '../conditions.ts';
import * as curves from '../curves.ts';
import * as drafts from '../drafts.ts';
import * as golden from '../golden.ts';
import * as preview from '../preview.ts';
import * as replays from '../replays.ts';
import { operation, type ApiOperation } from './operation.ts';

export const DRAFT_OPERATIONS: readonly ApiOperation[] = [
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
	})
];
