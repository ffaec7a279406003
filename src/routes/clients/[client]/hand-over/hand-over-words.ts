/** The words and pages of the steps of a set-up. */
import { m } from '#lib/paraglide/messages.js';
import type { BothTexts } from '#lib/ui/local-text.ts';

type StepKey = 'pack' | 'people' | 'history' | 'replay' | 'accounts';

/** The state of a set-up, as far as all its pages show it. */
export interface HandOverState {
	readonly packs: readonly { name: BothTexts; version: string }[];
	readonly people: number;
	readonly units: number;
	readonly history: { facts: number; from: string | null; to: string | null };
	readonly versions: number;
	readonly replay: { scored: number } | null;
	readonly members: readonly { name: string }[];
	readonly rolesMissing: readonly string[];
	readonly done: Readonly<Record<StepKey, boolean>>;
	readonly next: StepKey | null;
}

interface StepPage {
	readonly key: StepKey;
	readonly label: () => string;
	readonly path: string;
	/** What is said where it comes next. */
	readonly next: () => string;
	readonly why: () => string;
}

export const STEP_PAGES: readonly StepPage[] = [
	{
		key: 'pack',
		label: m.handover_step_pack,
		path: '/packs?start',
		next: m.handover_next_pack,
		why: m.handover_next_pack_why
	},
	{
		key: 'people',
		label: m.handover_step_people,
		path: '/hand-over/people',
		next: m.handover_next_people,
		why: m.handover_next_people_why
	},
	{
		key: 'history',
		label: m.handover_step_history,
		path: '/hand-over/history',
		next: m.handover_next_history,
		why: m.handover_next_history_why
	},
	{
		key: 'replay',
		label: m.handover_step_replay,
		path: '/hand-over/replay',
		next: m.handover_next_replay,
		why: m.handover_next_replay_why
	},
	{
		key: 'accounts',
		label: m.handover_step_accounts,
		path: '/hand-over',
		next: m.handover_next_accounts,
		why: m.handover_next_accounts_why
	}
];
