import { Anchor } from '@mantine/core';
import { useHashLocation } from 'wouter/use-hash-location';
import { useAppState } from '../lib/queries.ts';
import { useText } from '../lib/text.tsx';

/** To what the audit log says of a payment or a sale, for those who may read it. */
export function AuditLink({ to }: { to: string }) {
  const { t } = useText();
  const { permissions } = useAppState();
  const [, navigate] = useHashLocation();
  if (!permissions.includes('audit.read')) return null;
  return (
    <div>
      <Anchor component="button" type="button" size="sm" onClick={() => navigate(to)}>
        {t('privacy.history')}
      </Anchor>
    </div>
  );
}
