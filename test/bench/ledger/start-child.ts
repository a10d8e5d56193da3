import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { ask, openBenchApp } from './ask.ts';
import { openBenchVault } from './bench-shop.ts';

/* Opens a profile, asks what the first screen asks, and prints how long it took since the process began, and how long its threads worked. */
const secrets = z.array(z.tuple([z.string(), z.string()])).parse(JSON.parse(await text(process.stdin)));
const app = await openBenchApp(process.argv[2] ?? '', openBenchVault(new Map(secrets)));
await ask(app, 'app:state', {});
const seconds = performance.now() / 1_000;
const { user, system } = process.cpuUsage();
const processorSeconds = (user + system) / 1_000_000;
const memoryMb = process.memoryUsage().rss / 2 ** 20;
await app.close();
process.stdout.write(JSON.stringify({ seconds, processorSeconds, memoryMb }));
