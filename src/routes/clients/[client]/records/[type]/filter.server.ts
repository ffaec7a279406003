/** The filter of a list of records, as its address says. */
import * as v from 'valibot';
import { day } from '#lib/contract/base.ts';
import type { FindRecords } from '#lib/server/records/find-records.ts';

/** What cannot be read is left out: an address from a mail should still open. */
export function filterOf(url: URL, type: string): FindRecords {
	const text = (name: string): string | undefined => url.searchParams.get(name) || undefined;
	const dayOf = (name: string): string | undefined => {
		const read = v.safeParse(day, text(name));
		return read.success ? read.output : undefined;
	};
	const page = Number(text('page') ?? 1);
	const filter = {
		from: dayOf('from'),
		to: dayOf('to'),
		subjectId: text('subject'),
		batchId: text('batch'),
		search: text('search')
	};
	return {
		type,
		page: Number.isInteger(page) && page > 0 ? page - 1 : 0,
		...(Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as {
			[K in keyof typeof filter]: string;
		})
	};
}
