/** Reasons that Vigie itself gives for a verdict, whatever the kind of check; numbers come as texts with their units. */
export const watchReasons = {
  ruleBroken: (what: string, value: string, operator: Operator, limit: string): string =>
    `${what} is ${value}, ${operators[operator]} ${limit}`,
  ruleNotClear: (what: string, value: string, clear: string): string =>
    `${what} is ${value} and was beyond its limit; it counts as well again from ${clear}`,
  ruleNoData: (what: string): string => `${what} is not measured any more`,
  lasting: (duration: string): string => ` for ${duration}`,
  seconds: (count: number): string => (count === 1 ? '1 second' : `${count} seconds`),
  minutes: (count: number): string => (count === 1 ? '1 minute' : `${count} minutes`),
  hours: (count: number): string => (count === 1 ? '1 hour' : `${count} hours`),
  ownLine: (what: string): string => `Not known: Vigie’s own line fails (${what}).`,
  noDefaultRoute: 'no way out',
  linkDown: (link: string): string => `link ${link} is down`,
  gatewaySilent: (address: string): string => `gateway ${address} is silent`,
  resolverSilent: (address: string): string => `resolver ${address} is silent`,
  referencesSilent: (count: number): string =>
    count === 1 ? 'the reference point is silent' : `none of ${count} reference points answers`,
  secretElsewhere: (from: string, to: string): string =>
    `Not asked: the password was given for ${from}, and the host is now at ${to}. Type it again in the settings, or let an administrator save them as they are.`,
  /** Between what is measured and the sentence about it. */
  colon: ': ',
  paused: 'Paused.',
};

const operators = {
  above: 'above',
  atLeast: 'at or above',
  below: 'below',
  atMost: 'at or below',
  equals: 'equal to',
  differs: 'different from',
} as const;
type Operator = keyof typeof operators;
