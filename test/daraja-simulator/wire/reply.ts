/** One HTTP answer and how its bytes go out. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /**
   * `lost`: the connection is cut before the first byte. `cut`: in the middle of the body. `dripped`: a byte a second
   * of the simulator's clock. `never`: the connection stays open and nothing comes.
   */
  readonly manner: 'whole' | 'lost' | 'cut' | 'dripped' | 'never';
  readonly afterMs: number;
};

export function replyJson(status: number, body: unknown): Reply {
  return replyText(status, JSON.stringify(body), 'application/json;charset=UTF-8');
}

export function replyText(status: number, body: string, type: string): Reply {
  return { status, headers: { 'content-type': type }, body, manner: 'whole', afterMs: 0 };
}
