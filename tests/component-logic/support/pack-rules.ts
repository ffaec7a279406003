/** Every rule of the schemes that the packs ship, with the place where it is written. */
import { readdirSync, readFileSync } from 'node:fs';
import { isList, isObject } from '#lib/designer/document-path.ts';
import type { Json, Rule } from '#lib/engine/logic/rule.ts';

export interface PackRule {
	readonly place: string;
	readonly rule: Rule;
}

const PACKS = new URL('../../../rule-packs/', import.meta.url);

function lists(document: Json, key: string): readonly Json[] {
	const list = isObject(document) ? document[key] : undefined;
	return isList(list) ? list : [];
}

export function packRules(): PackRule[] {
	const found: PackRule[] = [];
	for (const pack of readdirSync(PACKS, { withFileTypes: true })) {
		if (!pack.isDirectory()) continue;
		const folder = new URL(`${pack.name}/schemes/`, PACKS);
		let files: string[];
		try {
			files = readdirSync(folder);
		} catch {
			continue;
		}
		for (const file of files.filter((name) => name.endsWith('.json'))) {
			const document = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Json;
			const add = (at: string, rule: Json | undefined): void => {
				if (rule !== undefined) found.push({ place: `${pack.name}/${file} ${at}`, rule });
			};
			if (!isObject(document)) continue;
			add('applies_to', document['applies_to']);
			const parts: [string, readonly string[]][] = [
				['items', ['weight', 'score']],
				['adjustments', ['when', 'points']],
				['gates', ['when']],
				['insights', ['when']]
			];
			for (const [key, rules] of parts)
				lists(document, key).forEach((entry, index) => {
					if (!isObject(entry)) return;
					for (const name of rules) add(`/${key}/${index}/${name}`, entry[name]);
				});
			const payout = document['payout'];
			if (isObject(payout)) add('/payout/amount', payout['amount']);
		}
	}
	return found;
}
