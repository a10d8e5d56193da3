import { type ReactNode, useEffect, useState } from 'react';
import { PrintSheet } from '#renderer/components/PrintSheet.tsx';
import type { ReversalDetail } from './reversal-words.ts';
import { Voucher } from './Voucher.tsx';

/** Prints the voucher: it is on the page only while the printer's dialog is. */
export function usePrintVoucher(detail: ReversalDetail): { print: () => void; sheet: ReactNode } {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    if (!isPrinting) return;
    window.print();
    setPrinting(false);
  }, [isPrinting]);
  const sheet = isPrinting ? (
    <PrintSheet>
      <Voucher detail={detail} />
    </PrintSheet>
  ) : null;
  return { print: () => setPrinting(true), sheet };
}
