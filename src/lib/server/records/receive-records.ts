import type { LocalText } from '#lib/engine/diagnostics/diagnostic.ts';
import type { Json } from '#lib/engine/logic/rule.ts';
import { recordEvent } from '../audit/record-event.ts';
import { admitActor } from '../auth/permissions.ts';
import { momentOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { refuse } from '../http/problem.ts';
import { commonProblems } from '../http/problems.ts';
import { loadPeople } from '../people/history.ts';
import { loadUnits } from '../people/unit-tree.ts';
import { recordProblems } from './problems.ts';
import { loadRecordTypes, readRecordData, recordKey, type ValueFault } from './record-types.ts';
import { writeRecords, type RecordRow } from './write-records.ts';

export interface ReceiveRecords {
	readonly type: string;
	/** Values by column. */
	readonly rows: readonly Readonly<Record<string, Json>>[];
	readonly source?: string | undefined;
	readonly allOrNothing?: boolean;
}

export interface RowFault {
	/** Place of the row in the request, from 0. */
	readonly index: number;
	readonly column: string;
	readonly message: LocalText;
	readonly advice: LocalText;
}

export interface RecordsReceived {
	readonly added: number;
	readonly changed: number;
	readonly unchanged: number;
	readonly rejected: number;
	readonly problems: readonly RowFault[];
}

/**
 * Records from another system, judged value by value and written in one transaction. The subject
 * is the id of a person, else of a unit. Sending the same again changes nothing.
 */
export async function receiveRecords(
	ctx: Context,
	actor: Actor,
	input: ReceiveRecords
): Promise<RecordsReceived> {
	admitActor(ctx, actor, 'import.edit');
	const type = (await loadRecordTypes(ctx.db.read)).get(input.type)?.definition;
	if (!type) throw refuse(commonProblems, 'not_found');
	const [people, tree] = await Promise.all([loadPeople(ctx.db.read), loadUnits(ctx.db.read)]);
	const problems: RowFault[] = [];
	const rows: RecordRow[] = [];
	for (const [index, values] of input.rows.entries()) {
		const { data, faults } = readRecordData(type, values);
		problems.push(...faults.map((fault) => ({ index, column: fault.column, ...words(fault) })));
		if (!data) continue;
		const subject = String(data[type.subject]);
		const kind = people.all.has(subject) ? 'employee' : tree.all.has(subject) ? 'unit' : null;
		const key = recordKey(type, data);
		if (kind === null || key === null) {
			problems.push({ index, column: type.subject, ...subjectUnknown(subject) });
			continue;
		}
		rows.push({
			key,
			subjectKind: kind,
			subjectId: subject,
			date: String(data[type.date]),
			data,
			line: null,
			source: input.source ?? null,
			evidence: null
		});
	}
	const rejected = new Set(problems.map(({ index }) => index)).size;
	if (rejected > 0 && input.allOrNothing) {
		throw refuse(recordProblems, 'records_refused', {
			details: { count: rejected },
			current: problems
		});
	}
	return ctx.db.write(async (tx) => {
		const batch = {
			type: type.id,
			batchId: null,
			recordedAt: momentOf(ctx.clock),
			recordedBy: actor.userId
		};
		const { added, changed, unchanged } = await writeRecords(tx, batch, rows);
		if (added.length + changed.length > 0) {
			await recordEvent(tx, ctx, actor, {
				type: 'records_received',
				record_type: type.id,
				added: added.length,
				changed: changed.length
			});
		}
		return { added: added.length, changed: changed.length, unchanged, rejected, problems };
	});
}

function subjectUnknown(subject: string): Pick<RowFault, 'message' | 'advice'> {
	return {
		message: {
			'zh-CN': `没有编号为“${subject}”的员工或部门。`,
			en: `There is no employee or unit “${subject}”.`
		},
		advice: {
			'zh-CN': '请先导入人员，或改正编号（编号按文本比较，前导零也算）。',
			en: 'Import the people first, or correct the id (ids are texts and keep their zeros).'
		}
	};
}

function words({
	column,
	fault,
	expected,
	found
}: ValueFault): Pick<RowFault, 'message' | 'advice'> {
	switch (fault) {
		case 'unknown_column':
			return {
				message: {
					'zh-CN': `此类记录没有“${column}”列。`,
					en: `Records of this type have no column “${column}”.`
				},
				advice: { 'zh-CN': `可用的列：${expected}。`, en: `Its columns are ${expected}.` }
			};
		case 'missing':
			return {
				message: { 'zh-CN': `缺少“${column}”。`, en: `“${column}” is missing.` },
				advice: {
					'zh-CN': '主键、日期和归属对象必须填写。',
					en: 'The key, the date and the subject must be given.'
				}
			};
		case 'not_a_choice':
			return {
				message: {
					'zh-CN': `“${column}”的值 ${found} 不在选项之中。`,
					en: `${found} is none of the choices of “${column}”.`
				},
				advice: { 'zh-CN': `可选：${expected}。`, en: `The choices are ${expected}.` }
			};
		case 'wrong_type':
			return {
				message: {
					'zh-CN': `“${column}”的值 ${found} 类型不符。`,
					en: `The value ${found} of “${column}” has another type.`
				},
				advice: {
					'zh-CN': `应为 ${expected}；数字不加引号，日期写作 2025-03-01。`,
					en: `It should be ${expected}: numbers without quotes, dates as 2025-03-01.`
				}
			};
	}
}
