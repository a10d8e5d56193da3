import type { Simulator } from '#test/daraja-simulator/simulator.ts';
import { openShopfront, type Shopfront, sealPassword } from './simulator.ts';

export type Said = {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly date: string | null;
};

type Words = Readonly<Record<string, unknown>>;

/** A plain client of the simulator, without any of the care that the real one takes. */
export type Caller = {
  readonly shopfront: Shopfront;
  /** A token of the shop's app; the one before may end. */
  readonly askToken: () => Promise<string>;
  readonly send: (path: string, body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Said>;
  readonly askStatus: (words?: Words) => Promise<Said>;
  readonly askReversal: (words?: Words) => Promise<Said>;
  readonly askBalance: (words?: Words) => Promise<Said>;
  readonly askPull: (words?: Words) => Promise<Said>;
  readonly registerPull: () => Promise<Said>;
  readonly registerUrls: (words?: Words, version?: 'v1' | 'v2') => Promise<Said>;
};

export const PAYBILL = '765432';
export const TILL = '1234567';
export const PATHS = {
  status: '/mpesa/transactionstatus/v1/query',
  reversal: '/mpesa/reversal/v1/request',
  balance: '/mpesa/accountbalance/v1/query',
  'pull-register': '/pulltransactions/v1/register',
  'pull-query': '/pulltransactions/v1/query',
  'c2b-register': '/mpesa/c2b/v2/registerurl',
  'c2b-simulate': '/mpesa/c2b/v2/simulate',
  'stk-push': '/mpesa/stkpush/v1/processrequest',
  'stk-query': '/mpesa/stkpushquery/v1/query',
} as const;

export async function openCaller(simulator: Simulator): Promise<Caller> {
  const shopfront = await openShopfront();
  let token: string | null = null;
  const [app] = simulator.shop.apps;
  const basic = Buffer.from(`${app?.consumerKey}:${app?.consumerSecret}`).toString('base64');
  const askToken = async (): Promise<string> => {
    const said = await request(`${simulator.origin}/oauth/v1/generate?grant_type=client_credentials`, {
      headers: { authorization: `Basic ${basic}` },
    });
    token = String(said.body.access_token);
    return token;
  };
  const send: Caller['send'] = async (path, body, headers = {}) =>
    request(`${simulator.origin}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token ?? (await askToken())}`,
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const { pem } = simulator.certificates[simulator.environment];
  const asker = (name: string, password: string, question: string) => ({
    Initiator: name,
    SecurityCredential: sealPassword(pem, password),
    Remarks: 'R-000001',
    ResultURL: shopfront.urlFor(`/${question}/done`),
    QueueTimeOutURL: shopfront.urlFor(`/${question}/late`),
  });
  const aboutUs = { PartyA: PAYBILL, IdentifierType: '4' };
  return {
    shopfront,
    askToken,
    send,
    askStatus: (words = {}) =>
      send(PATHS.status, {
        ...asker('mfanolook', 'Look#Up2026', 'status'),
        ...aboutUs,
        CommandID: 'TransactionStatusQuery',
        ...words,
      }),
    askReversal: (words = {}) =>
      send(PATHS.reversal, {
        ...asker('mfanoback', 'Send&Back2026', 'reversal'),
        CommandID: 'TransactionReversal',
        ReceiverParty: PAYBILL,
        RecieverIdentifierType: '11',
        ...words,
      }),
    askBalance: (words = {}) =>
      send(PATHS.balance, {
        ...asker('mfanolook', 'Look#Up2026', 'balance'),
        ...aboutUs,
        CommandID: 'AccountBalance',
        ...words,
      }),
    askPull: (words = {}) =>
      send(PATHS['pull-query'], {
        ShortCode: PAYBILL,
        StartDate: '2026-11-18 10:00:00',
        EndDate: '2026-11-20 10:00:00',
        OffSetValue: '0',
        ...words,
      }),
    registerPull: () =>
      send(PATHS['pull-register'], {
        ShortCode: PAYBILL,
        RequestType: 'Pull',
        NominatedNumber: '0722000000',
        CallBackURL: shopfront.urlFor('/pull'),
      }),
    registerUrls: (words = {}, version = 'v2') =>
      send(`/mpesa/c2b/${version}/registerurl`, {
        ShortCode: PAYBILL,
        ResponseType: 'Completed',
        ConfirmationURL: shopfront.urlFor('/paid'),
        ValidationURL: shopfront.urlFor('/may-pay'),
        ...words,
      }),
  };
}

async function request(url: string, init: RequestInit): Promise<Said> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, text, body: readObject(text), date: response.headers.get('date') };
}

function readObject(text: string): Words {
  if (!text.startsWith('{')) return {};
  try {
    return JSON.parse(text) as Words;
  } catch {
    // Broken on purpose: the text is what a test looks at.
    return {};
  }
}
