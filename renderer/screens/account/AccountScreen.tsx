import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import settings from '../settings/SettingsScreen.module.css';
import { ChangePassword } from './ChangePassword.tsx';
import { SecondFactor } from './SecondFactor.tsx';

/** One's own login: nobody else can change what stands here. */
export function AccountScreen() {
  const { t, time } = useText();
  const { data, error, refetch } = useAnswer('account:show', {});
  if (data === undefined)
    return error === null ? null : <ErrorNotice error={error} onRetry={() => void refetch()} />;
  const reload = () => void refetch();
  return (
    <div className={settings.screen}>
      <PageHeader title={t('account.title')} sub={`${data.name} · ${t('nav.role', { role: data.role })}`} />
      <div className={settings.sections}>
        <section className={settings.card}>
          <h2>{t('account.sign-ins')}</h2>
          <p>{t('account.signed-in', { at: { at: data.signedInAt } })}</p>
          <p className={settings.hint}>
            {data.previousSignInAt === null
              ? t('account.first-sign-in')
              : t('account.previous-sign-in', { at: { at: data.previousSignInAt } })}
          </p>
          {data.otherSessionEndedAt !== null && (
            <p role="status">{t('account.other-session', { at: { at: data.otherSessionEndedAt } })}</p>
          )}
        </section>
        <section className={settings.card}>
          <h2>{t('access.password')}</h2>
          <p className={settings.hint}>{t('account.password-since', { at: { at: data.passwordSetAt } })}</p>
          <ChangePassword name={data.name} hasTotp={data.totpSince !== null} onChanged={reload} />
        </section>
        <SecondFactor
          name={data.name}
          since={data.totpSince === null ? null : time(data.totpSince)}
          codesLeft={data.recoveryCodesLeft}
          onChanged={reload}
        />
      </div>
    </div>
  );
}
