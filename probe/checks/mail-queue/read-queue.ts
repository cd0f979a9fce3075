/** What stands in the queue of a mail server. */
export interface QueueFacts {
  /** Messages by queue: active, deferred, hold, incoming, maildrop. */
  readonly counts: Readonly<Record<string, number>>;
  readonly bytes: number;
  /** Age of the oldest message that is not on hold, in seconds; undefined when there is none. */
  readonly oldestSeconds: number | undefined;
  /** Most frequent reasons for delay, with how many messages wait for each. */
  readonly reasons: readonly string[];
}

/** Reads what the script wrote; undefined when it wrote no sum. */
export function readQueue(text: string): QueueFacts | undefined {
  const counts: Record<string, number> = {};
  const reasons: string[] = [];
  let bytes: number | undefined;
  let oldestSeconds: number | undefined;
  for (const line of text.split('\n')) {
    const [word, first = '', ...rest] = line.split(' ');
    if (word === 'n' && /^[a-z]+$/u.test(first)) counts[first] = Number(rest[0] ?? 0);
    else if (word === 'bytes') bytes = Number(first);
    else if (word === 'oldest') oldestSeconds = Math.max(0, Number(first));
    else if (word === 'why') reasons.push(`${first} × ${rest.join(' ')}`);
  }
  return bytes === undefined ? undefined : { counts, bytes, oldestSeconds, reasons };
}

/** Messages that should be moving: all but those put on hold on purpose. */
export function waiting({ counts }: QueueFacts): number {
  return Object.entries(counts).reduce((sum, [queue, count]) => (queue === 'hold' ? sum : sum + count), 0);
}
