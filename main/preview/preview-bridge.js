// The page's way to the core in the preview host: `window.daftari`, exactly as the preload of Electron makes it.
// The host puts CHANNELS, EVENTS and TAKES_FILES of its window in front of this script.
(() => {
  const hostGone = { ok: false, error: { code: 'ipc/bug', message: { id: 'error.host-gone' } } };

  /** Posts and reads the JSON answer; never rejects. */
  async function post(path, headers, body) {
    try {
      const answer = await fetch(path, { method: 'POST', headers, body, cache: 'no-store' });
      return answer.headers.get('content-type')?.startsWith('application/json')
        ? await answer.json()
        : hostGone;
    } catch {
      return hostGone;
    }
  }

  const listeners = new Map(EVENTS.map((event) => [event, new Set()]));

  function listen() {
    const socket = new WebSocket(`ws://${location.host}/events`);
    socket.onmessage = (message) => {
      const { event, payload, open, close } = JSON.parse(message.data);
      // The host's own words: a second window at an origin of its own, and its end.
      if (open !== undefined) window.open(open, 'daftari-approval', 'popup,width=560,height=700');
      if (close === true) window.close();
      for (const listener of listeners.get(event) ?? []) listener(payload);
    };
    socket.onclose = () => setTimeout(listen, 1_000);
  }
  listen();

  const json = { 'Content-Type': 'application/json' };
  const page = {
    call: Object.fromEntries(
      CHANNELS.map((channel) => [channel, (input) => post(`/ipc/${channel}`, json, JSON.stringify(input))]),
    ),
    on: Object.fromEntries(
      EVENTS.map((event) => [
        event,
        (listener) => {
          listeners.get(event).add(listener);
          return () => listeners.get(event).delete(listener);
        },
      ]),
    ),
  };
  const files = {
    admitFile: (file) =>
      post(
        '/file',
        { 'Content-Type': 'application/octet-stream', 'X-File-Name': encodeURIComponent(file.name) },
        file,
      ),
    saveFile: async (token) => {
      const offered = await post('/offered', json, JSON.stringify(token));
      if (!offered.ok) return offered;
      const link = document.createElement('a');
      link.href = `/offered/${token}`;
      link.download = offered.value.name;
      link.click();
      return { ok: true, value: { saved: true } };
    },
    startup: () => post('/startup', json),
  };
  const bridge = TAKES_FILES ? { ...page, ...files } : page;
  for (const part of [bridge, bridge.call, bridge.on]) Object.freeze(part);
  Object.defineProperty(window, 'daftari', { value: bridge, enumerable: true });
})();
