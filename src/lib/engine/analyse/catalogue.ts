/** Every code that the checker can raise, for the help pages and for tests. */
import type { DiagnosticCatalogue } from '../diagnostics/diagnostic.ts';
import { dataDiagnostics } from './data-diagnostics.ts';
import { ruleDiagnostics } from './rule-diagnostics.ts';
import { scoreDiagnostics } from './score-diagnostics.ts';
import { totalDiagnostics } from './total-diagnostics.ts';
import { weightDiagnostics } from './weight-diagnostics.ts';

export const analyseDiagnostics = {
	...weightDiagnostics,
	...scoreDiagnostics,
	...totalDiagnostics,
	...ruleDiagnostics,
	...dataDiagnostics
} satisfies DiagnosticCatalogue;
