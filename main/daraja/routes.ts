import type { Product } from '#shared/domain/daraja/product.ts';

export type Route = { readonly method: 'GET' | 'POST'; readonly path: string };

/** Where each product is asked for. Only the token is a GET; Pull has no `/mpesa` before it. */
export const ROUTES: Readonly<Record<Product, Route>> = {
  token: { method: 'GET', path: '/oauth/v1/generate?grant_type=client_credentials' },
  status: { method: 'POST', path: '/mpesa/transactionstatus/v1/query' },
  reversal: { method: 'POST', path: '/mpesa/reversal/v1/request' },
  balance: { method: 'POST', path: '/mpesa/accountbalance/v1/query' },
  'pull-register': { method: 'POST', path: '/pulltransactions/v1/register' },
  'pull-query': { method: 'POST', path: '/pulltransactions/v1/query' },
  'c2b-register': { method: 'POST', path: '/mpesa/c2b/v2/registerurl' },
  'stk-query': { method: 'POST', path: '/mpesa/stkpushquery/v1/query' },
};
