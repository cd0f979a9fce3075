/** Words of the screens for rules, silences and availability. */
export const calmScreens = {
  availability: {
    title: 'Availability',
    of: 'Of',
    kinds: { host: 'Hosts', service: 'Services', site: 'Sites', check: 'Checks' },
    period: 'Period',
    periods: { '24h': '24 h', '7d': '7 d', '30d': '30 d', '90d': '90 d', '365d': '1 year' },
    columns: {
      name: 'Name',
      on: 'On',
      availability: 'Available',
      low: 'At least',
      high: 'At most',
      down: 'Down',
      unknown: 'Not known',
      degraded: 'Degraded',
      excluded: 'Left out',
      outages: 'Outages',
      longest: 'Longest',
      basis: 'Made of',
    },
    basis: {
      check: 'this check',
      ping: 'its ping',
      checks: 'all its checks',
      hosts: 'the hosts it needs',
      mean: 'mean of its hosts',
      nothing: 'nothing watched',
    },
    nothing: 'not known',
    help: 'An interval, because a failure began and ended between two results. What is not known counts neither way, and what was left out is listed with its reason.',
    exclusions: 'Left out',
    exclusionKinds: { maintenance: 'Agreed work', ours: 'Our own line', paused: 'Paused' },
    times: (count: number): string => (count === 1 ? 'once' : `${count} times`),
    up: 'Up',
    counted: 'Counted',
    outages: (count: number): string => (count === 1 ? 'one outage' : `${count} outages`),
    whole: 'All availabilities',
    empty: {
      title: 'Nothing is watched yet',
      text: 'Availability follows from the changes of state of what is watched.',
    },
    cut: 'There is more than is shown.',
  },
  silences: {
    title: 'Silences',
    views: { open: 'In force', ended: 'Ended' },
    columns: {
      covers: 'Covers',
      reason: 'Why',
      ends: 'Ends',
      until: 'At the latest',
      soon: 'Ends soon',
      held: 'Held back',
      by: 'By',
      since: 'Since',
      ended: 'Ended',
    },
    covers: {
      tag: (tag: string, below: boolean): string =>
        below ? `What carries ${tag}, and what depends on it` : `What carries ${tag}`,
      check: (name: string): string => `Check ${name}`,
      kind: (kind: string): string => `All of the kind ${kind}`,
      pattern: (pattern: string): string => `Named ${pattern}`,
      below: (name: string): string => `${name} and what depends on it`,
    },
    ends: {
      moment: 'at its moment',
      cured: 'when cured',
      ticketClosed: 'with its ticket',
      ticket: (number: number): string => `with ticket ${number}`,
    },
    unlessWorse: 'unless worse',
    soon: 'soon',
    soonChoices: { yes: 'within the hour', no: 'later' },
    more: (count: number): string => `and ${count} more`,
    changedByName: (name: string): string => `changed by ${name}`,
    endedWhy: { moment: 'its moment came', cured: 'cured', ticketClosed: 'ticket closed', person: 'by hand' },
    endedBy: (name: string): string => `by ${name}`,
    end: 'End now',
    hour: 'One hour more',
    workday: 'Until the next working day',
    new: 'New silence',
    empty: {
      title: 'Nothing is silenced',
      text: 'A silence holds alerts back until a moment or a condition. The state is watched and shown all the same.',
    },
    newPage: {
      title: 'New silence',
      editTitle: 'Silence',
      over: 'It has ended.',
      now: 'Now',
      setBy: (name: string): string => `Set by ${name}`,
      changedBy: (name: string): string => `changed by ${name}`,
      holds: (count: number): string =>
        count === 0
          ? 'It holds nothing back now.'
          : count === 1
            ? 'It holds one alert back now:'
            : `It holds ${count} alerts back now:`,
      lead: 'Alerts are held back; states are watched and shown all the same, and what is still failing at the end is told.',
      scope: 'What it covers',
      scopes: {
        target: 'A host, service or site',
        tag: 'What carries a tag',
        check: 'One check',
        kind: 'All checks of a kind',
        pattern: 'Checks by name',
      },
      target: 'Thing',
      tag: 'Tag',
      choose: 'Choose',
      below: 'Also what depends on it',
      check: 'Check',
      kind: 'Kind',
      pattern: 'Name',
      patternHelp: '* stands for anything, such as backup*.',
    },
    form: {
      ends: 'Until',
      choices: {
        keep: 'As it is',
        '30m': '30 minutes',
        '1h': '1 hour',
        '4h': '4 hours',
        '1d': '1 day',
        '7d': '7 days',
        workday: 'Next working day, 08:00',
        cured: 'Until cured',
        ticketClosed: 'Until its ticket is closed',
        moment: 'A moment …',
      },
      moment: 'Moment',
      unlessWorse: 'Unless it gets worse',
      unlessWorseHelp: 'What is down is told all the same; only what is degraded is held back.',
    },
  },
  rules: {
    title: 'Rules',
    crumb: 'Rules',
    lead: 'Limits on what this check measures, and how a change is confirmed before it counts.',
    open: 'Rules and confirmation',
    none: 'No rule: only the limits of its kind count.',
    add: 'Add a rule',
    remove: 'Remove this rule',
    metric: 'Measurement',
    operator: 'is',
    operators: {
      above: 'above',
      atLeast: 'at or above',
      below: 'below',
      atMost: 'at or below',
      equals: 'equal to',
      differs: 'different from',
    },
    degraded: 'Degraded from',
    down: 'Down from',
    margin: 'Margin',
    marginHelp: 'It counts as broken until the value is back by this much.',
    clears: (values: string): string => `Well again at ${values}.`,
    forSeconds: 'For (s)',
    forHelp: 'So long without a break before it counts.',
    missing: 'Without data',
    missingChoices: { ignore: 'nothing', unknown: 'unknown', degraded: 'degraded', down: 'down' },
    note: 'Why this limit',
    last: (value: string): string => `now ${value}`,
    sensitivity: 'Confirmation',
    failures: 'Failures in a row',
    failuresHelp: 'So many failing results before a failure counts.',
    recoveries: 'Good results in a row',
    recoveriesHelp: 'So many before a recovery counts.',
    recheck: 'Re-check every (s)',
    recheckHelp: 'The quick re-checks that confirm a change.',
    flapStart: 'Flaps from (%)',
    flapStartHelp: 'Share of changes among the last twenty results; 100 never.',
    flapEnd: 'Calm below (%)',
    flapEndHelp: 'From then on it flaps no more.',
    save: 'Save',
    saved: 'Saved; the next result is judged by it.',
    rehearse: 'Try on the past',
    rehearseAgain: 'Try again',
    days: 'Over',
    dayChoices: { '7': '7 days', '30': '30 days', '90': '90 days', '365': '1 year' },
    result: 'On the stored past',
    verdict: (would: number, was: number): string =>
      `It would have fired ${would === 1 ? 'once' : `${would} times`} instead of ${was === 1 ? 'once' : was}.`,
    same: (count: number): string => `It would have fired ${count === 1 ? 'once' : `${count} times`}, as it does now.`,
    tickets: (kept: number, lost: number): string =>
      kept + lost === 0
        ? 'No incident of that time was taken by anybody.'
        : lost === 0
          ? kept === 1
            ? 'The one that became a ticket is kept.'
            : `All ${kept} that became tickets are kept.`
          : `${kept} that became tickets are kept, ${lost} would be lost.`,
    later: (duration: string): string => `They come ${duration} later.`,
    earlier: (duration: string): string => `They come ${duration} earlier.`,
    source: (raw: string): string => `Single results since ${raw}.`,
    rolled: (minutes: number): string =>
      `Before that only spans of ${minutes === 1 ? 'one minute' : `${minutes} minutes`} are kept: their worst value was taken.`,
    interval: 'Run every (s)',
    intervalHelp: 'It can be tried on the past like the rest.',
    intervalShorter: 'Shorter than what was measured: the past knows nothing of the moments in between.',
    finer: (seconds: number): string =>
      `It was measured every ${seconds} s: a shorter interval would have seen more than is known, so failures that came and went in between are missing here, and those that are there may have been told sooner.`,
    cut: 'Time ran out before the whole past was tried.',
    chart: 'Firings a day',
    chartWas: 'as it is',
    chartWould: 'as tried',
    chartMost: (most: number): string => `at most ${most} a day`,
    chartTable: 'As a table',
    chartDay: 'Day',
    firings: 'When it would have fired',
    noFirings: 'It would never have fired.',
    more: (count: number): string => `and ${count} more before`,
    from: 'From',
    until: 'Until',
    state: 'State',
    why: 'Why',
    lost: 'Lost',
    kept: 'Kept',
    tryFirst: 'Nothing is changed by trying.',
  },
  dependency: {
    title: (dependent: string, on: string): string => `Let ${dependent} depend on ${on}?`,
    lead: (on: string): string =>
      `From then on a failure of ${on} explains failures of what depends on it: they are shown as unreachable, and nobody is told of them one by one.`,
    trying: 'Trying it on the past …',
    days: (days: number): string => `On the stored past (${days} ${days === 1 ? 'day' : 'days'})`,
    noAlerts: 'Nothing was told of what would depend on it: there is nothing to compare with.',
    noGuards: (on: string): string =>
      `Nothing watches ${on}, nor what it depends on itself: nobody would find out that it fails, and the dependency would hold nothing back.`,
    verdict: (held: number, alerts: number): string => {
      if (alerts === 1)
        return held === 0
          ? 'It would not have held back the one alert there was.'
          : 'It would have held back the one alert there was.';
      return held === 0
        ? `It would have held back none of ${alerts} alerts.`
        : `It would have held back ${held} of ${alerts} alerts.`;
    },
    later: (count: number): string =>
      count === 1
        ? 'One would have come later, once what it depends on was well again.'
        : `${count} would have come later, once what it depends on was well again.`,
    unknown: (count: number, on: string): string =>
      count === 1
        ? `Of one nobody can say: ${on} was not watched then.`
        : `Of ${count} nobody can say: ${on} was not watched then.`,
    noTickets: 'None of them became a ticket that anybody took.',
    kept: (count: number): string =>
      count === 1 ? 'The one that became a ticket is kept.' : `The ${count} that became tickets are kept.`,
    joined: (count: number, on: string): string =>
      count === 1
        ? `One ticket would have been part of the incident of ${on}.`
        : `${count} tickets would have been part of the incident of ${on}.`,
    lost: (count: number): string =>
      count === 1
        ? 'One ticket would not have been: nothing else told of it.'
        : `${count} tickets would not have been: nothing else told of them.`,
    cut: 'There were more alerts than were looked at.',
    items: 'What would not have been told',
    columns: { at: 'When', check: 'Check', because: 'Because of', fate: 'What becomes of it' },
    fates: { held: 'held back', later: 'told later', joined: 'in the incident above', lost: 'lost' },
    laterBy: (duration: string): string => `told ${duration} later`,
    save: 'Save the dependency',
  },
  heartbeat: {
    title: 'Address to call',
    lead: 'The word in it is the secret: whoever knows it can call.',
    copy: 'Copy',
    copied: 'Copied',
    curl: 'From a script',
    calls: (count: number): string => (count === 1 ? 'called once' : `called ${count} times`),
    last: 'Last call',
    never: 'Not called yet',
    from: (address: string): string => `from ${address}`,
    renew: 'New address',
    renewTitle: 'Give it a new address?',
    renewText: 'The old one is answered no more: change it wherever it is called.',
    kinds: { ok: 'well', fail: 'failed', start: 'began' },
  },
  noise: {
    title: 'Noise',
    lead: 'What each check has cost in the last 30 days: alerts, messages, and what came of them.',
    columns: {
      name: 'Check',
      on: 'On',
      alerts: 'Alerts',
      messages: 'Messages',
      selfHealed: 'Self-healed',
      acknowledged: 'Only taken',
      actedUpon: 'Acted upon',
    },
    chart: 'The noisiest checks, and what came of their alerts',
    parts: {
      actedUpon: 'Acted upon',
      acknowledged: 'Only taken',
      selfHealed: 'Self-healed',
      open: 'Nothing known yet',
    },
    alertsAndMessages: (alerts: number, messages: number): string =>
      `${alerts} ${alerts === 1 ? 'alert' : 'alerts'}, ${messages} ${messages === 1 ? 'message' : 'messages'}`,
    proposals: 'Worth changing',
    none: 'Nothing to propose: no check raised many alerts that nobody needed.',
    looking: 'Trying changes on the past …',
    saving: (was: number, would: number): string => `${was} alerts would have been ${would}.`,
    kept: 'All that became tickets is kept.',
    keptNone: 'None of them became a ticket that anybody took.',
    later: (duration: string): string => `What stays comes ${duration} later.`,
    apply: 'Apply',
    applied: 'Applied; the next result is judged by it.',
    edits: {
      failures: (from: number, to: number): string => `Confirm by ${to} failures instead of ${from}`,
      recheck: (from: number, to: number): string => `Re-check every ${to} s instead of ${from} s`,
      duration: (metric: string, seconds: number): string => `Let ${metric} be beyond its limit for ${seconds} s`,
    },
    empty: { title: 'No alert in 30 days', text: 'When alerts come, this page tells which of them nobody needed.' },
  },
};
