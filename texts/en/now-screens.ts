/** Words of the Now screen. */
export const nowScreens = {
  title: 'Now',
  wants: (count: number): string => (count === 1 ? 'one thing wants a hand' : `${count} things want a hand`),
  kinds: {
    incident: 'Incident',
    request: 'Request',
    problem: 'Problem',
    change: 'Change',
    confirm: 'To confirm',
    approval: 'Approval',
    manual: 'To do by hand',
    review: 'Emergency to review',
    unknown: 'Watch',
  },
  incident: (number: number): string => `#${number}`,
  checksFailing: (count: number): string => (count === 1 ? 'one check fails' : `${count} checks fail`),
  takenBy: (name: string): string => `taken by ${name}`,
  nobody: 'nobody has taken it',
  solved: 'every failed check is up again',
  approval: (runbook: string, host: string): string => `Run “${runbook}” on ${host}`,
  proposedBy: (name: string): string => `proposed by ${name}`,
  manual: (runbook: string, host: string): string => `“${runbook}” on ${host} waits for you`,
  review: (runbook: string, host: string): string => `“${runbook}” ran on ${host} as an emergency`,
  declaredBy: (name: string, reason: string): string => `declared by ${name}: ${reason}`,
  unknown: (count: number): string =>
    count === 1 ? 'One check gives no trustworthy result' : `${count} checks give no trustworthy result`,
  unknownWhy: 'it never ran, or it cannot run where it stands',
  steps: {
    take: 'Take it',
    open: 'Open',
    confirm: 'Confirm',
    approve: 'Read and decide',
    sign: 'Go on',
    review: 'Review',
    look: 'Look',
  },
  taken: (number: number): string => `Incident #${number} is yours; reminders stop.`,
  well: {
    title: 'All is well',
    text: 'Nothing wants a hand.',
    machine: 'See this machine',
  },
  firstSteps: {
    title: 'First steps',
    putAway: 'Put away',
    taken: 'done',
    steps: {
      watch: {
        title: 'Watch what your company relies on',
        why: 'Type an address or a whole network: Vigie looks at what answers there and proposes the checks.',
      },
      notices: {
        title: 'Be told when something fails',
        why: 'A channel to your mail, telephone or chat; a test message shows that it arrives.',
      },
      team: {
        title: 'Invite your colleagues',
        why: 'They take incidents, agree to remedies and share the on-call rota.',
      },
      mail: {
        title: 'Receive requests by mail',
        why: 'Connect the mailbox that your users write to: each mail becomes a ticket, each answer finds its own.',
      },
    },
  },
  blind: {
    title: 'Vigie sees nothing',
    text: 'No result has come within the last minute. After a start the first ones take a few seconds; if none comes, look at the log of the server.',
  },
  proof: {
    title: 'How this is known',
    checks: (count: number, total: number): string =>
      `${count.toLocaleString('en')} of ${total.toLocaleString('en')} ${total === 1 ? 'check is' : 'checks are'} up`,
    last: 'last result',
    rate: (count: number): string =>
      `${count.toLocaleString('en')} ${count === 1 ? 'result' : 'results'} in the last minute`,
    late: (ms: string): string => `checks start at most ${ms} late`,
    nothing: 'No result has come within the last minute: the watch itself does not run.',
  },
  states: 'Checks by state',
  keys: { title: 'Now', next: 'Next', previous: 'Previous', open: 'Open', step: 'Take the next step' },
  forRequesters:
    'You are signed in. There is nothing for requesters here yet; if you need more, ask an administrator for another role.',
};
