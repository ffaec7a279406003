/** The resident thread of live previews: takes one piece of work after the other. */
import { parentPort } from 'node:worker_threads';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { ReplayReport } from '#lib/engine/replay/report.ts';
import { Problem } from '../http/problem.ts';
import { scoreSides, type ReplayWork } from './score-sides.ts';

export interface PreviewCommand {
	readonly uid: number;
	readonly work: ReplayWork;
}

export type PreviewAnswer =
	| { readonly uid: number; readonly report: ReplayReport }
	| {
			readonly uid: number;
			readonly failed: { readonly code: string; readonly text: LocalText | null };
	  };

parentPort?.on('message', ({ uid, work }: PreviewCommand) => {
	parentPort?.postMessage(answer(uid, work));
});

function answer(uid: number, work: ReplayWork): PreviewAnswer {
	try {
		return { uid, report: scoreSides(work) };
	} catch (error) {
		const known = error instanceof Problem ? error : null;
		return { uid, failed: { code: known?.code ?? 'unexpected', text: known?.text ?? null } };
	}
}
