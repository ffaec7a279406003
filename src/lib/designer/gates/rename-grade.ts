import type { Json, JsonObject } from '#lib/engine/logic/rule.ts';
import { isList, isObject } from '../document-path.ts';

/** Gives a grade another id, and the gates that name it with it. */
export function renameGrade(document: JsonObject, from: string, to: string): JsonObject {
	const entries = (key: string): readonly Json[] => (isList(document[key]) ? document[key] : []);
	const grades = entries('grades').map((grade) =>
		isObject(grade) && grade['id'] === from ? { ...grade, id: to } : grade
	);
	const gates = entries('gates').map((gate) => {
		const effect = isObject(gate) ? gate['effect'] : undefined;
		return isObject(gate) && isObject(effect) && effect['grade'] === from
			? { ...gate, effect: { ...effect, grade: to } }
			: gate;
	});
	return { ...document, grades, ...(document['gates'] === undefined ? {} : { gates }) };
}
