import { HOUR, type UtcMs } from '#shared/domain/time.ts';
import { pulledRow } from '../bodies/pulled-row.ts';
import type { BookPayment } from '../book.ts';
import { isLegalUrl } from '../callback-url.ts';
import { fieldText } from '../fields.ts';
import { answer, type Outcome, refuse, refuseField } from '../outcome.ts';
import { readAsked } from '../stamps.ts';
import type { Call, World } from '../world.ts';

/** A Pull reaches back two days. */
const KEPT = 48 * HOUR;

export function registerPull(world: World, { body }: Call): Outcome {
  const shortCode = ownShortCode(world, body.ShortCode);
  if (shortCode === null) return refuse(world, 400, '400.001', 'Invalid shortcode');
  if (body.RequestType !== 'Pull') return refuseField(world, 'RequestType');
  if (!/^(?:254|0)[17]\d{8}$/.test(fieldText(body.NominatedNumber)))
    return refuseField(world, 'NominatedNumber');
  if (!isLegalUrl(body.CallBackURL, world.environment)) return refuseField(world, 'CallBackURL');
  const isNew = !world.pulls.has(shortCode);
  world.pulls.add(shortCode);
  const status = world.rules.pullSpelling === 'joined' ? 'ResponseStatus' : 'Response Status';
  return answer({
    ResponseRefID: world.ids.request(),
    [status]: isNew ? '1000' : '1001',
    ShortCode: shortCode,
    ResponseDescription: isNew
      ? `ShortCode ${shortCode} Registered Successfully`
      : `ShortCode ${shortCode} already Registered`,
  });
}

export function queryPull(world: World, { body }: Call): Outcome {
  const shortCode = ownShortCode(world, body.ShortCode);
  if (shortCode === null) return refuse(world, 400, '400.001', 'Invalid shortcode');
  const from = readAsked(fieldText(body.StartDate));
  const to = readAsked(fieldText(body.EndDate));
  if (from === null) return refuseField(world, 'StartDate');
  if (to === null) return refuseField(world, 'EndDate');
  const offset = fieldText(body.OffSetValue);
  if (!/^\d+$/.test(offset)) return refuseField(world, 'OffSetValue');
  const { pullPageSize, pullZone } = world.rules;
  const rows = world.pulls.has(shortCode) ? paymentsBetween(world, shortCode, from, to) : [];
  const page = rows.slice(Number(offset), Number(offset) + pullPageSize);
  if (page.length === 0) return sayNone(world);
  return answer({
    ResponseRefID: world.ids.request(),
    ResponseCode: '1000',
    ResponseMessage: 'Success',
    Response: [page.map((payment) => pulledRow(payment, world.shop.name, pullZone))],
  });
}

/** What customers paid, oldest first; what is older than two days is gone. */
function paymentsBetween(world: World, shortCode: string, from: UtcMs, to: UtcMs): BookPayment[] {
  const now = world.clock.now();
  return world.book
    .payments()
    .filter(
      ({ at, knownFrom, kind, state, shortCode: paidTo }) =>
        paidTo === shortCode &&
        kind !== 'business-payment' &&
        state === 'Completed' &&
        at >= Math.max(from, now - KEPT) &&
        at <= to &&
        knownFrom <= now,
    )
    .sort((a, b) => a.at - b.at);
}

function sayNone(world: World): Outcome {
  const none = 'No records found or Organization Name not available';
  switch (world.rules.pullNone) {
    case 'no-rows':
      return answer({ RequestID: world.ids.request(), ResponseCode: '1001', ResponseMessage: none });
    case 'empty-list':
      return answer({
        ResponseRefID: world.ids.request(),
        ResponseCode: '1001',
        ResponseMessage: none,
        Response: [[]],
      });
    case 'text':
      return answer({
        ResponseRefID: world.ids.request(),
        ResponseCode: '1001',
        ResponseMessage: none,
        Transaction: '[[]]',
      });
    case 'http-500':
      return refuse(world, 500, '500.001.1001', 'No transactions available');
  }
}

function ownShortCode({ shop }: World, value: unknown): string | null {
  const number = fieldText(value);
  return shop.shortCodes.some((each) => each.number === number) ? number : null;
}
