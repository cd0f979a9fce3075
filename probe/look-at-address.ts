import { Resolver } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import type { AddressFacts, HttpFact, MailFact, TlsFact } from './address-facts.ts';
import type { CheckContext } from './check-kind.ts';
import { fetchPage } from './checks/http/fetch-page.ts';
import { httpSettings } from './checks/http/settings.ts';
import { lookAtDatagrams } from './look-at-datagrams.ts';
import { lookAtMail, mailPorts } from './look-at-mail.ts';
import { openConnection } from './open-connection.ts';
import { sanitiseOutput } from './sanitise-output.ts';
import { daysLeft, startTls } from './start-tls.ts';
import type { Turnstile } from './turnstile.ts';

/** One address to look at. `ports` limits the look to what was asked for. */
export interface LookPlan {
  /** The numeric address. */
  readonly address: string;
  /** What the person typed, to which the checks will point. */
  readonly target: string;
  readonly ports: readonly number[] | undefined;
  readonly url: URL | undefined;
}

// The ports by which nearly every living host is known; the others are tried on hosts that answered one of these.
const firstPorts = [22, 80, 443] as const;
const furtherPorts = [
  21, 25, 53, 110, 143, 389, 445, 465, 587, 631, 636, 990, 993, 995, 1883, 3000, 3306, 3389, 5432, 5672, 6379, 8000,
  8080, 8443, 8883, 9090, 9100, 9182, 15_672, 27_017,
] as const;
const tlsPorts = new Set([443, 465, 636, 993, 995, 8443, 8883]);
const httpPorts = new Set([80, 443, 631, 3000, 8000, 8080, 8443, 9090, 9100]);
const lookMs = 1_500;
/** For what accepted a connection and then said nothing in time: many are asked at once, and some are slow by nature. */
const patientMs = 5_000;

/** What answers at an address; undefined when nothing does. Never throws for what the address does. */
export async function lookAtAddress(
  plan: LookPlan,
  turn: Turnstile,
  context: CheckContext,
): Promise<AddressFacts | undefined> {
  const [answersPing, first] = await Promise.all([
    answers(plan.address, context),
    openPorts(plan, plan.ports ?? firstPorts, turn, context),
  ]);
  // A port named by the person is proposed even when it is closed today: it is what they want watched.
  if (!answersPing && first.length === 0 && plan.ports === undefined) return undefined;
  const further = plan.ports === undefined ? await openPorts(plan, furtherPorts, turn, context) : [];
  const open = [...first, ...further].toSorted((a, b) => a - b);
  const [http, tls, mail, answersDns, datagrams, sshBanner, hostName] = await Promise.all([
    lookAtPages(plan, open, turn, context),
    lookAtCertificates(plan, open, turn, context),
    lookAtMailPorts(plan, open, turn, context),
    plan.ports === undefined ? answersDnsQuestion(plan.address) : Promise.resolve(false),
    plan.ports === undefined ? turn(() => lookAtDatagrams(plan.address, context)) : Promise.resolve({}),
    open.includes(22)
      ? askTwice(turn, (timeoutMs) => readBanner(plan.address, timeoutMs, context))
      : Promise.resolve(undefined),
    nameOf(plan),
  ]);
  return {
    address: plan.address,
    target: plan.target,
    hostName,
    answersPing,
    openPorts: plan.ports === undefined ? open : [...plan.ports],
    http,
    tls,
    mail,
    answersDns,
    ...datagrams,
    ...(sshBanner === undefined ? {} : { sshBanner }),
    isThisMachine: isOwnAddress(plan.address),
  };
}

async function answers(address: string, context: CheckContext): Promise<boolean> {
  const plan = { count: 2, gapMs: 300, timeoutMs: 1_000, sizeBytes: 56 };
  const answer = await context.tools.ping.ping(address, plan, context.signal);
  return answer.kind === 'answered' && answer.times.some((time) => time !== null);
}

async function openPorts(
  { address }: LookPlan,
  ports: readonly number[],
  turn: Turnstile,
  context: CheckContext,
): Promise<number[]> {
  const tried = await Promise.allSettled(
    ports.map((port) =>
      turn(async () => {
        const connection = await openConnection(address, port, context.clock.nowMs() + lookMs, context);
        connection.socket.destroy();
        return port;
      }),
    ),
  );
  return tried.filter((each) => each.status === 'fulfilled').map((each) => each.value);
}

/** What a port that is open says: asked a second time, with patience, when it says nothing in time. */
async function askTwice<Fact>(
  turn: Turnstile,
  ask: (timeoutMs: number) => Promise<Fact | undefined>,
): Promise<Fact | undefined> {
  return (await turn(() => ask(lookMs))) ?? (await turn(() => ask(patientMs)));
}

async function lookAtPages(
  plan: LookPlan,
  open: readonly number[],
  turn: Turnstile,
  context: CheckContext,
): Promise<HttpFact[]> {
  if (plan.url !== undefined) {
    const fact = await askTwice(turn, (timeoutMs) => lookAtPage(plan, plan.url, timeoutMs, context));
    // A page that fails today is still the page to be watched.
    return [fact ?? { url: plan.url.href, status: 200 }];
  }
  const ports = open.filter((port) => httpPorts.has(port) || plan.ports !== undefined);
  const facts = await Promise.all(
    ports.map((port) => {
      const scheme = tlsPorts.has(port) ? 'https' : 'http';
      const name = plan.target.includes(':') ? `[${plan.target}]` : plan.target;
      const url = new URL(`${scheme}://${name}:${port}/`);
      return askTwice(turn, (timeoutMs) => lookAtPage(plan, url, timeoutMs, context));
    }),
  );
  return facts.filter((fact) => fact !== undefined);
}

async function lookAtPage(
  plan: LookPlan,
  url: URL | undefined,
  timeoutMs: number,
  context: CheckContext,
): Promise<HttpFact | undefined> {
  if (url === undefined) return undefined;
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  const port = url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port);
  const page = {
    scheme,
    connectTo: plan.address,
    hostName: plan.target,
    port,
    path: `${url.pathname}${url.search}`,
  } as const;
  const settings = httpSettings.parse({ verifyCertificate: false, redirects: 0 });
  try {
    const { status, headers } = await fetchPage(page, settings, context.clock.nowMs() + timeoutMs, context);
    const location = headers.location === undefined ? {} : { location: sanitiseOutput(headers.location, 500) };
    return { url: url.href, status, ...location };
  } catch {
    return undefined;
  }
}

async function lookAtCertificates(
  plan: LookPlan,
  open: readonly number[],
  turn: Turnstile,
  context: CheckContext,
): Promise<TlsFact[]> {
  const ports = open.filter(
    (port) => tlsPorts.has(port) || (plan.url?.protocol === 'https:' && plan.ports?.includes(port)),
  );
  const facts = await Promise.all(
    ports.map((port) => askTwice(turn, (timeoutMs) => lookAtCertificate(plan, port, timeoutMs, context))),
  );
  return facts.filter((fact) => fact !== undefined);
}

async function lookAtMailPorts(
  { address, target }: LookPlan,
  open: readonly number[],
  turn: Turnstile,
  context: CheckContext,
): Promise<MailFact[]> {
  const ports = open.filter((port) => mailPorts.has(port));
  const facts = await Promise.all(
    ports.map((port) => askTwice(turn, (timeoutMs) => lookAtMail(address, target, port, timeoutMs, context))),
  );
  return facts.filter((fact) => fact !== undefined);
}

async function lookAtCertificate(
  plan: LookPlan,
  port: number,
  timeoutMs: number,
  context: CheckContext,
): Promise<TlsFact | undefined> {
  try {
    const connection = await openConnection(plan.address, port, context.clock.nowMs() + timeoutMs, context);
    try {
      const session = await startTls(
        connection.socket,
        plan.target,
        context.tools.trust.lenient,
        timeoutMs,
        context.clock,
      );
      const nameFits = session.certificate.checkHost(plan.target) ?? session.certificate.checkIP(plan.target);
      const authorized = session.chainFault === undefined && nameFits !== undefined;
      return { port, authorized, daysLeft: daysLeft(session.certificate, context.clock.nowMs()) };
    } finally {
      connection.socket.destroy();
    }
  } catch {
    return undefined;
  }
}

async function readBanner(address: string, timeoutMs: number, context: CheckContext): Promise<string | undefined> {
  try {
    const { socket } = await openConnection(address, 22, context.clock.nowMs() + timeoutMs, context);
    const banner = await new Promise<Buffer>((resolve) => {
      const timer = setTimeout(() => resolve(Buffer.alloc(0)), timeoutMs);
      socket.once('data', (chunk: Buffer) => {
        clearTimeout(timer);
        resolve(chunk);
      });
    });
    socket.destroy();
    const line = sanitiseOutput(banner.subarray(0, 200)).split('\n')[0] ?? '';
    return line.startsWith('SSH-') ? line : undefined;
  } catch {
    return undefined;
  }
}

async function answersDnsQuestion(address: string): Promise<boolean> {
  const resolver = new Resolver({ timeout: 800, tries: 1 });
  try {
    resolver.setServers([address.includes(':') ? `[${address}]` : address]);
    await resolver.resolveNs('.');
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EREFUSED' || code === 'ESERVFAIL';
  }
}

async function nameOf({ address, target }: LookPlan): Promise<string> {
  if (target !== address) return target;
  try {
    const [name] = await new Resolver({ timeout: 800, tries: 1 }).reverse(address);
    return name === undefined || name === '' ? address : sanitiseOutput(name, 253).replace(/\.$/u, '');
  } catch {
    return address;
  }
}

function isOwnAddress(address: string): boolean {
  return Object.values(networkInterfaces()).some((list) => list?.some((each) => each.address === address));
}
