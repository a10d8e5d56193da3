import type { Access } from '../../access/access.ts';
import type { Core } from '../core.ts';
import { openReversalOperator } from '../credentials/sealed-operator.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import type { ReversalParts } from './parts.ts';

/** With the operator's password as it lies in the books: sealed to those who may approve. */
export function reversalParts(parts: {
  readonly core: Core;
  readonly access: Access;
  readonly safaricom: SafaricomParts;
}): ReversalParts {
  const { core, access, safaricom } = parts;
  return {
    ...safaricom,
    access,
    openOperator: (staffId, password, shortCode) =>
      openReversalOperator(core, access, { staffId, password, shortCode }),
  };
}
