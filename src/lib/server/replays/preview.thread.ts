/** The resident thread of live previews: takes one piece of work after the other. */
import { parentPort } from 'node:worker_threads';
import type { Json } from '#lib/engine/logic/rule.ts';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import { Problem } from '../http/problem.ts';
import { PreviewScorer, type PreviewGround, type PreviewOutcome } from './preview-scorer.ts';
import { scoreSides, type ReplayWork } from './score-sides.ts';

/** An edit of a draft whose ground the thread may know already. */
export interface PopulationWork {
	readonly ground: string;
	readonly document: Json;
	/** What `ground` names; sent where the thread said that it does not know it. */
	readonly opened?: PreviewGround;
}

export type PreviewWork =
	| { readonly kind: 'report'; readonly work: ReplayWork }
	| { readonly kind: 'population'; readonly work: PopulationWork };

export interface PreviewCommand {
	readonly uid: number;
	readonly work: PreviewWork;
}

export interface PreviewFailure {
	readonly code: string;
	readonly text: LocalText | null;
}

/** What came of a piece of work. */
export type PreviewResult =
	| { readonly report: ReplayReport }
	| { readonly outcome: PreviewOutcome }
	/** The ground is not here (any more): send it with the work. */
	| { readonly unknownGround: string };

export type PreviewAnswer =
	| { readonly uid: number; readonly result: PreviewResult }
	| { readonly uid: number; readonly failed: PreviewFailure };

const scorer = new PreviewScorer();

parentPort?.on('message', ({ uid, work }: PreviewCommand) => {
	parentPort?.postMessage(answer(uid, work));
});

function answer(uid: number, work: PreviewWork): PreviewAnswer {
	try {
		return { uid, result: resultOf(work) };
	} catch (error) {
		const known = error instanceof Problem ? error : null;
		return { uid, failed: { code: known?.code ?? 'unexpected', text: known?.text ?? null } };
	}
}

function resultOf({ kind, work }: PreviewWork): PreviewResult {
	if (kind === 'report') return { report: scoreSides(work) };
	const { ground, document, opened } = work;
	if (opened) scorer.open(ground, opened);
	const outcome = scorer.score(ground, document);
	return outcome ? { outcome } : { unknownGround: ground };
}
