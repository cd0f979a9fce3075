/** What an HTTP request to one port showed. */
export interface HttpFact {
  readonly url: string;
  readonly status: number;
  /** Where it redirects, if it does. */
  readonly location?: string;
}

/** What a TLS handshake on one port showed. */
export interface TlsFact {
  readonly port: number;
  readonly authorized: boolean;
  readonly daysLeft: number;
}

/** The mail server that a port showed. */
export interface MailFact {
  readonly port: number;
  readonly protocol: 'smtp' | 'imap' | 'pop3';
  readonly security: 'tls' | 'starttls' | 'none';
  /** False when its certificate is not one that anybody vouches for under that name. */
  readonly verifyCertificate: boolean;
}

/** A part of a device that its SNMP agent tells of; each has a kind of check. */
export type SnmpPart = 'interfaces' | 'host' | 'ups' | 'printer' | 'sensors';

/** What is known of one address after looking at it; the material of proposals. */
export interface AddressFacts {
  /** The numeric address that answered. */
  readonly address: string;
  /** What a check should be pointed at: the name the person typed, else the address. */
  readonly target: string;
  /** A name for the host, from what was typed or from reverse DNS. */
  readonly hostName: string;
  readonly answersPing: boolean;
  readonly openPorts: readonly number[];
  readonly http: readonly HttpFact[];
  readonly tls: readonly TlsFact[];
  readonly mail?: readonly MailFact[];
  readonly answersDns: boolean;
  readonly answersNtp?: boolean;
  /** Answers SNMP v2c to the community `public`, or an SNMP v3 engine shows itself. */
  readonly answersSnmp?: 'public' | 'v3';
  /** What such an agent tells of. */
  readonly snmpParts?: readonly SnmpPart[];
  /** First bytes of the SSH server, if there is one. */
  readonly sshBanner?: string;
  readonly isThisMachine: boolean;
}
