import { type Message, say } from '#shared/domain/message.ts';
import type { HelpTopic } from './options.ts';

const HELP: Readonly<Record<HelpTopic, Message>> = {
  all: say('cli.help.all'),
  reconcile: say('cli.help.reconcile'),
  import: say('cli.help.import'),
  audit: say('cli.help.audit'),
  doctor: say('cli.help.doctor'),
  explain: say('cli.help.explain'),
  reversals: say('cli.help.reversals'),
};

/** What `--help` prints. */
export function helpOn(topic: HelpTopic): Message {
  return HELP[topic];
}
