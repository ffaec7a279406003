/**
 * Says a rule as a Chinese or an English sentence: deterministic templates of the operators, names
 * from the dictionary, ratios in percent, parentheses where the tree needs them. The same text
 * stands in the designer, in the audit log, on the approval card and in an employee's “why”.
 */
import type { Locale } from '../diagnostics/diagnostic.ts';
import type { CallNode, RuleNode } from './node.ts';
import { numberText, percentText } from './number-text.ts';
import { roundHalfAway } from './number.ts';
import { OPERATORS } from './operators/index.ts';
import { operandAt } from './operators/operator.ts';
import { parseRule } from './parse.ts';
import { BINDS, functionOf, phrase, type Phrase, type Speaker } from './phrase.ts';
import type { Dictionary, Json, Rule, Value, VariableInfo, Variables } from './rule.ts';
import { siblingOf, unitOf } from './units.ts';

export interface SentenceOptions {
	readonly locale: Locale;
	/** Names, units and names of values; a path without an entry is said as it is written. */
	readonly dictionary?: Dictionary;
	/** A person's values, said behind each variable: 「实际（600） ÷ 目标（500） ≥ 120%」. */
	readonly values?: Variables;
}

interface Words {
	readonly true: string;
	readonly false: string;
	readonly null: string;
	readonly item: string;
	readonly current: string;
	readonly accumulator: string;
	readonly row: string;
	readonly separator: string;
	readonly comma: string;
	readonly quote: readonly [string, string];
	readonly aside: readonly [string, string];
	readonly orElse: (value: string) => string;
}

const WORDS: Record<Locale, Words> = {
	'zh-CN': {
		true: '是',
		false: '否',
		null: '缺失',
		item: '该项',
		current: '当前项',
		accumulator: '累计值',
		row: '整行',
		separator: '、',
		comma: '，',
		quote: ['「', '」'],
		aside: ['（', '）'],
		orElse: (value) => `缺失时为 ${value}`
	},
	en: {
		true: 'yes',
		false: 'no',
		null: 'missing',
		item: 'the item',
		current: 'the current item',
		accumulator: 'the running value',
		row: 'the whole row',
		separator: ', ',
		comma: ', ',
		quote: ['“', '”'],
		aside: [' (', ')'],
		orElse: (value) => `${value} if missing`
	}
};

/** Decimals of a person's percentages and numbers; the rule's own numbers are said in full. */
const VALUE_DECIMALS = 4;

function isNode(rule: Rule | RuleNode): rule is RuleNode {
	return (
		rule !== null &&
		typeof rule === 'object' &&
		!Array.isArray(rule) &&
		'kind' in rule &&
		'at' in rule &&
		typeof rule.kind === 'string'
	);
}

/** Says a rule. A rule that breaks a limit is said as its null literal. */
export function ruleSentence(rule: Rule | RuleNode, options: SentenceOptions): string {
	const node = isNode(rule) ? rule : parseRule(rule).node;
	return new SentenceSpeaker(options).phraseOf(node).text;
}

type Scope = 'row' | 'element' | 'fold';

class SentenceSpeaker implements Speaker {
	readonly locale: Locale;
	readonly #options: SentenceOptions;
	readonly #words: Words;
	#scope: Scope = 'row';

	constructor(options: SentenceOptions) {
		this.locale = options.locale;
		this.#options = options;
		this.#words = WORDS[options.locale];
	}

	operand(call: CallNode, index: number, binds: number = BINDS.branch): string {
		const node = call.args[index];
		if (!node) return '';
		const operator = OPERATORS.get(call.operator);
		const scope = operator && operandAt(operator, index)?.scope;
		const outer = this.#scope;
		if (scope) this.#scope = scope;
		const about = siblingOf(call.operator, call.args, this.#options.dictionary);
		const said = this.#within(this.phraseOf(node, about === node ? undefined : about), binds);
		this.#scope = outer;
		return said;
	}

	say(node: RuleNode | undefined, binds: number = BINDS.branch): string {
		return node ? this.#within(this.phraseOf(node), binds) : '';
	}

	list(node: RuleNode | undefined, about?: RuleNode): string {
		if (!node) return '[]';
		if (node.kind === 'call' && (node.operator === 'missing' || node.operator === 'missing_some')) {
			return this.#paths(node);
		}
		return node.kind === 'list' ? this.#list(node.items, about) : this.say(node, BINDS.word);
	}

	number(value: number, about?: RuleNode): string {
		return unitOf(about, this.#options.dictionary) === 'ratio'
			? percentText(value)
			: numberText(value);
	}

	name(path: string): string {
		if (this.#scope !== 'row') return this.#elementName(path);
		return this.#info(path)?.name?.[this.locale] ?? path;
	}

	phraseOf(node: RuleNode, about?: RuleNode): Phrase {
		switch (node.kind) {
			case 'literal':
				return this.#literal(node.value, about);
			case 'list':
				return phrase(this.#list(node.items, about));
			case 'var':
				return this.#variable(node.path, node.fallback);
			case 'call': {
				const operator = OPERATORS.get(node.operator);
				return operator
					? operator.describe[this.locale](this, node)
					: functionOf(node.operator)(this, node);
			}
		}
	}

	#within({ text, binds: held }: Phrase, binds: number): string {
		return held < binds ? `(${text})` : text;
	}

	#info(path: string): VariableInfo | undefined {
		return this.#options.dictionary?.get(path);
	}

	#elementName(path: string): string {
		if (this.#scope === 'element') return path === '' ? this.#words.item : path;
		const [first = '', ...rest] = path.split('.');
		const state =
			first === 'current'
				? this.#words.current
				: first === 'accumulator'
					? this.#words.accumulator
					: first;
		return rest.length > 0 ? `${state}.${rest.join('.')}` : state;
	}

	#variable(path: string | null, fallback: RuleNode | undefined): Phrase {
		const asides: string[] = [];
		if (path !== null && this.#scope === 'row' && this.#options.values) {
			asides.push(this.#value(path, this.#options.values.get(path) ?? null));
		}
		if (fallback) asides.push(this.#words.orElse(this.say(fallback, BINDS.or)));
		const named = path === null ? this.#whole() : this.name(path);
		const [open, close] = this.#words.aside;
		return phrase(
			asides.length > 0 ? `${named}${open}${asides.join(this.#words.comma)}${close}` : named
		);
	}

	#whole(): string {
		return this.#scope === 'element' ? this.#words.item : this.#words.row;
	}

	/** A person's value, rounded for reading: the rule's own numbers are never rounded. */
	#value(path: string, value: Value): string {
		const about: RuleNode = { kind: 'var', at: '', path };
		if (typeof value === 'string' && value !== '') return this.#valueName(value, about);
		if (typeof value !== 'number') return this.#literal(value, about).text;
		return this.number(roundHalfAway(value, VALUE_DECIMALS), about);
	}

	#literal(value: Json, about?: RuleNode): Phrase {
		if (value === null) return phrase(this.#words.null);
		if (typeof value === 'boolean') return phrase(value ? this.#words.true : this.#words.false);
		if (typeof value === 'number') {
			return phrase(this.number(value, about), value < 0 ? BINDS.sum : BINDS.word);
		}
		if (typeof value === 'string') {
			const [open, close] = this.#words.quote;
			return phrase(`${open}${this.#valueName(value, about)}${close}`);
		}
		return phrase(JSON.stringify(value));
	}

	/** What the dictionary calls this value of the variable that stands beside it. */
	#valueName(value: string, about: RuleNode | undefined): string {
		const names =
			about?.kind === 'var' && about.path !== null ? this.#info(about.path)?.valueNames : undefined;
		const name = names && Object.hasOwn(names, value) ? names[value] : undefined;
		return name?.[this.locale] ?? value;
	}

	/** Plain words stand in a list without quotes, unless they could be read as two. */
	#list(items: readonly RuleNode[], about?: RuleNode): string {
		const said = items.map((item) => {
			if (item.kind === 'literal' && typeof item.value === 'string') {
				const name = this.#valueName(item.value, about);
				if (this.#isPlainWord(name)) return name;
			}
			return this.#within(this.phraseOf(item, about), BINDS.or);
		});
		return `[${said.join(this.#words.separator)}]`;
	}

	#isPlainWord(name: string): boolean {
		const { true: yes, false: no, null: none } = this.#words;
		if (/[、,，[\]]/.test(name) || [yes, no, none].includes(name)) return false;
		return Number.isNaN(Number(name));
	}

	#paths(call: CallNode): string {
		const keys = (call.operator === 'missing_some' ? call.args.slice(1) : call.args).flatMap(
			(key) => (key.kind === 'list' ? key.items : [key])
		);
		const names = keys.map((key) =>
			key.kind === 'literal' && (typeof key.value === 'string' || typeof key.value === 'number')
				? this.name(String(key.value))
				: this.say(key)
		);
		return `[${names.join(this.#words.separator)}]`;
	}
}
