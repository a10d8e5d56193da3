import { Button } from '@mantine/core';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Permission } from '#shared/domain/access/permissions.ts';
import { EmptyState } from '../components/EmptyState.tsx';
import { useAppState } from '../lib/queries.ts';
import { useText } from '../lib/text.tsx';
import { paths } from './routes.ts';

/** A screen for those who may see it; the others, who can only have typed its address, are told so. */
export function Allowed({ needs, children }: { needs: Permission; children: ReactNode }) {
  const { t } = useText();
  const { permissions } = useAppState();
  const [, navigate] = useLocation();
  if (permissions.includes(needs)) return children;
  return (
    <EmptyState
      icon={Lock}
      title={t('access-denied.title')}
      actions={
        <Button variant="default" onClick={() => navigate(paths.reconcile)}>
          {t('access-denied.back')}
        </Button>
      }
    >
      {t('access-denied.text')}
    </EmptyState>
  );
}
