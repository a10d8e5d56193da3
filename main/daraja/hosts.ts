/** The only two hosts of Daraja. */
export const HOSTS = {
  production: 'https://api.safaricom.co.ke',
  sandbox: 'https://sandbox.safaricom.co.ke',
} as const;

/** True for plain HTTP or HTTPS to this computer itself: the simulator of the demo and of the tests. */
export function isLoopbackOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname, origin: tidy } = new URL(origin);
  return (
    tidy === origin && /^https?:$/.test(protocol) && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)
  );
}

/** Throws for any other place: whoever opens a line names one of the two hosts, or this computer. */
export function checkOrigin(origin: string): void {
  const isKnown = Object.values<string>(HOSTS).includes(origin);
  if (!isKnown && !isLoopbackOrigin(origin)) throw new Error('this is no address of Daraja');
}
