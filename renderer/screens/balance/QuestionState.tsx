import { useText } from '#renderer/lib/text.tsx';
import type { BalanceOfCode } from '#shared/ipc/balance-channels.ts';

/** As of when the balance is, who asked, and how the last question stands. */
export function QuestionState({ code }: { code: BalanceOfCode }) {
  const { t, tell, shortTime } = useText();
  const { answer, question, cannotAsk } = code;
  const known =
    answer === null
      ? null
      : answer.asOf === null
        ? t('balance.answered-at', { at: shortTime(answer.answeredAt), by: answer.askedBy })
        : t('balance.as-of', { at: shortTime(answer.asOf), by: answer.askedBy });
  return (
    <>
      {known !== null && <span>{known} </span>}
      <span role="status">{sayQuestion()}</span>
    </>
  );

  function sayQuestion(): string | null {
    if (question === null || question.state === 'answered') {
      if (answer !== null) return null;
      return cannotAsk === null ? t('balance.never') : tell(cannotAsk);
    }
    const about = { at: shortTime(question.askedAt), by: question.askedBy };
    if (question.state === 'waiting') return t('balance.waiting', about);
    if (question.state === 'silent') return t('balance.silent', about);
    const why = question.why === null ? '' : tell(question.why);
    return t('balance.failed', { ...about, why });
  }
}
