import { sanitiseOutput } from '../sanitise-output.ts';
import { textOf, type SnmpValue } from './snmp-value.ts';

const longestBytes = 80;

/** What an agent calls a thing, as one short line that can stand in a label; `otherwise` when it has no name. */
export function labelOf(value: SnmpValue | undefined, otherwise: string): string {
  const text = sanitiseOutput(textOf(value).replaceAll(/\s+/gu, ' ').trim(), longestBytes);
  return text === '' ? otherwise : text;
}

/** Labels made different from each other: the second of the same name gets its index. */
export function distinct(labels: ReadonlyMap<string, string>): Map<string, string> {
  const seen = new Set<string>();
  const different = new Map<string, string>();
  for (const [index, label] of labels) {
    const own = seen.has(label) ? `${label} #${index}` : label;
    seen.add(own);
    different.set(index, own);
  }
  return different;
}
