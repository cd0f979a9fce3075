import { parsePerfdata, type PerfValue } from './perfdata.ts';

/** What a plugin said. */
export interface PluginOutput {
  readonly summary: string;
  readonly longText: string;
  readonly values: readonly PerfValue[];
}

/**
 * Takes a plugin's output apart as Nagios does: the first line is the summary, up to a bar; behind the bar stands
 * performance data; further lines are long text until one has a bar, and all behind that one is performance data again.
 */
export function readPluginOutput(text: string): PluginOutput {
  const [first = '', ...lines] = text.replaceAll('\r\n', '\n').split('\n');
  const [summary, perf] = atBar(first);
  const long: string[] = [];
  const data = [perf];
  let within = false;
  for (const line of lines) {
    if (within) data.push(line);
    else {
      const [words, more] = atBar(line);
      long.push(words);
      if (line.includes('|')) {
        data.push(more);
        within = true;
      }
    }
  }
  return { summary: summary.trim(), longText: long.join('\n').trim(), values: parsePerfdata(data.join(' ')) };
}

function atBar(line: string): [string, string] {
  const bar = line.indexOf('|');
  return bar < 0 ? [line, ''] : [line.slice(0, bar), line.slice(bar + 1)];
}
