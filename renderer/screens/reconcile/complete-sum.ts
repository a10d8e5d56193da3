import { ask } from '#renderer/lib/api.ts';
import type { Output } from '#shared/ipc/contract.ts';
import type { PaymentView, SaleView } from '#shared/ipc/views.ts';
import type { Picks } from './picks.ts';

type Found = { payments: PaymentView[]; sales: SaleView[] };
type Completed = { readonly result: Output<'reconcile:complete-sum'>['result']; readonly found: Found };

/** Asks for the one set of open items that makes the sides equal, and fetches those that are not on screen. */
export async function completeSum(
  picks: Picks,
  shown: { payments: readonly PaymentView[]; sales: readonly SaleView[] },
): Promise<Completed> {
  const answer = await ask('reconcile:complete-sum', {
    payments: [...picks.payments.keys()],
    sales: [...picks.sales.keys()],
  });
  const payments = await Promise.all(
    answer.payments.map(
      async (id) => shown.payments.find((item) => item.id === id) ?? (await fetchItem('payment', id)).payment,
    ),
  );
  const sales = await Promise.all(
    answer.sales.map(
      async (id) => shown.sales.find((item) => item.id === id) ?? (await fetchItem('sale', id)).sale,
    ),
  );
  return {
    result: answer.result,
    found: {
      payments: payments.filter((item) => item !== null),
      sales: sales.filter((item) => item !== null),
    },
  };
}

function fetchItem(type: 'payment' | 'sale', id: number) {
  return ask('ledger:show', { type, id });
}
