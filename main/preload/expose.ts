import type { IpcRenderer } from 'electron';

// SECURITY: a page gets functions by name and plain values; never ipcRenderer, an event object or a path.

/** One function for each channel, which asks main and hands back its answer. */
export function exposeCalls<Calls>(ipc: IpcRenderer, channels: readonly string[]): Calls {
  return Object.fromEntries(
    channels.map((channel) => [channel, (input: unknown) => ipc.invoke('call', channel, input)]),
  ) as Calls;
}

/** One function for each event, which hears it until the function it returns is called. */
export function exposeEvents<Listeners>(ipc: IpcRenderer, events: readonly string[]): Listeners {
  return Object.fromEntries(
    events.map((event) => [
      event,
      (listener: (payload: unknown) => void) => {
        const hear = (_event: unknown, payload: unknown) => listener(payload);
        ipc.on(`event ${event}`, hear);
        return () => {
          ipc.off(`event ${event}`, hear);
        };
      },
    ]),
  ) as Listeners;
}
