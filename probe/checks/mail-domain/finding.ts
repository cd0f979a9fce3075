import type { Verdict } from '#probe/check-kind.ts';
import { quoted } from '#probe/mail-connection.ts';

/** What can be found in the records of a mail domain, with the data of its sentence. */
export type FindingData = {
  unanswered: { name: string; code: string };
  mxGood: { count: number; hosts: string };
  mxMissing: { domain: string };
  mxImplied: { domain: string };
  mxNull: { domain: string };
  mxDead: { host: string };
  mxAddress: { host: string };
  mxAlias: { host: string };
  spfGood: { lookups: number; end: string };
  spfMissing: { domain: string };
  spfMany: { name: string; count: number };
  spfSyntax: { name: string; term: string };
  spfLookups: { lookups: number };
  spfVoid: { voids: number; names: string };
  spfIncludeMissing: { name: string };
  spfLoop: { name: string };
  spfOpen: { name: string };
  spfNeutral: { name: string };
  spfNoEnd: { name: string };
  spfPtr: { name: string };
  dkimGood: { selector: string; type: string; bits: number };
  dkimUnchecked: Record<string, never>;
  dkimMissing: { selector: string };
  dkimMany: { selector: string; count: number };
  dkimRevoked: { selector: string };
  dkimSyntax: { selector: string; tag: string };
  dkimShort: { selector: string; bits: number; wanted: number };
  dkimTesting: { selector: string };
  dkimOtherUse: { selector: string };
  dkimOldHash: { selector: string };
  dmarcGood: { policy: string; name: string };
  dmarcMissing: { domain: string };
  dmarcMany: { name: string; count: number };
  dmarcSyntax: { name: string; tag: string };
  dmarcWeak: { policy: string; wanted: string };
  dmarcPartial: { percent: number };
  dmarcNoReports: Record<string, never>;
  dmarcReportsRefused: { address: string };
  mtaStsGood: { id: string };
  mtaStsMissing: { domain: string };
  mtaStsSyntax: { record: string };
  tlsRptGood: { to: string };
  tlsRptMissing: { domain: string };
  tlsRptSyntax: { record: string };
};

/** A note is told and does not change the verdict. */
export type Level = 'good' | 'note' | Exclude<Verdict, 'up'>;

/** One finding. */
export type Finding = {
  [Code in keyof FindingData]: { readonly code: Code; readonly level: Level; readonly data: FindingData[Code] };
}[keyof FindingData];

/** Makes one. */
export function finding<Code extends keyof FindingData>(
  code: Code,
  level: Level,
  data: FindingData[Code],
): { code: Code; level: Level; data: FindingData[Code] } {
  return { code, level, data };
}

/** `tag=value; tag=value` as DKIM and DMARC write it (RFC 6376, 3.2); undefined when it is no such list. */
export function readTags(record: string): ReadonlyMap<string, string> | undefined {
  const tags = new Map<string, string>();
  const parts = record.split(';');
  for (const [index, part] of parts.entries()) {
    if (part.trim() === '' && index === parts.length - 1) break;
    const [, name, value = ''] = /^\s*([A-Za-z]\w*)\s*=\s*([\s\S]*?)\s*$/u.exec(part) ?? [];
    // A tag that comes twice makes the whole record worthless.
    if (name === undefined || tags.has(name.toLowerCase())) return undefined;
    tags.set(name.toLowerCase(), value);
  }
  return tags;
}

/** A record on one short line. */
export function shortRecord(record: string): string {
  return quoted(record).slice(0, 120);
}
