/** Targets, replays and scorecards. */
import * as checks from '../checks.ts';
import * as drafts from '../drafts.ts';
import * as replays from '../replays.ts';
import * as scorecards from '../scorecards.ts';
import * as targets from '../targets.ts';
import { operation, type ApiOperation } from './operation.ts';

export const RESULT_OPERATIONS: readonly ApiOperation[] = [
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
