/** The last call to the address of a heartbeat check. */
export interface LastBeat {
  readonly at: Date;
  readonly kind: 'ok' | 'fail' | 'start';
  readonly exitCode: number | null;
  /** What the caller sent, sanitised. */
  readonly body: string;
  readonly from: string;
  /** When the job that runs now began; null when none does. */
  readonly startedAt: Date | null;
  /** How long the last job took from its start to its end; null when no start was told. */
  readonly tookMs: number | null;
}

/** A check that another one is made of. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly target: string;
  readonly state: 'up' | 'degraded' | 'down' | 'unreachable' | 'unknown';
}

/** A check is made of so many others at most; from more, `members` gives one too many. */
export const mostMembers = 1_000;

/** Which checks: those named, and those that fit all that is said. */
export interface MemberFilter {
  readonly ids: readonly string[];
  readonly kind: string;
  /** Part of the name of a check or of its target; empty takes none by name. */
  readonly named: string;
}

/** What Vigie itself knows, for kinds that look inside instead of outside. */
export interface InsideView {
  /** When this check came under watch: nothing can be missing that was not yet due. */
  readonly watchedSince: Date;
  readonly now: Date;
  /** Addresses beyond this machine that are watched: only for them the own line matters. */
  outside(): Iterable<string>;
  beat(): LastBeat | null;
  members(wanted: MemberFilter): readonly Member[];
}
