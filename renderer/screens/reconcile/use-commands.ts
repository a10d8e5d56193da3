import { type Dispatch, type SetStateAction, useCallback, useState } from 'react';
import { indexOfPlace, type Place, placeAfterLeaving, placeAt, TOP } from './place.ts';
import { type Question, readAbilities, receiptOf, reversalOf } from './question.ts';
import type { RowCommands } from './RowAnswer.tsx';
import type { Answers } from './use-answers.ts';
import type { Rows } from './use-rows.ts';

/** What lies open over the list. */
export type Surfaces =
  | { readonly open: 'none' | 'accept-all' | 'log' }
  | { readonly open: 'match' | 'park' | 'details' | 'reversal'; readonly question: Question };

type Options = {
  rows: Rows;
  answers: Answers;
  mayMatch: boolean;
  /** Goes to the look-up of a receipt; null for whoever may not ask. */
  onLookUp: ((receipt: string) => void) | null;
  onOpenReversal: (id: number) => void;
  setSurface: Dispatch<SetStateAction<Surfaces>>;
};

export type Commands = RowCommands & {
  readonly active: Question | undefined;
  readonly activeIndex: number;
  readonly focusRequest: number;
  readonly move: (steps: number) => void;
  readonly goTo: (index: number) => void;
  readonly goToTop: () => void;
  /** Gives the real focus back to the row, from the search or a dialog. */
  readonly focusRow: () => void;
  /** The main key of the row, whatever its state. */
  readonly enter: () => void;
  /** Closes what lies over the list, goes on to the next question, and stores the answer. */
  readonly answer: (question: Question, store: () => Promise<boolean>) => void;
};

/** What the keys and buttons do to the row in focus. */
export function useCommands({
  rows,
  answers,
  mayMatch,
  onLookUp,
  onOpenReversal,
  setSurface,
}: Options): Commands {
  const { questions } = rows;
  const [place, setPlace] = useState<Place>(TOP);
  const [focusRequest, setFocusRequest] = useState(0);
  const activeIndex = indexOfPlace(questions, place);
  const active = questions[activeIndex];
  const focusRow = useCallback(() => setFocusRequest((n) => n + 1), []);
  const goToTop = useCallback(() => setPlace(TOP), []);

  function goTo(index: number) {
    setPlace(placeAt(questions, index));
    focusRow();
  }

  function answer(question: Question, store: () => Promise<boolean>) {
    const index = questions.findIndex((other) => other.key === question.key);
    if (index >= 0) setPlace(placeAfterLeaving(questions, index));
    setSurface({ open: 'none' });
    focusRow();
    void store().then((isStored) => {
      // Refused: back to the question it was about.
      if (!isStored) setPlace({ key: question.key, index: Math.max(0, index) });
    });
  }

  function whenAble(ability: keyof ReturnType<typeof readAbilities>, run: (question: Question) => void) {
    return () => {
      if (active !== undefined && readAbilities(active, mayMatch)[ability]) run(active);
    };
  }

  const accept = whenAble('canAccept', (question) => answer(question, () => answers.accept(question)));
  const matchByHand = whenAble('canMatch', (question) => setSurface({ open: 'match', question }));

  const receipt = active === undefined ? null : receiptOf(active);

  return {
    active,
    activeIndex,
    focusRequest,
    move: (steps) => goTo(activeIndex + steps),
    goTo,
    goToTop,
    focusRow,
    answer,
    accept,
    matchByHand,
    choose: (option) =>
      whenAble('canChoose', (question) => answer(question, () => answers.choose(question, option)))(),
    reject: whenAble('canReject', (question) => answer(question, () => answers.reject(question))),
    park: whenAble('canPark', (question) => setSurface({ open: 'park', question })),
    unpark: whenAble('canUnpark', (question) => answer(question, () => answers.unpark(question))),
    unmatch: whenAble('canUnmatch', (question) => answer(question, () => answers.unmatch(question))),
    showDetails: () => {
      if (active !== undefined) setSurface({ open: 'details', question: active });
    },
    lookUp: receipt === null || onLookUp === null ? null : () => onLookUp(receipt),
    sendBack: () => {
      const asked = active === undefined ? null : reversalOf(active);
      if (asked !== null) onOpenReversal(asked.id);
      else whenAble('canSendBack', (question) => setSurface({ open: 'reversal', question }))();
    },
    enter: () => {
      if (active === undefined) return;
      const { canAccept, canChoose } = readAbilities(active, mayMatch);
      if (canAccept) accept();
      else if (!canChoose) matchByHand();
    },
  };
}
