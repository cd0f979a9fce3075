/** What a syslog message says; a part that is missing is null. */
export interface SyslogMessage {
  /** 0 to 23: kernel, user, mail … */
  readonly facility: number;
  /** 0 (emergency) to 7 (debug). */
  readonly severity: number;
  /** 1 to 999 by RFC 5424; null for the older format. */
  readonly version: number | null;
  /** ISO 8601; without an offset where the sender gave none. */
  readonly timestamp: string | null;
  readonly hostname: string | null;
  readonly appName: string | null;
  readonly procId: string | null;
  readonly msgId: string | null;
  /** Parameters by name, by the element's identifier. Of a name given twice, the last value. */
  readonly structuredData: Readonly<Record<string, Readonly<Record<string, string>>>> | null;
  readonly message: string | null;
}
