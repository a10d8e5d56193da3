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
  const stranger = findStranger(world, body);
  if (stranger !== null) return failPrompt(world, stranger);
  const prompt = world.prompts.get(checkoutRequestId);
  if (prompt === undefined || prompt.shortCode !== shortCode)
    return failPrompt(world, 'The transaction does not Exist');
  if (prompt.end === null || prompt.endsAt > world.clock.now())
    return failPrompt(world, 'The transaction is being processed');
  return answer({
    ResponseCode: '0',
    ResponseDescription: 'The service request has been accepted successfully',
    MerchantRequestID: prompt.merchantRequestId,
    CheckoutRequestID: checkoutRequestId,
    ResultCode: prompt.end.code,
    ResultDesc: prompt.end.text,
  });
}

/** Why whoever asks is not the owner of the short code, by the passkey; null when they are. */
export function findStranger({ shop }: World, body: Call['body']): string | null {
  const shortCode = fieldText(body.BusinessShortCode);
  const owner = shop.shortCodes.find(({ number }) => number === shortCode);
  if (owner === undefined) return 'Merchant does not exist';
  const sealed = `${shortCode}${owner.passkey}${fieldText(body.Timestamp)}`;
  return body.Password === Buffer.from(sealed).toString('base64') ? null : 'Wrong credentials';
}

/** The one error of all prompts, told apart by its sentence. */
export function failPrompt(world: World, message: string): Outcome {
  return refuse(world, 500, '500.001.1001', message);
}
