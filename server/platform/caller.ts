import type { Role } from '#contract/permission.ts';
import type { Language } from '#contract/words.ts';
import { Refusal } from './refusal.ts';

/** A person who is signed in. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly language: Language;
  /** The session or API token used, so that signing out ends the right one. */
  readonly sessionId: string;
}

/** Who sends a request, and how the answer is to be told. */
export interface Caller {
  readonly actor: Actor | null;
  /** Language for the sentences of the answer: the header's, else the person's, else English. */
  readonly language: Language;
  /** The peer's network address. */
  readonly address: string;
  /** Puts a session's token into the browser's cookie, or takes it out. */
  readonly keepSession: (token: string | null) => void;
}

/** The signed-in person. Requests with a permission other than `public` always have one. */
export function actorOf(caller: Caller): Actor {
  if (caller.actor === null) throw new Refusal('signed_out');
  return caller.actor;
}
