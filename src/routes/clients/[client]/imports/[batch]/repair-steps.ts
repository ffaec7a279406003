/** Repairs of a mapping as the steps in which a person made them. */
import { toWire } from '#lib/contract/base.ts';
import {
	importMapping,
	type ImportMapping,
	type ImportRepair
} from '#lib/contract/import-mapping.ts';

export interface RepairStep {
	readonly key: string;
	readonly repairs: readonly ImportRepair[];
}

/** The steps in their order; repairs of no step (sent by a program) stand for themselves. */
export function stepsOf(repairs: readonly ImportRepair[]): RepairStep[] {
	const steps = new Map<string, ImportRepair[]>();
	for (const [index, repair] of repairs.entries()) {
		const key = repair.step === undefined ? `own-${index}` : `step-${repair.step}`;
		const known = steps.get(key);
		if (known) known.push(repair);
		else steps.set(key, [repair]);
	}
	return [...steps].map(([key, own]) => ({ key, repairs: own }));
}

/** What is sent to take a step back. */
export function undoOf(mapping: ImportMapping, step: RepairStep): string {
	const wire = toWire(importMapping, { ...mapping, repairs: step.repairs }) as {
		readonly repairs: readonly unknown[];
	};
	return JSON.stringify({ undo: wire.repairs });
}
