export type WizardStep = 'shop' | 'owner' | 'kit' | 'factor' | 'done';

/** The steps that ask something, in order. */
export const STEPS: readonly WizardStep[] = ['shop', 'owner', 'kit', 'factor'];

/** The step before; the first has none, and what is done stays done. */
export function backTo(step: WizardStep): WizardStep {
  return STEPS[STEPS.indexOf(step) - 1] ?? step;
}
