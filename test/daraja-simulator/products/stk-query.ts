import { fieldText } from '../fields.ts';
import { answer, type Outcome, refuse, refuseField } from '../outcome.ts';
import type { Call, World } from '../world.ts';

/** Answered at once; the password is the passkey, and no operator is asked. */
export function queryPrompt(world: World, { body }: Call): Outcome {
  const shortCode = fieldText(body.BusinessShortCode);
  const stamp = fieldText(body.Timestamp);
  const checkoutRequestId = fieldText(body.CheckoutRequestID);
  if (!/^\d{14}$/.test(stamp)) return refuseField(world, 'Timestamp');
  if (checkoutRequestId === '') return refuseField(world, 'CheckoutRequestID');
  const owner = world.shop.shortCodes.find(({ number }) => number === shortCode);
  if (owner === undefined) return fail(world, 'Merchant does not exist');
  const password = Buffer.from(`${shortCode}${owner.passkey}${stamp}`).toString('base64');
  if (body.Password !== password) return fail(world, 'Wrong credentials');
  const prompt = world.prompts.get(checkoutRequestId);
  if (prompt === undefined || prompt.shortCode !== shortCode)
    return fail(world, 'The transaction does not Exist');
  if (prompt.end === null) return fail(world, 'The transaction is being processed');
  return answer({
    ResponseCode: '0',
    ResponseDescription: 'The service request has been accepted successfully',
    MerchantRequestID: prompt.merchantRequestId,
    CheckoutRequestID: checkoutRequestId,
    ResultCode: prompt.end.code,
    ResultDesc: prompt.end.text,
  });
}

function fail(world: World, message: string): Outcome {
  return refuse(world, 500, '500.001.1001', message);
}
