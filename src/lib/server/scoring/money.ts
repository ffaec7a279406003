/** Money at rest is an integer of the currency's smallest unit. */

const digits = new Map<string, number>();

/** Decimals of a currency: 2 for CNY, 0 for JPY. */
export function currencyDigits(currency: string): number {
	const known = digits.get(currency);
	if (known !== undefined) return known;
	const found =
		new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
			.maximumFractionDigits ?? 2;
	digits.set(currency, found);
	return found;
}

/** An amount in minor units; null stays null. */
export function toMinor(amount: number | null, currency: string | null): number | null {
	if (amount === null || currency === null) return null;
	// The engine rounded already; this only removes the binary residue of the shift.
	return Math.round(amount * 10 ** currencyDigits(currency));
}

/** Minor units as an amount. */
export function fromMinor(minor: number | null, currency: string | null): number | null {
	if (minor === null || currency === null) return null;
	return minor / 10 ** currencyDigits(currency);
}
