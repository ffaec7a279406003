/** Every finding the checker and the packs can give, from the catalogues beside the code. */
import { dataDiagnostics } from '#lib/engine/analyse/data-diagnostics.ts';
import { ruleDiagnostics } from '#lib/engine/analyse/rule-diagnostics.ts';
import { scoreDiagnostics } from '#lib/engine/analyse/score-diagnostics.ts';
import { totalDiagnostics } from '#lib/engine/analyse/total-diagnostics.ts';
import { weightDiagnostics } from '#lib/engine/analyse/weight-diagnostics.ts';
import type { DiagnosticCatalogue, DiagnosticEntry } from '#lib/engine/diagnostics/diagnostic.ts';
import { logicDiagnostics } from '#lib/engine/logic/diagnostics.ts';
import { replayDiagnostics } from '#lib/engine/replay/diagnostics.ts';
import { schemeDiagnostics } from '#lib/engine/scheme/diagnostics.ts';
import { selectionDiagnostics } from '#lib/engine/score/select-scheme.ts';
import { tableDiagnostics } from '#lib/engine/table/diagnostics.ts';
import { answerDiagnostics } from '#lib/packs/answer-diagnostics.ts';
import { archiveDiagnostics } from '#lib/packs/archive-diagnostics.ts';
import { packDiagnostics } from '#lib/packs/diagnostics.ts';

export interface CatalogueEntry {
	readonly code: string;
	readonly entry: DiagnosticEntry;
}

export function entriesOf(catalogue: DiagnosticCatalogue): readonly CatalogueEntry[] {
	return Object.entries(catalogue).map(([code, entry]) => ({ code, entry }));
}

/** One entry a code; the first catalogue that has it speaks. */
export function catalogue(): readonly CatalogueEntry[] {
	const all: DiagnosticCatalogue = {
		...packDiagnostics,
		...archiveDiagnostics,
		...answerDiagnostics,
		...tableDiagnostics,
		...replayDiagnostics,
		...selectionDiagnostics,
		...logicDiagnostics,
		...schemeDiagnostics,
		...dataDiagnostics,
		...ruleDiagnostics,
		...scoreDiagnostics,
		...totalDiagnostics,
		...weightDiagnostics
	};
	return entriesOf(all).toReversed();
}
