/** Industry packs and own packs. */
import * as packs from '../packs.ts';
import { operation, type ApiOperation } from './operation.ts';

export const PACK_OPERATIONS: readonly ApiOperation[] = [
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
	)
];
