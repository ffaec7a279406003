/** Names of people who do not exist. */
import type { SeededRandom } from './random.ts';

const SURNAMES = [
	...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何罗高林郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严'
];
const GIVEN = [
	'伟',
	'敏',
	'静',
	'磊',
	'洋',
	'艳',
	'勇',
	'军',
	'杰',
	'娟',
	'涛',
	'超',
	'霞',
	'平',
	'刚',
	'丹',
	'萍',
	'鑫',
	'雪',
	'玲',
	'建国',
	'志强',
	'晓燕',
	'文博',
	'子涵',
	'雨桐',
	'浩然',
	'思琪',
	'嘉怡',
	'俊杰',
	'梓萱',
	'宇航',
	'晨曦',
	'佳琪',
	'明轩',
	'慧敏',
	'丽华',
	'海燕',
	'国栋',
	'春梅',
	'立新',
	'永强',
	'雅婷',
	'振宇',
	'晓东',
	'婷婷',
	'家豪',
	'欣怡',
	'一鸣',
	'若曦'
];

/** A name that is not taken yet. */
export function freshName(random: SeededRandom, taken: Set<string>): string {
	for (;;) {
		const name = random.pick(SURNAMES) + random.pick(GIVEN);
		if (taken.has(name)) continue;
		taken.add(name);
		return name;
	}
}
