import type { Result } from '#shared/ipc/result.ts';
import type { Access } from '../../access/access.ts';
import type { OperatorSecret } from '../safaricom/kept-secrets.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';

/** Opens the reversal operator's password with the approver's own; it is used once, in that act, and forgotten. */
export type OpenOperator = (
  staffId: number,
  password: string,
  shortCode: string,
) => Promise<Result<OperatorSecret>>;

/** What the services of reversals are given. */
export type ReversalParts = SafaricomParts & {
  readonly access: Access;
  readonly openOperator: OpenOperator;
};
