import type { CsvCell } from '../csv.ts';
import { narrow } from '../parse-number.ts';
import { isChinese, type Pinyin } from '../pinyin.ts';
import type { GridColumn, GridSort } from './types.ts';

/**
 * Rows that match a search in any column, then sorted; missing values always come last. With pinyin,
 * Chinese cells answer to their initials and their sounds as well.
 */
export function arrangeRows<Row>(
	rows: readonly Row[],
	columns: readonly GridColumn<Row>[],
	search: string,
	sort: GridSort | null,
	locale: string,
	pinyin: Pinyin | null = null
): readonly Row[] {
	const words = narrow(search).toLowerCase().split(/\s+/).filter(Boolean);
	const found =
		words.length === 0 ? rows : rows.filter((row) => matches(row, columns, words, pinyin));
	const column = sort && columns.find((candidate) => candidate.key === sort.key);
	if (!sort || !column) return found;
	const collator = new Intl.Collator(locale, { numeric: true });
	const sign = sort.order === 'ascending' ? 1 : -1;
	return found
		.map((row, index) => ({ row, index, value: column.value(row) }))
		.sort((a, b) => compare(a.value, b.value, sign, collator) || a.index - b.index)
		.map(({ row }) => row);
}

function matches<Row>(
	row: Row,
	columns: readonly GridColumn<Row>[],
	words: readonly string[],
	pinyin: Pinyin | null
): boolean {
	const cells = columns.flatMap((column) => [
		String(column.value(row) ?? ''),
		column.text?.(row) ?? ''
	]);
	const text = cells.join(' ').toLowerCase();
	return words.every((word) => text.includes(word) || soundsLike(cells, word, pinyin));
}

function soundsLike(cells: readonly string[], word: string, pinyin: Pinyin | null): boolean {
	if (!pinyin || !/^[a-z]+$/.test(word)) return false;
	return cells.some((cell) => {
		if (!isChinese(cell)) return false;
		const { initials, full } = pinyin(cell);
		return initials.includes(word) || full.includes(word);
	});
}

function compare(a: CsvCell, b: CsvCell, sign: number, collator: Intl.Collator): number {
	const aMissing = a === null || a === undefined || a === '';
	const bMissing = b === null || b === undefined || b === '';
	if (aMissing || bMissing) return Number(aMissing) - Number(bMissing);
	if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
	return sign * collator.compare(String(a), String(b));
}
