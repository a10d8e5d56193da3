import { previewSales } from '../../readers/sales/preview-sales.ts';
import { readSales } from '../../readers/sales/read-sales.ts';
import type { SalesPreview } from '../../readers/sales/types.ts';
import type { Jobs, SalesNews } from '../protocol.ts';
import { hashOrRefuse } from './hash-file.ts';

/** Reads a sales file; the readers already number equal rows. */
export async function* readSalesFile(
  input: Jobs['read-sales']['input'],
  signal: AbortSignal,
): AsyncGenerator<SalesNews> {
  const hashed = await hashOrRefuse(input.file, signal);
  yield hashed;
  if (hashed.type === 'refused') return;
  let progress: SalesNews | undefined;
  const { file, ...options } = input;
  const onProgress = (bytesRead: number, bytesTotal: number) => {
    progress = { type: 'progress', bytesRead, bytesTotal };
  };
  for await (const batch of readSales(file, { ...options, signal, onProgress })) {
    yield batch;
    if (progress) yield progress;
  }
}

/** The first rows of a file as a map would read them. */
export async function* previewSalesFile(
  input: Jobs['preview-sales']['input'],
  signal: AbortSignal,
): AsyncGenerator<SalesPreview> {
  const { file, map, dates } = input;
  yield await previewSales(file, { map, signal, ...(dates ? { dates } : {}) });
}
