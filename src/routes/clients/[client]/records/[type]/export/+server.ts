/** Records of a type as a file, in the language of the reader: what the filter of the page shows. */
import { csvText } from '#lib/ui/csv.ts';
import { recordValue } from '../../record-words.ts';
import { m } from '#lib/paraglide/messages.js';
import { say } from '#lib/ui/local-text.ts';
import { findRecords, MOST_EXPORTED } from '#lib/server/records/find-records.ts';
import { filterOf } from '../filter.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { type, records } = await findRecords(locals.ctx, locals.actor, {
		...filterOf(url, params.type),
		page: 0,
		size: MOST_EXPORTED
	});
	const { columns } = type.definition;
	const header = [
		...columns.map(({ name }) => say(name)),
		m.records_file(),
		m.records_line(),
		m.records_recorded_at()
	];
	const rows = records.map(({ data, fileName, line, recordedAt }) => [
		...columns.map(({ id }) => recordValue(data[id])),
		fileName,
		line,
		recordedAt
	]);
	return new Response(csvText(header, rows), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${params.type}.csv"`,
			'cache-control': 'no-store'
		}
	});
};
