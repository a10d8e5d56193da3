import { posted, spoiled } from '#test/daraja-simulator/fault.ts';
import { startSimulator } from '#test/daraja-simulator/simulator.ts';

/** Closes a simulator in the middle of everything; the process ends by itself if nothing of it is left. */
const clock = process.argv[2] === 'real' ? ('real' as const) : undefined;
const simulator = await startSimulator(clock === undefined ? {} : { clock });
const { consumerKey, consumerSecret } = simulator.shop.apps[0]!;
const basic = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
const address = `${simulator.origin}/oauth/v1/generate?grant_type=client_credentials`;
const ask = () => fetch(address, { headers: { authorization: basic } });

const { access_token: token } = (await (await ask()).json()) as { access_token: string };
for (const fault of [spoiled.noReply(), spoiled.replyDripped(), spoiled.slowReply(3_600_000)])
  simulator.next('token', fault);
simulator.next('balance', posted.delayed(3_600_000));
const open = [ask(), ask(), ask()].map((call) => call.then((answer) => answer.text()));
await fetch(`${simulator.origin}/mpesa/accountbalance/v1/query`, {
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  body: JSON.stringify({
    Initiator: 'mfanolook',
    SecurityCredential: 'x',
    CommandID: 'AccountBalance',
    PartyA: '765432',
    IdentifierType: '4',
    Remarks: 'R-000001',
    ResultURL: 'http://127.0.0.1:9/done',
    QueueTimeOutURL: 'http://127.0.0.1:9/late',
  }),
});
while (simulator.journal.calls('token').length < 4) await new Promise((resolve) => setImmediate(resolve));
await simulator.close();
const ends = await Promise.allSettled(open);
process.stdout.write(
  JSON.stringify({ ends: ends.map(({ status }) => status), posts: simulator.journal.posts() }),
);
