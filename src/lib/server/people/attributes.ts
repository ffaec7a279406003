/** What a client calls the attributes of its people: the standard ones and its own. */
import { asc } from 'drizzle-orm';
import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { EMPLOYEE_ATTRIBUTES } from '#lib/engine/scheme/variables.ts';
import { admitActor } from '../auth/permissions.ts';
import type { Actor, Context } from '../context.ts';
import { attributes } from '../db/client/schema.ts';
import type { AttributeChoice, AttributeType } from '../db/client/tables/registers.ts';
import type { Queries } from '../db/database.ts';
import { refuse } from '../http/problem.ts';
import { loadPeople } from './history.ts';
import { PAY_ATTRIBUTES } from './pay.ts';
import { peopleProblems } from './problems.ts';

export interface AttributeDefinition {
	readonly id: string;
	readonly name: LocalText;
	readonly type: AttributeType;
	readonly choices: readonly AttributeChoice[];
	readonly retired: boolean;
}

/** Kept about people without being an attribute that somebody defines: it has a place of its own. */
export const FIXED_ATTRIBUTES: ReadonlySet<string> = new Set([
	'id',
	'name',
	'unit',
	'unit_path',
	'tenure_months',
	'manager'
]);

/** The definitions that the client wrote, by id. */
export async function loadAttributes(
	queries: Queries
): Promise<ReadonlyMap<string, AttributeDefinition>> {
	const rows = await queries.select().from(attributes).orderBy(asc(attributes.id));
	return new Map(
		rows.map(({ id, name, type, choices, retiredAt }) => [
			id,
			{ id, name, type, choices, retired: retiredAt !== null }
		])
	);
}

/** Refuses a value that the client's description of the attribute does not allow; null empties it. */
export function assertFits(definition: AttributeDefinition | undefined, value: Json): void {
	if (!definition || value === null || fits(definition, value)) return;
	const { id, type, choices } = definition;
	throw refuse(peopleProblems, 'attribute_value_refused', {
		details: {
			attribute: id,
			found: String(value),
			...expectedWords(type, choices)
		}
	});
}

function fits({ type, choices }: AttributeDefinition, value: Json): boolean {
	switch (type) {
		case 'number':
		case 'boolean':
			return typeof value === type;
		case 'date':
			return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
		case 'choice':
			return choices.some((choice) => choice.value === value);
		case 'text':
			return typeof value === 'string' || typeof value === 'number';
	}
}

function expectedWords(type: AttributeType, choices: readonly AttributeChoice[]) {
	const names = (locale: 'zh-CN' | 'en') => choices.map(({ name }) => name[locale]);
	const words: Readonly<Record<AttributeType, readonly [string, string]>> = {
		text: ['文字', 'a text'],
		number: ['数字', 'a number'],
		boolean: ['是或否', 'yes or no'],
		date: ['日期', 'a date'],
		choice: [names('zh-CN').join('、'), `one of ${names('en').join(', ')}`]
	};
	const [zh, en] = words[type];
	return { expected_zh: zh, expected: en };
}

export interface AttributeSummary extends AttributeDefinition {
	/** One that every client has; its type cannot be changed. */
	readonly standard: boolean;
	/** False for one that an import brought and nobody has described yet. */
	readonly described: boolean;
	/** People who have a value for it. */
	readonly people: number;
	/** The values that occur, the most frequent first; at most 60 of a text. */
	readonly values: readonly { readonly value: string; readonly people: number }[];
}

const MOST_VALUES = 60;
/** Attributes that imports know by name although no rule reads them. */
const KNOWN_NAMES: Readonly<Record<string, LocalText>> = {
	left_on: { 'zh-CN': '最后工作日', en: 'last day' },
	email: { 'zh-CN': '邮箱', en: 'email' }
};
const STANDARD_DATES: ReadonlySet<string> = new Set(['hired_on', 'left_on']);

/** Every attribute of the client's people: standard, described, or merely found in the data. */
export async function listAttributes(
	ctx: Context,
	actor: Actor
): Promise<readonly AttributeSummary[]> {
	admitActor(ctx, actor, 'people.list');
	const [defined, people] = await Promise.all([
		loadAttributes(ctx.db.read),
		loadPeople(ctx.db.read)
	]);
	const ids = new Set([...EMPLOYEE_ATTRIBUTES.keys(), ...people.attributeIds(), ...defined.keys()]);
	return [...ids]
		.filter((id) => !FIXED_ATTRIBUTES.has(id))
		.map((id): AttributeSummary => {
			const counted = countValues(people, id);
			const standard = EMPLOYEE_ATTRIBUTES.get(id);
			const own = defined.get(id);
			const isDate = STANDARD_DATES.has(id) || counted.isDate;
			return {
				id,
				name: own?.name ?? standard?.name ?? KNOWN_NAMES[id] ?? { 'zh-CN': id, en: id },
				type: own?.type ?? (isDate ? 'date' : counted.type),
				choices: own?.choices ?? [],
				retired: own?.retired ?? false,
				standard: standard !== undefined,
				described: own !== undefined || standard !== undefined || id in KNOWN_NAMES,
				people: counted.people,
				// Figures are not choices, and pay is nobody's to read here.
				values:
					counted.isDate || counted.type === 'number' || PAY_ATTRIBUTES.has(id)
						? []
						: counted.values
			};
		})
		.sort((a, b) => Number(b.standard) - Number(a.standard) || (a.id < b.id ? -1 : 1));
}

interface Counted {
	readonly people: number;
	readonly type: AttributeType;
	readonly isDate: boolean;
	readonly values: AttributeSummary['values'];
}

function countValues(people: Awaited<ReturnType<typeof loadPeople>>, id: string): Counted {
	const counts = new Map<string, number>();
	const kinds = new Set<string>();
	let have = 0;
	let days = 0;
	for (const person of people.all.values()) {
		const value = person.attributes.get(id)?.at(-1)?.value ?? null;
		if (value === null) continue;
		have += 1;
		kinds.add(typeof value);
		const text = String(value);
		if (/^\d{4}-\d{2}-\d{2}$/.test(text)) days += 1;
		counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	const [kind] = kinds.size === 1 ? kinds : [];
	return {
		people: have,
		type: kind === 'number' || kind === 'boolean' ? kind : 'text',
		isDate: have > 0 && days === have,
		values: [...counts]
			.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
			.slice(0, MOST_VALUES)
			.map(([value, count]) => ({ value, people: count }))
	};
}
