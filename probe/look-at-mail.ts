import type { MailFact } from './address-facts.ts';
import type { CheckContext } from './check-kind.ts';
import { Pop3Session } from './checks/pop3/pop3-session.ts';
import { ImapSession } from './imap-session.ts';
import { MailConnection, type MailEndpoint } from './mail-connection.ts';
import { mailReason } from './mail-reasons.ts';
import { SmtpSession } from './smtp-session.ts';

type MailPort = Pick<MailFact, 'protocol' | 'security'>;

/** Where mail servers listen by custom, and how the line is protected there. */
export const mailPorts: ReadonlyMap<number, MailPort> = new Map<number, MailPort>([
  [25, { protocol: 'smtp', security: 'starttls' }],
  [465, { protocol: 'smtp', security: 'tls' }],
  [587, { protocol: 'smtp', security: 'starttls' }],
  [143, { protocol: 'imap', security: 'starttls' }],
  [993, { protocol: 'imap', security: 'tls' }],
  [110, { protocol: 'pop3', security: 'starttls' }],
  [995, { protocol: 'pop3', security: 'tls' }],
]);

/** What kind of mail server answers on a port; undefined when none does.. */
export async function lookAtMail(
  address: string,
  serverName: string,
  port: number,
  timeoutMs: number,
  context: CheckContext,
): Promise<MailFact | undefined> {
  const custom = mailPorts.get(port);
  if (custom === undefined) return undefined;
  const { protocol } = custom;
  const greet = async (endpoint: MailEndpoint): Promise<string> => {
    try {
      await greetings[protocol](address, endpoint, context.clock.nowMs() + timeoutMs, context);
      return 'good';
    } catch (error) {
      return mailReason(error).code;
    }
  };
  const found = await greet({ port, security: custom.security, serverName, verifyCertificate: true });
  switch (found) {
    case 'good':
    case 'turnedAway':
    case 'certificateExpired':
    case 'certificateEarly':
      // What is wrong today is what a check is for.
      return { port, ...custom, verifyCertificate: true };
    case 'certificateUntrusted':
    case 'certificateOtherName':
      return { port, ...custom, verifyCertificate: false };
    case 'startTlsMissing':
      return { port, protocol, security: 'none', verifyCertificate: true };
    default:
      return undefined;
  }
}

type Greeting = (address: string, endpoint: MailEndpoint, deadlineMs: number, context: CheckContext) => Promise<void>;

const greetings: Readonly<Record<MailFact['protocol'], Greeting>> = {
  async smtp(address, endpoint, deadlineMs, context) {
    using session = await SmtpSession.open(address, { ...endpoint, heloName: '' }, deadlineMs, context);
    session.quit();
  },
  async imap(address, endpoint, deadlineMs, context) {
    using session = await ImapSession.open(address, endpoint, deadlineMs, context);
    session.logOut();
  },
  async pop3(address, endpoint, deadlineMs, context) {
    using connection = await MailConnection.open(address, endpoint, deadlineMs, context);
    (await Pop3Session.begin(connection, endpoint.security === 'starttls')).quit();
  },
};
