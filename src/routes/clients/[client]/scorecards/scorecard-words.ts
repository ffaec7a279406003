import { m } from '#lib/paraglide/messages.js';

type Light = 'good' | 'warn' | 'bad' | 'none';

/** The status of a scorecard as a word and a light. */
export function scorecardStatus(status: string): { word: string; light: Light } {
	switch (status) {
		case 'scored':
			return { word: m.scorecards_status_scored(), light: 'good' };
		case 'incomplete':
			return { word: m.scorecards_status_incomplete(), light: 'warn' };
		case 'uncovered':
			return { word: m.scorecards_status_uncovered(), light: 'none' };
		case 'error':
			return { word: m.scorecards_status_error(), light: 'bad' };
		default:
			return { word: status, light: 'none' };
	}
}
