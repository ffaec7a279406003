/** Ten thousand mutated files: the test of every run, longer (see the variables in the configuration). */
import '../server/imports/fuzz.test.ts';
