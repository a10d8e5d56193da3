/** A piece of text on a page: points from the left, and from the top down to its baseline. */
export type TextItem = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** One page. `number` is 1-based. */
export type PdfPage = { readonly number: number; readonly items: readonly TextItem[] };

export type PdfFile = {
  readonly pageCount: number;
  /** Page after page; a page is let go before the next is read. */
  pages(): AsyncGenerator<PdfPage>;
  close(): Promise<void>;
};
