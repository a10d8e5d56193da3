import { asObject, asText } from './loose.ts';

/** What a refusal says at once: a code and a sentence, either of which may be missing. */
export type GatewayError = { readonly code: string | null; readonly text: string | null };

/**
 * Reads `{requestId, errorCode, errorMessage}` in any case of its names, and the gateway's own
 * `{fault: {faultstring, detail: {errorcode}}}`. Null when a body is no refusal, whatever its status.
 */
export function readGatewayError(body: unknown): GatewayError | null {
  const fields = asObject(body);
  if (fields === null) return null;
  const fault = asObject(fields.fault);
  if (fault !== null) {
    const code = asText(asObject(fault.detail)?.errorcode) ?? asText(fault.faultcode);
    return { code, text: asText(fault.faultstring) };
  }
  const named = new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
  const code = asText(named.get('errorcode'));
  const text = asText(named.get('errormessage'));
  return code === null && text === null ? null : { code, text };
}
