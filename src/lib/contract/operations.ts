/** Every operation of `/api/v1`: the description of the interface and its test read this list. */
import { DRAFT_OPERATIONS } from './operations/drafts.ts';
import { IMPORT_OPERATIONS } from './operations/imports.ts';
import { PACK_OPERATIONS } from './operations/packs.ts';
import { REGISTER_OPERATIONS } from './operations/registers.ts';
import { RESULT_OPERATIONS } from './operations/results.ts';
import type { ApiOperation } from './operations/operation.ts';

export const OPERATIONS: readonly ApiOperation[] = [
	...IMPORT_OPERATIONS,
	...REGISTER_OPERATIONS,
	...DRAFT_OPERATIONS,
	...PACK_OPERATIONS,
	...RESULT_OPERATIONS
];
