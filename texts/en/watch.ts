/** Why a check is proposed for an address, one sentence a kind. */
export const proposalReasons = {
  icmp: () => 'Answers ping.',
  tcp: (port: number) => `Port ${port} is open.`,
  ssh: (banner: string) => `An SSH server answers: ${banner}`,
  http: (status: number) => `A page answers with ${status}.`,
  redirect: (status: number, location: string) => `Answers ${status} and leads to ${location}`,
  tls: (days: number) =>
    days < 0
      ? 'A certificate is served; it has expired.'
      : `A certificate is served, good for ${days} ${days === 1 ? 'day' : 'days'} more.`,
  untrusted: 'A certificate is served that no known authority vouches for.',
  dns: () => 'Answers DNS questions.',
  local: () => 'This is the machine that Vigie runs on.',
};
