/** The schemes of the benchmark. The compiler was not tuned on the rules of any one of them. */
import { branches } from './branches.ts';
import { curves } from './curves.ts';
import type { BenchScheme } from './material.ts';
import { sparse } from './sparse.ts';
import { steps } from './steps.ts';
import { texts } from './texts.ts';
import { wide } from './wide.ts';

export const BENCH_SCHEMES: readonly BenchScheme[] = [curves, wide, branches, texts, sparse, steps];
