/**
 * How many people had each value of a text attribute in the last year, counted as conditions are:
 * asked once somebody turns to the choices, and kept by exactly what was asked.
 */
import { untrack } from 'svelte';
import type { Rule, VariableInfo } from '#lib/engine/logic/rule.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SchemeWorkspace } from '../workspace/scheme-workspace.svelte.ts';
import { hitBoard, questionKey, type HitQuestion } from './hits.svelte.ts';
import type { RulePlace } from './variable-choices.ts';

export interface CountedSubject {
	readonly subject: Rule;
	readonly info: VariableInfo | undefined;
	readonly place: RulePlace;
}

/** What is asked for the values of a subject; null where there is nothing to choose from. */
export function countQuestion({ subject, info, place }: CountedSubject): HitQuestion | null {
	if (info?.type !== 'string' || !info.values || info.values.length === 0) return null;
	const conditions = info.values.map((value): Rule => ({ '==': [subject, value] }));
	return { conditions, everybody: place === 'scope' };
}

/** Counts of a subject’s values for as long as its component lives. */
export class ValueCounts {
	readonly #workspace: SchemeWorkspace;
	readonly #about: () => CountedSubject;
	#wanted = $state(false);
	readonly #question = $derived.by(() => (this.#wanted ? countQuestion(this.#about()) : null));
	readonly #key = $derived.by(
		() => this.#question && questionKey(this.#question, this.#workspace.document)
	);

	constructor(workspace: SchemeWorkspace, about: () => CountedSubject) {
		this.#workspace = workspace;
		this.#about = about;
		$effect(() => {
			if (this.#key === null) return;
			return (
				untrack(() => this.#question && hitBoard().watch(this.#question, workspace.document)) ??
				undefined
			);
		});
	}

	/** Somebody turns to the choices. */
	readonly want = (): void => {
		this.#wanted = true;
	};

	/** People with a value; null while it is unknown, or where it may not be seen. */
	peopleWith(value: string): number | null {
		const at = this.#about().info?.values?.indexOf(value) ?? -1;
		if (this.#key === null || at < 0) return null;
		return hitBoard().answerTo(this.#key)?.[at]?.people ?? null;
	}

	/** A value’s name, with its count once there is one. */
	label(value: string, name: string): string {
		const people = this.peopleWith(value);
		return people === null ? name : m.conditions_value_people({ value: name, people });
	}
}
