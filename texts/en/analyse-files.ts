/** The verbs of `vigie analyse` that read a file of logs, messages, metrics or fill levels. */
export const analyseFiles = {
  tooLarge: (file: string) => `${file} is too large to be read at once. Split it.`,
  capacity: {
    about: 'foresee from a CSV file of measurements when something will be full',
    csv: 'the file: a header, a timestamp, a value',
    capacity: 'the value at which it is full, in the unit of the file',
    horizon: 'how many days ahead to look',
    notNumber: (typed: string) => `“${typed}” is not a number above 0.`,
    oneColumn: 'The file has more than one column of values. Leave one.',
    explain: 'instead of the object, say in sentences when it will be full, or why there is no date',
    sentences: {
      tooShort: 'No date: there are too few values, a dozen at least are needed.',
      date: (day: string, low: string, high: string) =>
        `It will be full about ${day}, most likely between ${low} and ${high}.`,
      dateOpen: (day: string, low: string) =>
        `It will be full about ${day}, not before ${low}; it may also take longer than was looked ahead.`,
      none: (horizon: string) => `No date: it is not likely to be full within ${horizon}.`,
      hardly: (horizon: string, low: string) =>
        `No date: it is more likely than not that it will not be full within ${horizon}, though it may be from ${low} on.`,
      level: 'It does not grow.',
      grows: (perDay: string) => `It grows by ${perDay} a day.`,
      shrinks: (perDay: string) => `It shrinks by ${perDay} a day.`,
      season: (period: string) => `It goes up and down every ${period}; that is reckoned with.`,
      falls: (times: number, every: string, size: string) =>
        `It falls by some ${size} about every ${every} (seen ${times} ×); that is expected to go on.`,
      rises: (times: number, every: string, size: string) =>
        `It jumps up by some ${size} about every ${every} (seen ${times} ×); that is expected to go on.`,
      once: (times: number) =>
        times === 1
          ? 'One sudden change of level came once and is taken for no growth.'
          : `${times} sudden changes of level came once and are taken for no growth.`,
    },
  },
  solutions: {
    about: 'find the entries that answer questions: prints question, entry and score, best first',
    corpus:
      'what is known: one JSON object a line with id, title, text, and if there are any tags and date; may be .gz',
    questions: 'the questions: one JSON object a line with id, text, and before if only older entries may answer',
    top: 'how many entries for each question',
    badTop: (typed: string, most: number) => `“${typed}” is not a whole number from 1 to ${most}.`,
    unreadable: (file: string) => `${file} cannot be unpacked: it is damaged or too large.`,
    badLine: (file: string, line: number) =>
      `${file}, line ${line}: this is not a JSON object with the fields that are needed. See --help.`,
  },
  logs: {
    about: 'sort the lines of a log into templates: prints the group and the template of each line',
    file: 'the log, one message a line, with or without dates and hosts before it',
  },
  syslog: {
    about: 'take messages apart as syslog sends them: prints one JSON object for each',
    file: 'the messages; with --strict one message, byte for byte',
    strict: 'RFC 5424 only: refuse what it does not allow',
    refused: (part: string, at: number) => `Not RFC 5424: ${part}, at byte ${at + 1}.`,
    parts: {
      priority: 'the priority is missing or above 191',
      version: 'the version is not a number from 1 to 999',
      timestamp: 'the time is neither a date that exists nor -',
      hostname: 'the host name is empty, too long or has other letters than ASCII',
      appName: 'the name of the application is empty, too long or has other letters than ASCII',
      procId: 'the process is empty, too long or has other letters than ASCII',
      msgId: 'the kind of message is empty, too long or has other letters than ASCII',
      structuredData: 'the structured data are not written as they must be',
      duplicateElement: 'an element of the structured data comes twice',
      message: 'the message says that it is UTF-8 and is not',
      length: 'the message is too long',
    },
  },
  metrics: {
    about: 'check a page of metrics by its standard: prints one JSON object for each metric',
    file: 'the page',
    format: 'the standard',
    refused: (reason: string, line: number) => `Not OpenMetrics, line ${line}: ${reason}.`,
    reasons: {
      encoding: 'the page is not UTF-8',
      size: 'the page or a line is too large',
      blankLine: 'a line is empty',
      badComment: 'a line beginning with # is neither HELP, TYPE, UNIT nor the end',
      badName: 'a metric’s name begins with a digit or has letters that are not allowed',
      badType: 'there is no such type of metric',
      badUnit: 'the metric’s name does not end in its unit, or its type has no unit',
      repeatedMetadata: 'type, unit or help are given twice',
      lateMetadata: 'type, unit or help come after the samples',
      clashingName: 'two metrics share a name',
      badLabels: 'the labels are not written as they must be, or one comes twice',
      badValue: 'the value is not a number',
      badTimestamp: 'the time is not a number',
      badExemplar: 'the exemplar is not written as it must be, or too long',
      misplacedExemplar: 'only buckets and totals of counters may have an exemplar',
      badLine: 'parts of the line are not separated by one space',
      badTypeLabel: 'the label that the type wants (le, quantile, the state) is missing or not written as it must be',
      valueNotAllowed: 'this type of metric has no such value',
      interleaved: 'samples of one group do not stand together',
      mixedTimestamps: 'some samples of a group have a time, others have none',
      timeBackwards: 'times go backwards within a group',
      badHistogram: 'buckets, count and sum do not make a histogram',
      noEnd: 'the page does not end in # EOF',
      textAfterEnd: 'something stands behind # EOF',
    },
  },
};
