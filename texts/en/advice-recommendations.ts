import type { RecommendationKind } from '#contract/advice.ts';

/** Gives a word of the finding by its name, written for the reader. */
type Word = (name: string) => string;

interface KindWords {
  readonly name: string;
  readonly title: (word: Word) => string;
  readonly finding: (word: Word) => string;
  readonly gain: (word: Word) => string;
  readonly remedy: (word: Word) => string;
}

/** What recommendations say. */
export interface RecommendationTexts {
  readonly kinds: Readonly<Record<RecommendationKind, KindWords>>;
  /** Names of the words that are evidence. */
  readonly evidence: Readonly<Record<string, string>>;
  readonly measured: (before: string, after: string) => string;
}

export const recommendationTexts: RecommendationTexts = {
  measured: (before, after) => `${before} in the week before, ${after} since.`,
  evidence: {
    used: 'Used now',
    day: 'Full or over on',
    notBefore: 'Not before',
    notAfter: 'Not after',
    perDay: 'Change a day',
    folders: 'Folders that grew',
    regained: 'They grew by, in the last fortnight',
    memory: 'Memory at its busiest',
    swap: 'Swap in use',
    busiest: 'At its busiest (95th percentile of the hours)',
    mean: 'On the average',
    stolen: 'Taken by others at its busiest',
    most: 'Highest value',
    hours: 'Hours measured',
    table: 'Table',
    rows: 'Rows read without an index',
    interval: 'Interval',
    runs: 'Runs a day',
    saved: 'Would be spared',
    was: 'Alerts in thirty days',
    wouldBe: 'With the change',
    left: 'Left',
    offset: 'Off by',
    count: 'Incidents in thirty days',
    outage: 'Down in all',
    last: 'The last one',
  },
  kinds: {
    diskFilling: {
      name: 'Disk filling up',
      title: (d) =>
        d('inDays') === ''
          ? `${d('what')} on ${d('on')} is full on ${d('day')}`
          : `${d('what')} on ${d('on')} is full in ${d('inDays')} ${d('inDays') === '1' ? 'day' : 'days'} (${d('lowDays')} to ${d('highDays')})`,
      finding: (d) =>
        `${d('used')} is used, and it grows by ${d('perDay')} a day: full on ${d('day')}, most likely between ${d('notBefore')} and ${d('notAfter')}.${
          d('folders') === ''
            ? ''
            : ` ${d('folders').includes(', ') ? 'These folders grow' : 'This folder grows'}: ${d('folders')}.`
        }`,
      gain: (d) =>
        `${d('regained') === '' ? '' : `Expected gain ${d('regained')}: what these folders grew by in the last fortnight. `}No outage by a full disk; each day’s growth that is cleaned up gives a day (${d('perDay')}).`,
      remedy: () =>
        'Clean up what grows: rotate and compress logs, remove old archives and packages; or enlarge the volume. Link a runbook that does so.',
    },
    memoryPressure: {
      name: 'Memory short',
      title: (d) => `${d('on')} is short of memory`,
      finding: (d) => `Memory is used to ${d('memory')} at its busiest, and ${d('swap')} of the swap is in use.`,
      gain: () => 'Work no longer waits for the swap: answers come faster, and nothing is ended for want of memory.',
      remedy: () => 'See which process holds the memory, limit it or restart it, or give the machine more.',
    },
    cpuSaturation: {
      name: 'Processors busy',
      title: (d) => `The processors of ${d('on')} are the bottleneck`,
      finding: (d) => `In the busiest hours they are used to ${d('busiest')}, on the average to ${d('mean')}.`,
      gain: () => 'Shorter answers in the busy hours.',
      remedy: () => 'Move jobs to quiet hours, find the process that uses most, or give the machine more processors.',
    },
    cpuSteal: {
      name: 'Processors taken',
      title: (d) => `${d('on')} does not get the processors it was promised`,
      finding: (d) =>
        `The machine below gives ${d('stolen')} of its time to others in the busiest hours, ${d('mean')} on the average.`,
      gain: () => 'Steady answers, whatever the neighbours do.',
      remedy: () => 'Move the virtual machine to a host with room, or agree on reserved processors with its provider.',
    },
    oversized: {
      name: 'Machine too large',
      title: (d) => `${d('on')} could do with half`,
      finding: (d) =>
        `In a whole week the processors were used to ${d('busiest')} and the memory to ${d('memory')}, the busiest hours included.`,
      gain: () => 'Half of its processors and memory for others, or for the next bill.',
      remedy: () => 'Give it half at the next agreed work, and look at this page a week later.',
    },
    poolNearLimit: {
      name: 'Connections nearly used up',
      title: (d) => `The connections of ${d('on')} are nearly used up`,
      finding: (d) => `Up to ${d('most')} of the allowed connections were in use, on the average ${d('mean')}.`,
      gain: () => 'No refused connections in the busiest minute.',
      remedy: () => 'Put a pool in front of it, end idle sessions, or raise the limit together with its memory.',
    },
    missingIndex: {
      name: 'Table read whole',
      title: (d) => `${d('table')} on ${d('on')} is read whole again and again`,
      finding: (d) => `${d('rows')} rows a second are read from ${d('table')} without an index, up to ${d('most')}.`,
      gain: () => 'Queries that read a few rows instead of all: less disk, less processor, shorter answers.',
      remedy: (d) =>
        `Find the queries on ${d('table')} with pg_stat_statements or auto_explain, and add the index that their conditions want (CREATE INDEX CONCURRENTLY).`,
    },
    slowStatement: {
      name: 'Slow statements',
      title: (d) => `Statements on ${d('on')} take long`,
      finding: (d) => `A statement takes ${d('busiest')} in the busiest hours, ${d('mean')} on the average.`,
      gain: () => 'Shorter answers of everything that stands on this database.',
      remedy: () =>
        'Look at the statements that take most time in all (the check can show them), and explain them one by one.',
    },
    slowNameLookup: {
      name: 'Names found slowly',
      title: (d) => `Names are found slowly: ${d('check')} on ${d('on')}`,
      finding: (d) => `${d('what')} is ${d('busiest')} in the busiest hours, ${d('mean')} on the average.`,
      gain: () => 'Everything that begins with a name begins sooner.',
      remedy: () =>
        'Ask a resolver that is nearer, give it a larger cache, or look for a server in its list that does not answer.',
    },
    slowHandshake: {
      name: 'Slow TLS handshake',
      title: (d) => `TLS takes long to begin: ${d('check')} on ${d('on')}`,
      finding: (d) => `${d('what')} is ${d('busiest')} in the busiest hours, ${d('mean')} on the average.`,
      gain: () => 'Each new connection is there sooner.',
      remedy: () =>
        'Prefer an ECDSA certificate, allow sessions to be resumed, shorten the chain, or bring the end of TLS nearer.',
    },
    checkTooOften: {
      name: 'Check too often',
      title: (d) => `${d('check')} on ${d('on')} could run less often`,
      finding: (d) =>
        `It runs every ${d('interval')}, ${d('runs')} times a day, and its state has not changed for thirty days.`,
      gain: (d) => `${d('saved')} runs a day spared, here and on its target.`,
      remedy: () => 'Let it run once a minute; a failure is confirmed by quick re-checks all the same.',
    },
    checkTooNoisy: {
      name: 'Check too noisy',
      title: (d) => `${d('check')} on ${d('on')} alarms more than it has to`,
      finding: (d) =>
        `It raised ${d('was')} alerts in thirty days; with a change that was tried on that past, ${d('wouldBe')} would be left and none that mattered lost.`,
      gain: (d) => `${d('saved')} alerts a month spared.`,
      remedy: () => 'Apply the change that the page on noise proposes.',
    },
    certificateEnding: {
      name: 'Certificate ending',
      title: (d) => `The certificate seen by ${d('check')} on ${d('on')} ends on ${d('day')}`,
      finding: (d) => `${d('left')} are left, and it was not renewed in the last fortnight.`,
      gain: () => 'No refused connections on that day.',
      remedy: () => 'Renew it, and see why it was not renewed by itself.',
    },
    timeDrift: {
      name: 'Clock off',
      title: (d) => `The clock of ${d('on')} is off by ${d('offset')}`,
      finding: (d) => `It is off by ${d('offset')} and moves by ${d('perDay')} a day.`,
      gain: () => 'Signatures, tickets and logs of several machines agree again.',
      remedy: () =>
        'See that its time service runs and reaches its servers; on a virtual machine, let only one of host and guest set the clock.',
    },
    recurrentIncident: {
      name: 'Recurrent incident',
      title: (d) => `${d('on')} fails again and again`,
      finding: (d) => `${d('count')} incidents in thirty days, ${d('outage')} down in all; the last was ${d('last')}.`,
      gain: () => 'The cause found once instead of the symptom mended each time.',
      remedy: () => 'Accept this to open a problem record; find what the incidents have in common.',
    },
  },
};
