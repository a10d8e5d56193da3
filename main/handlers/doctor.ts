import { succeed } from '#shared/ipc/result.ts';
import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { actorOf } from '../services/core.ts';
import { noteCopy } from '../services/doctor/note-copy.ts';
import { reviewAccess } from '../services/doctor/review-access.ts';

type DoctorChannel = Extract<keyof Handlers, `doctor:${string}`>;

/** What is wrong, and how to mend it. */
export function connectDoctor({ core, doctor }: HandlerParts): Pick<Handlers, DoctorChannel> {
  return {
    'doctor:show': () => succeed(doctor.show()),
    'doctor:run': (_, input) => doctor.run(input.withDatabase),
    'doctor:ask': (session, input) => doctor.ask(actorOf(session), input),
    'doctor:cancel': (session, input) => doctor.cancel(input.jobId, session.role),
    'doctor:note-copy': (session) => {
      const noted = noteCopy(core, actorOf(session));
      return noted.ok ? succeed(doctor.show()) : noted;
    },
    'doctor:review-access': (session) => {
      const reviewed = reviewAccess(core, actorOf(session));
      return reviewed.ok ? succeed(doctor.show()) : reviewed;
    },
  };
}
