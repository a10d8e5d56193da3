/** A code and its sentence, as a result carries them. */
export type Refusal = { readonly code: string; readonly text: string };

const refusal = (code: string, text: string): Refusal => ({ code, text });

export const DONE = refusal('0', 'The service request is processed successfully.');
export const NO_FUNDS = refusal('1', 'The balance is insufficient for the transaction.');
export const NOT_ALLOWED = refusal('21', 'The initiator is not allowed to initiate this request.');
export const BAD_FORMAT = refusal('25', 'The format of parameter null is invalid.');
export const INITIATOR_INVALID = refusal('2001', 'The initiator information is invalid.');
export const NO_SUCH_RECEIPT = refusal('2032', 'The transaction receipt number does not exist.');
export const LOCKED = refusal('8006', 'The security credential is locked.');
export const ALREADY_REVERSED = refusal('R000001', 'The transaction has already been reversed.');
export const ORIGINAL_INVALID = refusal('R000002', 'The OriginalTransactionID is invalid.');
export const RECEIVER_INVALID = refusal('SFC_IC0003', 'The receiver party is invalid.');
export const NOT_IN_ORGANISATION = refusal(
  'TP40153',
  'The operator has no permission for this API or does not belong to this organization.',
);
