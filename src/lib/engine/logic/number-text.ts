/** Numbers as sentences write them: deterministic, without `Intl`, without losing a digit. */

/** From here on digits are grouped; a year or a small amount reads better without. */
const GROUPED_FROM = 10_000;

/** Digits and exponent of a finite number: 12.5 is 125·10^−1. */
function decompose(x: number): { digits: string; exponent: number } {
	const [mantissa = '', exponent = '0'] = String(Math.abs(x)).split('e');
	const [whole = '', fraction = ''] = mantissa.split('.');
	return { digits: whole + fraction, exponent: Number(exponent) - fraction.length };
}

function compose(digits: string, exponent: number): { whole: string; fraction: string } {
	if (exponent >= 0) return { whole: digits + '0'.repeat(exponent), fraction: '' };
	const padded = digits.padStart(1 - exponent, '0');
	const cut = padded.length + exponent;
	return { whole: padded.slice(0, cut), fraction: padded.slice(cut) };
}

function grouped(whole: string): string {
	return whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** Beyond this many digits the exponent form is kept. */
const MOST_DIGITS = 30;

function decimalText(x: number, shift: number): string {
	const { digits, exponent } = decompose(x);
	const shifted = exponent + shift;
	if (Math.abs(shifted) > MOST_DIGITS) return shift === 0 ? String(x) : `${String(x)}e${shift}`;
	const { whole, fraction } = compose(digits, shifted);
	const bare = whole.replace(/^0+(?=\d)/, '');
	const shown = bare.length > 4 || Number(bare) >= GROUPED_FROM ? grouped(bare) : bare;
	const tail = fraction.replace(/0+$/, '');
	return `${x < 0 ? '-' : ''}${shown}${tail ? `.${tail}` : ''}`;
}

/** `1200000` → `1,200,000`; `0.5` → `0.5`. */
export function numberText(x: number): string {
	return Number.isFinite(x) ? decimalText(x, 0) : String(x);
}

/** `1.2` → `120%`, by moving the decimal point: 0.57 is 57 %, not 56.99999999999999 %. */
export function percentText(x: number): string {
	return Number.isFinite(x) ? `${decimalText(x, 2)}%` : String(x);
}
