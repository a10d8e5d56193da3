export type PasswordDraft = {
  readonly password: string;
  readonly again: string;
  /** While it is shown it need not be typed twice. */
  readonly isVisible: boolean;
};

export const NO_PASSWORD: PasswordDraft = { password: '', again: '', isVisible: false };

/** What speaks against a draft before anybody is asked: the id of the sentence; null = nothing. */
export function findDraftProblem(draft: PasswordDraft): 'newpass.empty' | 'newpass.differs' | null {
  if (draft.password === '') return 'newpass.empty';
  return draft.isVisible || draft.again === draft.password ? null : 'newpass.differs';
}

/** How a new password stands, in as many steps as we can honestly tell apart. */
export type Strength = 'none' | 'refused' | 'good' | 'long';

/** From here on more letters make no difference that a person could feel. */
const LONG = 18;

export function rateStrength(password: string, hasProblems: boolean): Strength {
  if (password === '') return 'none';
  if (hasProblems) return 'refused';
  return [...password].length >= LONG ? 'long' : 'good';
}
