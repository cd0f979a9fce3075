import type { SecureContext } from 'node:tls';
import type { z } from 'zod';
import type { SshTarget, SshTransport } from '#ssh/transport.ts';
import type { AddressFacts } from './address-facts.ts';
import type { PingBatch } from './checks/icmp/ping-batch.ts';
import type { LocalReadings } from './checks/local-host/local-readings.ts';
import type { Language } from '#contract/words.ts';
import type { InsideView } from './inside-view.ts';
import type { NameLookup } from './name-lookup.ts';
import type { OwnReadings } from './own-figures.ts';
import type { ProbeClock } from './probe-clock.ts';

/** What one run of a check says of its target, before any confirmation. */
export type Verdict = 'up' | 'degraded' | 'down' | 'unknown';

/** The facts of a reason: plain values only, because they are stored and sent. */
export type ReasonData = Readonly<Record<string, string | number | boolean>>;

/** Why a verdict was given; told in words by the texts of its kind. */
export interface Reason {
  readonly code: string;
  readonly data: ReasonData;
}

/** One measured value. The name is a key of the kind's `metrics` texts, or such a key, a colon and an instance (`disk:/var`). */
export interface Metric {
  readonly name: string;
  readonly unit: MetricUnit;
  readonly value: number;
}

/** Units of metrics; times are milliseconds, ratios are percent. */
export type MetricUnit =
  | 'ms'
  | 'percent'
  | 'bytes'
  | 'bytesPerSecond'
  | 'bitsPerSecond'
  | 'perSecond'
  | 'days'
  | 'seconds'
  | 'count'
  | 'number'
  | 'celsius'
  | 'volts'
  | 'amperes'
  | 'watts'
  | 'hertz'
  | 'revolutionsPerMinute'
  | 'decibelMilliwatts';

/** The outcome of one run. */
export interface CheckResult {
  readonly verdict: Verdict;
  readonly reason: Reason;
  /** Evidence for a person: sanitised text of at most 8 KiB. */
  readonly output: string;
  readonly metrics: readonly Metric[];
  readonly durationMs: number;
}

/** What is tested. */
export interface CheckTarget {
  /** A host name or an IP address, without port. */
  readonly address: string;
}

/** The way into a target over SSH, when its host has one. */
export interface SshAccess {
  readonly transport: SshTransport;
  readonly target: SshTarget;
}

/** What checks share so that a thousand of them stay cheap. */
export interface ProbeTools {
  readonly lookup: NameLookup;
  readonly ping: PingBatch;
  readonly local: LocalReadings;
  /** How the watch itself does. */
  readonly own: OwnReadings;
  /** Believes these authorities (PEM) too, and those named before no more; what runs goes on as it began. */
  believe(authorities: readonly string[]): void;
  /** Believed certification authorities; `lenient` also shakes hands over obsolete protocols, to name them. */
  readonly trust: {
    readonly strict: SecureContext;
    readonly lenient: SecureContext;
    /** As `strict`, and shows a client certificate (PEM). Throws when certificate and key cannot be used. */
    identified(certificate: string, key: string): SecureContext;
  };
}

/** What a run is given beside its settings and its target. */
export interface CheckContext {
  readonly signal: AbortSignal;
  /** Has `stop` called when `signal` would abort, instead of what was named before; null for nothing more. See `onStop`. */
  stopWith?(stop: (() => void) | null): void;
  /** The whole run must be over within this time. */
  readonly timeoutMs: number;
  readonly clock: ProbeClock;
  readonly tools: ProbeTools;
  /**
   * Whether a connection to this address is allowed. Asked for every resolved address, redirects
   * included, so that a name cannot be turned against the server after the check was accepted.
   */
  mayReach(address: string): boolean;
  readonly ssh?: SshAccess;
  readonly inside?: InsideView;
  /** Lasts as long as this process watches: previous counters, to make rates of. */
  readonly memory: CheckMemory;
  /** Survives restarts: where a log was read to, a key that was seen first. At most 4 KiB in all, written when it changes. */
  readonly kept: CheckMemory;
  /** Takes the lines that a log said since the last look, oldest first: what kinds of line come how often is kept of them. */
  readonly tellLines?: (lines: readonly string[]) => void;
}

/** What a check remembers from run to run, each check its own. */
export interface CheckMemory {
  get(key: string): string | number | undefined;
  /** `undefined` forgets. */
  set(key: string, value: string | number | undefined): void;
}

/** A reason code with its data, for a kind whose codes and data are `Reasons`. */
export type ReasonOf<Reasons> = { [Code in keyof Reasons]: { code: Code; data: Reasons[Code] } }[keyof Reasons];

/** A result whose reason is one of the kind's own. */
export interface KindResult<Reasons> extends Omit<CheckResult, 'reason'> {
  readonly reason: ReasonOf<Reasons>;
}

/** Words for one settings field. */
export interface FieldText {
  readonly label: string;
  readonly help: string;
  /** Words for the values of a choice. */
  readonly options?: Readonly<Record<string, string>>;
}

/** All words of one kind in one language. */
export interface KindTexts<Settings, Reasons> {
  readonly name: string;
  readonly description: string;
  readonly fields: { readonly [Field in keyof Settings]: FieldText };
  readonly metrics: Readonly<Record<string, string>>;
  readonly reasons: { readonly [Code in keyof Reasons]: ReasonSentence<Reasons[Code]> };
}

/**
 * Tells a reason from its data. Written as a method type on purpose: such a function is accepted where one for any
 * data is asked, because stored data comes back from the database without its type.
 */
export type ReasonSentence<Data> = { tell(data: Data): string }['tell'];

/** A check that a kind proposes for an address it has been told about. */
export interface Proposal<Settings = Readonly<Record<string, unknown>>> {
  readonly settings: Settings;
  /** Proposed as already chosen: true when the answer leaves little doubt. */
  readonly recommended: boolean;
}

/**
 * A kind of check: the one shape for all of them. A kind is the folder of its name under `checks/`.
 * `run` never throws for what the target does; whatever the target answers becomes a result.
 */
export interface CheckKind<Settings, Reasons> {
  readonly name: string;
  readonly settings: z.ZodType<Settings>;
  readonly texts: Readonly<Record<Language, KindTexts<Settings, Reasons>>>;
  /** How often and how long, when nobody says otherwise. */
  readonly defaults: { readonly intervalMs: number; readonly timeoutMs: number };
  /** What the kind cannot do without; `inside`: it looks at what Vigie itself knows. */
  readonly requires: 'network' | 'ssh' | 'local' | 'inside';
  /** Runs of this kind start together on this grid; wide for kinds that work in batches. */
  readonly slotMs?: number;
  /** Its settings name a program or a command: only who may let such things run may start or change such a check. */
  readonly runsPrograms?: boolean;
  /** Results in a row before a change counts, where one look is as good as three. */
  readonly confirmations?: { readonly failures: number; readonly recoveries: number };
  run(settings: Settings, target: CheckTarget, context: CheckContext): Promise<KindResult<Reasons>>;
  propose?(facts: AddressFacts): Proposal<Partial<Settings>>[];
}

/** What `defineKind` needs to know of a kind: everything but which reasons belong to it. */
export interface KindShape<Settings> {
  readonly name: string;
  readonly settings: z.ZodType<Settings>;
  readonly texts: Readonly<Record<Language, KindWords>>;
  readonly defaults: { readonly intervalMs: number; readonly timeoutMs: number };
  readonly requires: 'network' | 'ssh' | 'local' | 'inside';
  readonly slotMs?: number;
  readonly runsPrograms?: boolean;
  readonly confirmations?: { readonly failures: number; readonly recoveries: number };
  run(settings: Settings, target: CheckTarget, context: CheckContext): Promise<CheckResult>;
  propose?(facts: AddressFacts): Proposal<Partial<Settings>>[];
}

/** The words of a kind with its own types hidden. */
export interface KindWords {
  readonly name: string;
  readonly description: string;
  readonly fields: Readonly<Record<string, FieldText>>;
  readonly metrics: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<string, ReasonSentence<ReasonData>>>;
}

/** A check whose settings were read once and that may run many times. */
export type PreparedCheck = (context: CheckContext) => Promise<CheckResult>;

/** A kind with its own types hidden, as the table of kinds holds it. */
export interface AnyCheckKind {
  readonly name: string;
  readonly defaults: { readonly intervalMs: number; readonly timeoutMs: number };
  readonly requires: 'network' | 'ssh' | 'local' | 'inside';
  readonly slotMs?: number;
  readonly runsPrograms: boolean;
  readonly confirmations?: { readonly failures: number; readonly recoveries: number };
  readonly schema: z.ZodType;
  /** Names of the settings that are secrets. */
  readonly secrets: () => readonly string[];
  readonly texts: Readonly<Record<Language, KindWords>>;
  /** Complete settings from what a person gave. Throws ZodError. */
  complete(settings: unknown): Record<string, unknown>;
  /** Throws ZodError when the settings do not fit the kind. */
  prepare(settings: unknown, target: CheckTarget): PreparedCheck;
  propose(facts: AddressFacts): Proposal[];
  /** The reason as a sentence; an unknown code (from an older version) is shown as it is. */
  tell(reason: Reason, language: Language): string;
}
