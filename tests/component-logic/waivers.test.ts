import { describe, expect, it } from 'vitest';
import { withoutWaiver, withWaiver } from '#lib/designer/checks/waivers.ts';

const gap = { code: 'grade_gap', at: '/grades' };
const cap = { code: 'no_upper_cap', at: '/items/0/score' };

describe('waivers of a document', () => {
	it('are added with their reason, and a second reason replaces the first', () => {
		const once = withWaiver({ id: 'sales' }, gap, ' on purpose ');
		expect(once).toEqual({ id: 'sales', waivers: [{ ...gap, reason: 'on purpose' }] });
		expect(withWaiver(once, gap, 'agreed')).toEqual({
			id: 'sales',
			waivers: [{ ...gap, reason: 'agreed' }]
		});
	});

	it('are taken back one by one, and the empty list leaves the document', () => {
		const both = withWaiver(withWaiver({}, gap, 'a'), cap, 'b');
		expect(withoutWaiver(both, gap)).toEqual({ waivers: [{ ...cap, reason: 'b' }] });
		expect(withoutWaiver(withoutWaiver(both, gap), cap)).toEqual({});
	});

	it('leave the document they were given as it was', () => {
		const document = { waivers: [{ ...gap, reason: 'a' }] };
		withoutWaiver(document, gap);
		expect(document.waivers).toHaveLength(1);
	});
});
