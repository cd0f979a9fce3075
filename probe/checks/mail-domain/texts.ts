import type { KindTexts, ReasonData } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import type { MailDomainSettings } from './settings.ts';
import { tellFinding } from './tell-finding.ts';

export type MailDomainReasons = ConnectionReasons & {
  wellKept: { domain: string };
  domainMissing: Record<string, never>;
  /** `why` is the code of the worst finding, with its data; `of` the domain; `others` counts further faults. */
  found: ReasonData;
};

const policies = { none: 'none', quarantine: 'quarantine', reject: 'reject' };

const en: KindTexts<MailDomainSettings, MailDomainReasons> = {
  name: 'Mail domain',
  description: 'Judges what the DNS says about a domain’s mail: MX, SPF, DKIM, DMARC, MTA-STS, TLS-RPT.',
  fields: {
    domain: { label: 'Domain', help: 'What stands behind the @. Empty is the name of the target.' },
    server: {
      label: 'Name server',
      help: 'Address of the name server to ask. Empty asks those of the machine Vigie runs on.',
    },
    serverPort: { label: 'Its port', help: 'Port of that name server.' },
    mx: { label: 'MX', help: 'Who takes mail for the domain exists and has an address.' },
    spf: { label: 'SPF', help: 'Who may send in its name: one valid record that receivers can follow to its end.' },
    dkimSelectors: {
      label: 'DKIM selectors',
      help: 'The names of the keys that mail is signed with, such as s2026: the s= of a DKIM-Signature header.',
    },
    minKeyBits: {
      label: 'DKIM: shortest key (bits)',
      help: 'Degraded when an RSA key is shorter; below 1024 it is down.',
    },
    dmarc: { label: 'DMARC', help: 'What receivers are to do with mail that fails both.' },
    dmarcPolicy: { label: 'DMARC: weakest policy', help: 'Degraded when the policy is weaker.', options: policies },
    mtaSts: {
      label: 'MTA-STS wanted',
      help: 'Degraded when the domain does not announce a policy for encrypted transport.',
    },
    tlsRpt: { label: 'TLS-RPT wanted', help: 'Degraded when the domain asks for no reports on failed encryption.' },
  },
  metrics: { findings: 'Faults', spfLookups: 'SPF name lookups' },
  reasons: {
    ...connectionTexts.en,
    wellKept: ({ domain }) => `The mail records of ${domain} are in order.`,
    domainMissing: () => 'The target is an address: say for which domain to look.',
    found: (data) => {
      const others = Number(data['others']);
      const more = others === 0 ? '' : ` And ${others} more ${others === 1 ? 'fault' : 'faults'}.`;
      return `${String(data['of'])}: ${tellFinding('en', data)}${more}`;
    },
  },
};

const fr: KindTexts<MailDomainSettings, MailDomainReasons> = {
  name: 'Domaine de courrier',
  description: 'Juge ce que le DNS dit du courrier d’un domaine : MX, SPF, DKIM, DMARC, MTA-STS, TLS-RPT.',
  fields: {
    domain: { label: 'Domaine', help: 'Ce qui suit le @. Vide : le nom de la cible.' },
    server: {
      label: 'Serveur de noms',
      help: 'Adresse du serveur de noms à interroger. Vide : ceux de la machine où tourne Vigie.',
    },
    serverPort: { label: 'Son port', help: 'Port de ce serveur de noms.' },
    mx: { label: 'MX', help: 'Ceux qui reçoivent le courrier du domaine existent et ont une adresse.' },
    spf: {
      label: 'SPF',
      help: 'Qui peut écrire en son nom : un seul enregistrement valide que les destinataires peuvent suivre jusqu’au bout.',
    },
    dkimSelectors: {
      label: 'Sélecteurs DKIM',
      help: 'Les noms des clés qui signent le courrier, comme s2026 : le s= d’un en-tête DKIM-Signature.',
    },
    minKeyBits: {
      label: 'DKIM : clé la plus courte (bits)',
      help: 'Dégradé quand une clé RSA est plus courte ; sous 1024, en panne.',
    },
    dmarc: { label: 'DMARC', help: 'Ce que les destinataires doivent faire du courrier qui échoue aux deux.' },
    dmarcPolicy: {
      label: 'DMARC : politique la plus faible',
      help: 'Dégradé quand la politique est plus faible.',
      options: policies,
    },
    mtaSts: {
      label: 'MTA-STS voulu',
      help: 'Dégradé quand le domaine n’annonce pas de politique de transport chiffré.',
    },
    tlsRpt: {
      label: 'TLS-RPT voulu',
      help: 'Dégradé quand le domaine ne demande pas de rapports sur les chiffrements manqués.',
    },
  },
  metrics: { findings: 'Défauts', spfLookups: 'Requêtes de noms SPF' },
  reasons: {
    ...connectionTexts.fr,
    wellKept: ({ domain }) => `Les enregistrements de courrier de ${domain} sont en ordre.`,
    domainMissing: () => 'La cible est une adresse : indiquez de quel domaine il s’agit.',
    found: (data) => {
      const others = Number(data['others']);
      const more = others === 0 ? '' : ` Et ${others} ${others < 2 ? 'autre défaut' : 'autres défauts'}.`;
      return `${String(data['of'])} : ${tellFinding('fr', data)}${more}`;
    },
  },
};

export const mailDomainTexts = { en, fr };
