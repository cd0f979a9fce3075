/** What is told of odd measurements. Values come formatted; `since` is a moment such as `22 November 2026 at 14:05`. */
export const anomalies = {
  sentences: {
    level: (expected: string, seen: string, since: string) =>
      `The level has been about ${seen} since ${since}; it used to be about ${expected}.`,
    trend: (expected: string, seen: string, since: string) =>
      `It has been moving away from its usual ${expected} since ${since}, and is at ${seen} now.`,
    spike: (expected: string, seen: string, since: string) =>
      `The value is ${seen} where about ${expected} was expected, since ${since}.`,
    spread: (expected: string, seen: string, since: string) =>
      `Since ${since} the values change by about ${seen} each time; usually it is about ${expected}.`,
    season: (expected: string, seen: string, since: string) =>
      `The value is ${seen}, which is not usual at this time of day: about ${expected} was expected, since ${since}.`,
    pattern: (expected: string, seen: string, since: string) =>
      `The course of the values is one not seen before: ${seen} where about ${expected} was expected, since ${since}.`,
    silence: (expected: string, seen: string, since: string) =>
      `No value came for ${seen} since ${since}; usually one comes every ${expected}.`,
    stuck: (_expected: string, seen: string, since: string) =>
      `The value has stood still at ${seen} since ${since}, though it usually moves.`,
    channel: (name: string, expected: string, seen: string, since: string) =>
      `The state is unusual since ${since}, most of all ${name}: about ${seen}, usually about ${expected}.`,
  },
  command: {
    group: 'reckon with files of measurements, without a server',
    about: 'score how odd each row of a CSV file is, by the rows before it: 0.5 and above should be told',
    csv: 'the file: a header, a timestamp, one or several columns of values',
    explain: 'instead of scores, say in a sentence what is odd and since when',
    noColumns: (file: string) =>
      `${file} has no column of values. The first line names the columns, the first of them is the time.`,
    badTime: (file: string, line: number, typed: string) =>
      `${file}, line ${line}: “${typed}” is not a time. Write for example 2026-11-22 14:05:00, or seconds since 1970.`,
    tooManyColumns: (most: number) => `Columns of values: at most ${most}. Split the file.`,
  },
};
