import { say } from '../domain/message.ts';
import { type Language, render } from './render.ts';

/** `Daftari · SANDBOX`: what stands over the window, in the task bar and in the switcher between windows. */
export function windowTitle(environment: 'production' | 'sandbox' | 'demo', language: Language): string {
  return `Daftari · ${render(say('app.environment', { environment }), language)}`;
}
