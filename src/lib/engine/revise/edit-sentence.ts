/** Edits in words, from templates: deterministic, in both languages, fit for an audit log. */
import type { LocalText, Locale } from '../diagnostics/diagnostic.ts';
import { ruleSentence } from '../logic/sentence.ts';
import type { Json } from '../logic/rule.ts';
import type { BareEdit, DiffOptions } from './diff.ts';
import { ORDER } from './edit.ts';
import { isList, isObject, keyedList, type PlainScheme } from './sections.ts';
import { VariableNames } from './variable-names.ts';
import { SECTION_WORDS, FIELD_WORDS, SETTING_WORDS, type Words } from './words.ts';

/** The sentence of one edit between two documents. */
export function describeEdit(
	edit: BareEdit,
	older: PlainScheme,
	newer: PlainScheme,
	options: DiffOptions = {}
): LocalText {
	const describe = (locale: Locale): string =>
		new EditWriter(locale, older, newer, options).write(edit);
	return { 'zh-CN': describe('zh-CN'), en: describe('en') };
}

/** The name of a place, as a person would call it: “weight of New customers”. */
export function placeName(
	path: readonly string[],
	older: PlainScheme,
	newer: PlainScheme,
	options: DiffOptions = {}
): LocalText {
	const name = (locale: Locale): string =>
		new EditWriter(locale, older, newer, options).place(path);
	return { 'zh-CN': name('zh-CN'), en: name('en') };
}

/** The name of an element of a scheme: its own, else its metric's, else its id. */
export function elementName(
	list: string,
	element: Json | undefined,
	locale: Locale,
	options: DiffOptions = {}
): string {
	if (!isObject(element)) return '';
	const own = textIn(element['name'] ?? element['message'], locale);
	if (own !== null) return own;
	const metric = element['metric'];
	const named = typeof metric === 'string' ? options.metrics?.get(metric)?.name : undefined;
	if (named) return named[locale];
	const key = element['id'] ?? element['code'];
	return typeof key === 'string' ? key : list;
}

function textIn(value: Json | undefined, locale: Locale): string | null {
	if (typeof value === 'string') return value;
	const text = isObject(value) ? value[locale] : null;
	return typeof text === 'string' && text !== '' ? text : null;
}

class EditWriter {
	readonly #locale: Locale;
	readonly #older: PlainScheme;
	readonly #newer: PlainScheme;
	readonly #options: DiffOptions;
	readonly #variables: VariableNames;
	/** The item whose rule is said, if it is one's. */
	#item: string | null = null;

	constructor(locale: Locale, older: PlainScheme, newer: PlainScheme, options: DiffOptions) {
		this.#locale = locale;
		this.#older = older;
		this.#newer = newer;
		this.#options = options;
		this.#variables = new VariableNames({ ...older, ...newer }, options);
	}

	write(edit: BareEdit): string {
		const [section = '', key, field] = edit.path;
		this.#item = section === 'items' ? (key ?? null) : null;
		if (key === undefined) return this.#changed(this.#word(SETTING_WORDS, section), edit, section);
		if (key === ORDER) return this.#moved(section, edit);
		if (edit.kind === 'cosmetic') return this.#cosmetic(edit);
		const name = this.#name(section, key);
		if (edit.kind === 'added') return this.#whole(section, name, edit.after, true);
		if (edit.kind === 'removed') return this.#whole(section, name, edit.before, false);
		if (field === undefined) return this.#changed(this.#part(section, key), edit, key);
		return this.#changed(this.#of(name, field, section), edit, field);
	}

	place(path: readonly string[]): string {
		const [section = '', key, field] = path;
		if (key === undefined) return this.#word(SETTING_WORDS, section);
		if (key === ORDER) {
			const what = this.#word(SECTION_WORDS, section);
			return this.#locale === 'en' ? `order of the ${what}s` : `${what}的顺序`;
		}
		if (section === 'total' || section === 'payout' || section === 'view') {
			return this.#part(section, key);
		}
		const name = this.#name(section, key);
		if (field !== undefined) return this.#of(name, field, section).replace(/:$/, '');
		const what = this.#word(SECTION_WORDS, section);
		return this.#locale === 'en' ? `${what} “${name}”` : `${what}「${name}」`;
	}

	/** The subject of a changed field; English puts a colon behind the name. */
	#of(name: string, field: string, section: string): string {
		const word = this.#word(FIELD_WORDS, field);
		if (this.#locale === 'en') return `${name}: ${word}`;
		return section === 'items' && field === 'weight' ? `${name}${word}` : `${name}的${word}`;
	}

	#part(section: string, key: string): string {
		const whole = this.#word(SETTING_WORDS, section);
		const word = this.#word(FIELD_WORDS, key);
		return this.#locale === 'en' ? `${whole}: ${word}` : `${whole}的${word}`;
	}

	#changed(subject: string, edit: BareEdit, field: string): string {
		const before = this.#value(edit.before, field);
		const after = this.#value(edit.after, field);
		if (before === null) {
			return this.#locale === 'en' ? `${subject} set to ${after}` : `${subject}设为 ${after}`;
		}
		if (after === null) {
			return this.#locale === 'en'
				? `${subject} removed (was ${before})`
				: `${subject}删除（原为 ${before}）`;
		}
		return `${subject} ${before} → ${after}`;
	}

	#whole(section: string, name: string, element: Json | undefined, added: boolean): string {
		const what = this.#word(SECTION_WORDS, section);
		const detail = this.#detail(section, element);
		if (this.#locale === 'en') {
			return `${what} “${name}” ${added ? 'added' : 'removed'}${detail === '' ? '' : `, ${detail}`}`;
		}
		return `${added ? '新增' : '删除'}${what}「${name}」${detail === '' ? '' : `，${detail}`}`;
	}

	/** The one figure of an element that says how much it matters. */
	#detail(section: string, element: Json | undefined): string {
		if (!isObject(element)) return '';
		const field = { items: 'weight', grades: 'from', gates: 'effect', adjustments: 'points' }[
			section
		];
		const value = field === undefined ? null : this.#value(element[field], field);
		if (field === undefined || value === null) return '';
		return `${this.#word(FIELD_WORDS, field)} ${value}`;
	}

	#moved(section: string, edit: BareEdit): string {
		const names = isList(edit.after)
			? edit.after.map((key) => this.#name(section, String(key)))
			: [];
		const what = this.#word(SECTION_WORDS, section);
		return this.#locale === 'en'
			? `order of the ${what}s: ${names.join(', ')}`
			: `${what}的顺序：${names.join('、')}`;
	}

	#cosmetic(edit: BareEdit): string {
		const place = this.place(edit.path.filter((token) => !token.startsWith('#')));
		return this.#locale === 'en'
			? `${place}: written differently, same meaning`
			: `${place}：仅写法不同，含义不变`;
	}

	#name(section: string, key: string): string {
		const element =
			keyedList(section, this.#newer[section])?.get(key) ??
			keyedList(section, this.#older[section])?.get(key);
		return element === undefined ? key : elementName(section, element, this.#locale, this.#options);
	}

	#word(words: Words, key: string): string {
		return words[key]?.[this.#locale] ?? key;
	}

	/** A value in words; null where there is none. */
	#value(value: Json | undefined, field: string): string | null {
		if (value === undefined) return null;
		if (field === 'weight') {
			return typeof value === 'number' ? `${value}%` : this.#rule(value);
		}
		if (['score', 'when', 'points', 'amount', 'applies_to'].includes(field)) {
			return this.#rule(value);
		}
		if (field === 'effect') return this.#effect(value);
		if (field === 'missing') return this.#missing(value);
		const known = typeof value === 'string' ? SETTING_WORDS[value]?.[this.#locale] : undefined;
		if (known !== undefined && ['class', 'weighting', 'period'].includes(field)) return known;
		const text = textIn(value, this.#locale);
		if (text !== null) return this.#locale === 'en' ? `“${text}”` : `「${text}」`;
		return JSON.stringify(value);
	}

	#rule(rule: Json): string {
		const dictionary = this.#variables.of(this.#item);
		return ruleSentence(rule, { locale: this.#locale, dictionary });
	}

	#effect(effect: Json): string {
		if (!isObject(effect)) return JSON.stringify(effect);
		const grade = effect['grade'];
		if (typeof grade === 'string') {
			const name = this.#name('grades', grade);
			return this.#locale === 'en' ? `no better than ${name}` : `不高于「${name}」`;
		}
		if (effect['cap'] !== undefined) {
			return this.#locale === 'en'
				? `at most ${String(effect['cap'])}`
				: `最高 ${String(effect['cap'])} 分`;
		}
		const score = String(effect['score']);
		return this.#locale === 'en' ? `exactly ${score}` : `固定 ${score} 分`;
	}

	#missing(policy: Json): string {
		if (isObject(policy)) {
			const score = String(policy['score']);
			return this.#locale === 'en' ? `score ${score}` : `记 ${score} 分`;
		}
		return this.#word(SETTING_WORDS, String(policy));
	}
}
