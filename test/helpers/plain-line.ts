import type { DarajaLine, LineReply } from '#main/daraja/line.ts';
import { PATHS } from './simulator-caller.ts';

/** A line to the simulator without queue, limits or a kept token. */
export function openPlainLine(origin: string): DarajaLine {
  const askToken: DarajaLine['checkKeys'] = async ({ key, secret }) => {
    const basic = Buffer.from(`${key}:${secret}`).toString('base64');
    return readReply(
      await fetch(`${origin}/oauth/v1/generate?grant_type=client_credentials`, {
        headers: { authorization: `Basic ${basic}` },
      }),
    );
  };
  return {
    checkKeys: askToken,
    send: async ({ product, keys, body }) => {
      const given = await askToken(keys);
      const token = given.type === 'answered' ? (given.body as { access_token?: string }).access_token : null;
      if (typeof token !== 'string') return { type: 'not-sent', reason: 'keys-refused' };
      return readReply(
        await fetch(`${origin}${PATHS[product]}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify(body),
        }),
      );
    },
    clockGap: () => null,
    close: async () => undefined,
  };
}

async function readReply(response: Response): Promise<LineReply> {
  const text = await response.text();
  try {
    return { type: 'answered', status: response.status, body: JSON.parse(text) as unknown };
  } catch {
    return { type: 'lost', reason: 'no-json', status: response.status };
  }
}
