import { z } from 'zod';
import { hideInLog } from '#main/log/redact.ts';
import type { Secrets } from '#main/vault/secrets.ts';
import type { VaultAnswer } from '#main/vault/vault.ts';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';

const appKeys = z.strictObject({ key: z.string(), secret: z.string() });
/**
 * A password is encrypted anew for each call; a ready-made SecurityCredential (344 characters) goes out as it is. The
 * name stands beside it: cut off between keychain and books, a new password never goes out under an old name.
 */
const operator = z.union([
  z.strictObject({ name: z.string(), password: z.string() }),
  z.strictObject({ name: z.string(), securityCredential: z.string() }),
]);
const passkey = z.strictObject({ passkey: z.string() });
const relayKeys = z.strictObject({
  /** The secret part of the addresses that Safaricom calls: 128 bits in hex. */
  path: z.string().regex(/^[0-9a-f]{32}$/),
  /** Private half of the X25519 key that messages are sealed to, and seed of the Ed25519 key that requests are signed with. */
  boxKey: z.string().regex(/^[0-9a-f]{64}$/),
  signSeed: z.string().regex(/^[0-9a-f]{64}$/),
});

export type AppKeys = z.infer<typeof appKeys>;
export type OperatorSecret = z.infer<typeof operator>;
export type RelayKeys = z.infer<typeof relayKeys>;

/** The reversal operator is not here: its password is sealed to the approvers, in the ledger. */
type KeptKind = Exclude<CredentialKind, 'reversal-operator'>;

/** Where a secret of a short code lies in the keychain, below the ledger's own name. */
export function purposeOf(shortCode: string, kind: KeptKind): string {
  return `safaricom/${shortCode}/${kind}`;
}

export const RELAY_PURPOSE = 'relay';

/** A secret as it is written for {@link purposeOf}, or sealed to an approver. */
export function writeKept(secret: AppKeys | OperatorSecret | { readonly passkey: string }): string {
  return JSON.stringify(secret);
}

export function readAppKeys(secrets: Secrets, shortCode: string): Promise<VaultAnswer<AppKeys | null>> {
  return readKept(secrets, purposeOf(shortCode, 'app'), appKeys);
}

export function readOperator(
  secrets: Secrets,
  shortCode: string,
): Promise<VaultAnswer<OperatorSecret | null>> {
  return readKept(secrets, purposeOf(shortCode, 'look-up-operator'), operator);
}

/** What an approver's box holds, once it is open; null for anything else. */
export function readSealedOperator(text: string): OperatorSecret | null {
  const parsed = operator.safeParse(parseJson(text));
  if (parsed.success) hideSecret(parsed.data);
  return parsed.success ? parsed.data : null;
}

export async function readPasskey(secrets: Secrets, shortCode: string): Promise<VaultAnswer<string | null>> {
  const kept = await readKept(secrets, purposeOf(shortCode, 'passkey'), passkey);
  return kept.ok ? { ok: true, value: kept.value?.passkey ?? null } : kept;
}

export function readRelayKeys(secrets: Secrets): Promise<VaultAnswer<RelayKeys | null>> {
  return readKept(secrets, RELAY_PURPOSE, relayKeys);
}

/** What stands in the keychain is from outside, too: of another form it is as good as not kept. */
async function readKept<T>(
  secrets: Secrets,
  purpose: string,
  schema: z.ZodType<T>,
): Promise<VaultAnswer<T | null>> {
  const kept = await secrets.read(purpose);
  if (!kept.ok || kept.value === null) return kept.ok ? { ok: true, value: null } : kept;
  const parsed = schema.safeParse(parseJson(kept.value));
  if (parsed.success) hideSecret(parsed.data as Readonly<Record<string, string>>);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, problem: 'not-kept' };
}

/** Whatever goes wrong from here on, the log does not show it. The operator's name is no secret. */
export function hideSecret({ name: _, ...secret }: Readonly<Record<string, string>>): void {
  hideInLog(...Object.values(secret));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
