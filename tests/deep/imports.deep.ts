/** Ten thousand mutated files, or as many as `QUANHENG_FUZZ_FILES` says: the test of every run, longer. */
process.env['QUANHENG_FUZZ_FILES'] ??= '10000';
await import('../server/imports/fuzz.test.ts');
