import type { PlannedPost } from './planned-post.ts';
import type { World } from './world.ts';

/** What a call came to: its answer now, and what is posted later. */
export type Outcome = {
  readonly status: number;
  readonly body: unknown;
  readonly posts: readonly PlannedPost[];
};

export function answer(body: unknown, posts: readonly PlannedPost[] = []): Outcome {
  return { status: 200, body, posts };
}

/** `{requestId, errorCode, errorMessage}`: how every product refuses. */
export function refuse(world: World, status: number, errorCode: string, errorMessage: string): Outcome {
  return { status, body: { requestId: world.ids.request(), errorCode, errorMessage }, posts: [] };
}

/** A field that is missing or wrong, by its name. */
export function refuseField(world: World, field: string): Outcome {
  return refuse(world, 400, '400.002.02', `Bad Request - Invalid ${field}`);
}
