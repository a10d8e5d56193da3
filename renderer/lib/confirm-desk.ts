/** Shows the question; true once the password was given again, false when the person changed their mind. */
type Asker = () => Promise<boolean>;

export type ConfirmDesk = {
  /** Asks the person, once however many calls wait for it. False when nothing on the page can ask. */
  readonly ask: () => Promise<boolean>;
  /** Puts the one who asks in place; returns the way to take him away. */
  readonly serve: (asker: Asker) => () => void;
};

/** Where a call that wants the password again meets the dialog that asks for it. */
export function createConfirmDesk(): ConfirmDesk {
  let asker: Asker | null = null;
  let inHand: Promise<boolean> | null = null;
  return {
    ask() {
      if (asker === null) return Promise.resolve(false);
      inHand ??= asker().finally(() => {
        inHand = null;
      });
      return inHand;
    },
    serve(next) {
      asker = next;
      return () => {
        if (asker === next) asker = null;
      };
    },
  };
}

export const confirmDesk = createConfirmDesk();
