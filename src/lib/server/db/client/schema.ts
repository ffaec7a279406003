/**
 * The database of one client (客户公司). A reader who knows these tables knows the product: facts
 * about people and figures, the life of schemes, targets, scorecards, and the record of all of it.
 */
export * from './tables/imports.ts';
export * from './tables/metrics.ts';
export * from './tables/packs.ts';
export * from './tables/people.ts';
export * from './tables/quality.ts';
export * from './tables/registers.ts';
export * from './tables/schemes.ts';
export * from './tables/scoring.ts';
export * from './tables/system.ts';
export * from './tables/targets.ts';
