import { asObject, asText } from './loose.ts';

/** The operator that a request as it is kept was put with; null where it needed none. */
export function readInitiator(request: string): string | null {
  return asText(asObject(JSON.parse(request))?.Initiator);
}
