import type { Activity } from './activity.ts';
import { writeResult } from './bodies/result-body.ts';
import type { SimulatorClock } from './clock.ts';
import type { Journal } from './journal.ts';
import type { PlannedPost } from './planned-post.ts';
import type { Poster } from './wire/post.ts';

/** Safaricom's POSTs to the shop. */
export type Callbacks = {
  readonly postNow: (planned: PlannedPost) => Promise<void>;
  /** Those that are due at once go one after the other, in their order; the rest when the clock says so. */
  readonly postLater: (posts: readonly PlannedPost[]) => void;
};

export type CallbackParts = {
  readonly activity: Activity;
  readonly clock: SimulatorClock;
  readonly journal: Journal;
  readonly poster: Poster;
};

export function openCallbacks({ activity, clock, journal, poster }: CallbackParts): Callbacks {
  const postNow: Callbacks['postNow'] = async ({ about, body, url }) => {
    const value = body.kind === 'result' ? writeResult(body.parts, body.shape) : body.value;
    const delivery = await poster.post(url, JSON.stringify(value));
    journal.notePost({ at: clock.now(), about, url, body: value, delivery });
  };
  const postLater: Callbacks['postLater'] = (posts) => {
    const due = posts.filter(({ afterMs }) => afterMs === 0);
    void activity.run(async () => {
      for (const planned of due) await postNow(planned);
    });
    for (const planned of posts.filter((each) => !due.includes(each)))
      void activity.run(async () => {
        if (await clock.wait(planned.afterMs)) await postNow(planned);
      });
  };
  return { postNow, postLater };
}
