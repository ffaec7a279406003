/** The rules of a scheme document with their places: one list that everybody walks. */
import { pointer } from '../diagnostics/diagnostic.ts';
import type { Rule, ValueType } from '../logic/rule.ts';
import type { SchemeDocument } from './document.ts';
import type { RulePlace } from './shape.ts';

export interface PlacedRule {
	readonly at: string;
	readonly rule: Rule;
	readonly place: RulePlace;
	readonly gives: ValueType;
	/** Index of the item whose weight or score this is. */
	readonly item?: number;
}

/** Every rule of a scheme, in document order. */
export function rulesOf(scheme: SchemeDocument): PlacedRule[] {
	const rules: PlacedRule[] = [
		{ at: '/applies_to', rule: scheme.applies_to, place: 'subject', gives: 'boolean' }
	];
	scheme.items.forEach((item, index) => {
		const at = pointer('/items', index);
		if (item.weight !== undefined)
			rules.push({
				at: `${at}/weight`,
				rule: item.weight,
				place: 'item',
				gives: 'number',
				item: index
			});
		rules.push({
			at: `${at}/score`,
			rule: item.score,
			place: 'item',
			gives: 'number',
			item: index
		});
	});
	scheme.adjustments?.forEach(({ when, points }, index) => {
		const at = pointer('/adjustments', index);
		rules.push({ at: `${at}/when`, rule: when, place: 'total', gives: 'boolean' });
		rules.push({ at: `${at}/points`, rule: points, place: 'total', gives: 'number' });
	});
	scheme.gates?.forEach(({ when }, index) =>
		rules.push({
			at: `${pointer('/gates', index)}/when`,
			rule: when,
			place: 'total',
			gives: 'boolean'
		})
	);
	if (scheme.payout)
		rules.push({
			at: '/payout/amount',
			rule: scheme.payout.amount,
			place: 'outcome',
			gives: 'number'
		});
	scheme.insights?.forEach(({ when }, index) =>
		rules.push({
			at: `${pointer('/insights', index)}/when`,
			rule: when,
			place: 'outcome',
			gives: 'boolean'
		})
	);
	return rules;
}
