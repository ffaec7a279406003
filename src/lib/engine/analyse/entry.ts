/** Short ways to write catalogue entries and the numbers in their messages. */
import type { DiagnosticEntry, LocalText, Severity } from '../diagnostics/diagnostic.ts';

/** A text in both languages. */
export function both(chinese: string, english: string): LocalText {
	return { 'zh-CN': chinese, en: english };
}

/** One entry of a catalogue: what is found, what to do, why it is checked. */
export function entry(
	severity: Severity,
	message: LocalText,
	advice: LocalText,
	help: LocalText
): DiagnosticEntry {
	return { severity, message, advice, help };
}

/** A number as people read it: at most six decimals, thousands apart. */
export function readable(value: number): string {
	if (value === Infinity) return '+∞';
	if (value === -Infinity) return '-∞';
	const [whole = '0', decimals] = String(Number(value.toFixed(6))).split('.');
	if (whole.includes('e')) return String(value);
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
	return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}
