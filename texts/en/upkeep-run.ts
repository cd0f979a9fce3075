type Detail = Readonly<Record<string, string | number>>;

/** Why a run stands as it does. */
export const runNotes = {
  waits_approval: (): string => 'Waits for another person’s approval.',
  target_changed: (): string =>
    'The way to the host changed after the approval (address, account or keys). It must be approved again.',
  waits_host: (d: Detail): string => `Waits for the host: the run “${d['runbook'] ?? ''}” is working on it.`,
  waits_turn: (): string => 'Waits for its turn on the host.',
  waits_sign_off: (d: Detail): string => `Waits for somebody to sign off “${d['title'] ?? ''}”.`,
  waits_time: (d: Detail): string => `Waits: “${d['title'] ?? ''}”.`,
  waits_checks: (): string => 'Waits for the checks.',
  trying_again: (d: Detail): string =>
    `The host cannot be reached (${d['why'] ?? ''}). What runs there goes on; Vigie keeps trying.`,
  stopping: (): string => 'Being stopped on the host.',
  needs_review: (): string => 'Ran as an emergency; another person still has to review it.',
};

/** Why a step ended as it did. */
export const stepNotes = {
  exit: (d: Detail): string => `Ended with code ${d['code'] ?? ''}.`,
  timeout: (d: Detail): string => `Did not end within ${d['seconds'] ?? ''} seconds and was stopped.`,
  not_reached: (d: Detail): string => `The host could not be reached (${d['why'] ?? ''}). Nothing was run.`,
  no_credential: (): string => 'The credential is no longer in the vault. Nothing was run.',
  no_room: (): string => 'The host’s disk is full. Nothing was run.',
  nowhere_to_write: (): string =>
    'On the host neither the home folder nor /var/tmp can be written to. Nothing was run.',
  no_setsid: (): string => 'The host has neither setsid nor perl, of which one is needed. Nothing was run.',
  no_shell: (d: Detail): string => `What answered is not a POSIX shell: ${d['said'] ?? ''}`,
  lost_rebooted: (): string =>
    'The host restarted in the middle. Nobody can say how far the step came; look, then decide.',
  lost_killed: (): string =>
    'The step was killed on the host by something else. Nobody can say how far it came; look, then decide.',
  lost_unbegun: (): string => 'The step was lost before its first line ran.',
  lost_removed: (): string =>
    'The host no longer knows the step: its files are gone. Nobody can say how far it came; look, then decide.',
  lost_unreachable: (d: Detail): string =>
    `The host stayed out of reach (${d['why'] ?? ''}). The step may still be running there; look, then decide.`,
  survivors: (d: Detail): string => `Stopped, but ${d['count'] ?? ''} of its processes could not be ended.`,
  stopped: (): string => 'Stopped.',
  not_done: (d: Detail): string => `Signed off as not done. ${d['note'] ?? ''}`.trim(),
  done: (d: Detail): string => String(d['note'] ?? ''),
  checks_failing: (d: Detail): string => `Still failing when the time was over: ${d['names'] ?? ''}.`,
  checks_silent: (): string => 'The checks gave no answer in time.',
  checks_none: (): string => 'There is no check to run, so nothing is proved.',
};

/** Why a host cannot be signed in to, by the kind of failure. */
export const sshFailures = {
  unresolved: 'its name has no address',
  refused: 'nothing listens on the port',
  unreachable: 'no route to it',
  timeout: 'no answer in time',
  protocol: 'what answers does not speak SSH',
  'host-key-unknown': 'its key is not pinned',
  'host-key-changed': 'it shows another key than the pinned one',
  credential: 'our private key cannot be read',
  auth: 'it does not accept the credential',
  channel: 'it accepts the credential but runs no command',
  closed: 'it closed the connection',
  aborted: 'the attempt was given up',
};

/** What a trial of signing in says. */
export const accessTrial = {
  good: (seconds: string): string => `Signed in and ran a command in ${seconds} s.`,
  bad: (why: string): string => `Could not sign in: ${why}.`,
  noCommand: (code: number): string => `Signed in, but the command “true” ended with code ${code}.`,
};
