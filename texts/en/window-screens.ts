/** Words of the screens for maintenance windows. */
export const windowScreens = {
  title: 'Maintenance windows',
  section: 'Windows',
  new: 'New window',
  columns: {
    name: 'Work',
    targets: 'On',
    next: 'Next',
    duration: 'Lasts',
    repeats: 'Repeats',
    by: 'By',
    state: 'State',
  },
  now: 'Going on',
  over: 'Over',
  planned: 'Planned',
  endNow: 'End now',
  repeats: {
    never: 'once',
    daily: 'daily',
    weekly: 'weekly',
    monthly: 'monthly',
    monthlyByDay: 'monthly by weekday',
  },
  empty: {
    title: 'No agreed work',
    text: 'Within a maintenance window alerts of what is worked on are held back. At its end Vigie looks whether all is as it was, and tells at once what is not.',
  },
  form: {
    title: 'New maintenance window',
    lead: 'Alerts of what is worked on, and of all that depends on it, are held back meanwhile; these minutes count in no availability.',
    name: 'What is done',
    nameHelp: 'It is shown with the minutes that are left out.',
    targets: 'On',
    tags: 'Or whatever carries a tag',
    tagsHelp: 'What is given the tag while the work goes on is covered too.',
    startsAt: 'Begins',
    duration: 'Lasts (minutes)',
    repeats: 'Repeats',
    days: 'On',
    dayNames: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    timeZone: 'Time zone',
    timeZoneHelp: 'Its clock time stays when summer time begins and ends.',
    submit: 'Agree on it',
    needed: 'Name what is done, and choose on what: things or tags.',
    editTitle: (name: string): string => `Change ${name}`,
    editLead:
      'What goes on follows at once: what it covers no more is told again, what it covers from now on is held back. Each change stays in its history.',
    reason: 'Why',
    reasonHelp: 'For whoever reads it later; it may stay empty.',
    lastDay: 'Last day',
    lastDayHelp: 'No turn begins after it; empty for none.',
  },
  one: 'Maintenance window',
  edit: 'Change',
  turns: 'Turns',
  noTurns: 'It has not begun yet.',
  turn: {
    going: (checks: number): string =>
      checks === 1
        ? 'Going on; alerts of one check are held back.'
        : `Going on; alerts of ${checks} checks are held back.`,
    looking: 'Over; Vigie is looking whether all stands as before.',
    same: (checks: number): string =>
      checks === 0
        ? 'Over; nothing that it covers was well before.'
        : checks === 1
          ? 'Over; the one check that was well stands as before.'
          : `Over; all ${checks} checks that were well stand as before.`,
    worse: (worse: number, checks: number): string =>
      `Over; ${worse} of ${checks === 1 ? 'one check' : `${checks} checks`} did not stand as before, and ${worse === 1 ? 'was' : 'were'} told at once.`,
    worseNow: (worse: number): string =>
      worse === 1 ? 'One check is worse than before it began.' : `${worse} checks are worse than before it began.`,
    verified: 'Looked at',
    columns: { check: 'Check', before: 'Before', after: 'At the end', afterNow: 'Now', now: 'Today' },
    gone: 'removed',
  },
  history: 'History',
  what: { created: 'agreed on it', changed: 'changed it', ended: 'ended it' },
  fields: {
    name: 'Work',
    reason: 'Why',
    targets: 'On',
    tags: 'Tags',
    startsAt: 'Begins',
    durationMinutes: 'Lasts',
    repeats: 'Repeats',
    days: 'Days',
    timeZone: 'Time zone',
    lastAt: 'Last day',
  },
  fieldChange: (field: string, before: string, after: string): string => `${field}: ${before} → ${after}`,
  nothing: 'none',
};
