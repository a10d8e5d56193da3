import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { useText } from '#renderer/lib/text.tsx';

export function SalesScreen() {
  const { t } = useText();
  return <PageHeader title={t('nav.sales')} />;
}
