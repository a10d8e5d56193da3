import type { Bench } from '#test/bench/bench.ts';
export const bench: Bench = () => Promise.reject(new Error('not yet'));
