import { succeed } from '#shared/ipc/result.ts';
import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { actorOf } from '../services/core.ts';
import {
  chooseCertificate,
  listCertificates,
  loadCertificate,
} from '../services/credentials/certificates.ts';
import { openCredentialDesk } from '../services/credentials/desk.ts';
import { listRegistrations, registerC2b, registerPull } from '../services/credentials/register.ts';
import { listCredentials } from '../services/credentials/show-credentials.ts';

type SetUpChannel = Extract<
  keyof Handlers,
  `credential:${string}` | `certificate:${string}` | `registration:${string}`
>;

/** What is set up with Safaricom: secrets, the certificate, registrations. */
export function connectSafaricom({ core, files, safaricom }: HandlerParts): Pick<Handlers, SetUpChannel> {
  const desk = openCredentialDesk(safaricom);
  return {
    'credential:list': () => listCredentials(safaricom),
    'credential:set': (session, input) => desk.set(actorOf(session), input),
    'credential:remove': (session, input) => desk.remove(actorOf(session), input),
    'credential:retry': (session, input) => desk.retry(actorOf(session), input),
    'credential:rotate': (_, input) => desk.rotations.begin(input),
    'credential:rotate-check': (session, input) => desk.rotations.check(actorOf(session), input),
    'credential:rotate-show': (_, input) => succeed(desk.rotations.show(input)),
    'credential:rotate-finish': (session, input) => desk.finish(actorOf(session), input),
    'credential:rotate-cancel': (_, input) => {
      desk.rotations.cancel(input);
      return succeed({});
    },
    'certificate:list': () => listCertificates(core),
    'certificate:load': (session, input) => loadCertificate(core, files, session, input.token),
    'certificate:use': (session, input) => chooseCertificate(core, session, input.fingerprint),
    'registration:list': () => listRegistrations(safaricom),
    'registration:pull': (session, input) => registerPull(safaricom, actorOf(session), input),
    'registration:notices': (session, input) => registerC2b(safaricom, actorOf(session), input),
  };
}
