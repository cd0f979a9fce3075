import { compilePromql, type Expression } from '#probe/exporter/promql.ts';

/** An expression that, where anything stands it, gives a verdict. */
export interface Rule {
  /** As it was written, without the verdict. */
  readonly text: string;
  readonly expression: Expression;
  readonly verdict: 'down' | 'degraded';
}

/** Reads `disk_free / disk_size * 100 < 10 : down`; down when no verdict is named. Undefined when it is none. */
export function readRule(line: string): Rule | undefined {
  const [, text = '', verdict] = /^(.*?)(?:\s*:\s*(down|degraded))?\s*$/u.exec(line) ?? [];
  try {
    return { text, expression: compilePromql(text), verdict: verdict === 'degraded' ? 'degraded' : 'down' };
  } catch {
    return undefined;
  }
}
