import type { Language } from '#contract/words.ts';
import type { ReasonData, ReasonSentence } from '#probe/check-kind.ts';
import type { FindingData } from './finding.ts';

type FindingTexts = { readonly [Code in keyof FindingData]: ReasonSentence<FindingData[Code]> };

const en: FindingTexts = {
  unanswered: ({ name, code }) => `No name server answered for ${name} (${code}).`,
  mxGood: ({ count, hosts }) => `MX: ${count} ${count === 1 ? 'host takes' : 'hosts take'} mail: ${hosts}.`,
  mxMissing: ({ domain }) => `MX: nobody takes mail for ${domain}.`,
  mxImplied: ({ domain }) => `MX: ${domain} has no MX record; its own address takes the mail.`,
  mxNull: ({ domain }) => `MX: ${domain} says that it takes no mail.`,
  mxDead: ({ host }) => `MX: ${host} has no address.`,
  mxAddress: ({ host }) => `MX: ${host} is an address where a name has to be.`,
  mxAlias: ({ host }) => `MX: ${host} is an alias (CNAME), which is not allowed.`,
  spfGood: ({ lookups, end }) => `SPF: ${lookups} of 10 name lookups, ends in ${end}.`,
  spfMissing: ({ domain }) => `SPF: ${domain} has no record; anybody may send in its name.`,
  spfMany: ({ name, count }) => `SPF: ${name} has ${count} records instead of one; receivers take none.`,
  spfSyntax: ({ name, term }) =>
    `SPF: “${term}” in the record of ${name} is not valid; receivers drop the whole record.`,
  spfLookups: ({ lookups }) => `SPF: ${lookups} name lookups, more than the 10 that receivers make.`,
  spfVoid: ({ voids, names }) => `SPF: ${voids} names lead nowhere (2 at most): ${names}.`,
  spfIncludeMissing: ({ name }) => `SPF: ${name} is included and has no record; receivers drop the whole record.`,
  spfLoop: ({ name }) => `SPF: ${name} includes itself.`,
  spfOpen: ({ name }) => `SPF: the record of ${name} ends in +all: anybody may send in its name.`,
  spfNeutral: ({ name }) => `SPF: the record of ${name} ends in ?all, which says nothing.`,
  spfNoEnd: ({ name }) => `SPF: the record of ${name} does not end in -all or ~all.`,
  spfPtr: ({ name }) => `SPF: the record of ${name} uses ptr, which many receivers pass over.`,
  dkimGood: ({ selector, type, bits }) => `DKIM: ${selector} has a key (${type}, ${bits} bits).`,
  dkimUnchecked: () => 'DKIM: not looked at, because no selector is given.',
  dkimMissing: ({ selector }) => `DKIM: there is no key for the selector ${selector}.`,
  dkimMany: ({ selector, count }) => `DKIM: ${count} records instead of one for the selector ${selector}.`,
  dkimRevoked: ({ selector }) => `DKIM: the key of ${selector} is revoked.`,
  dkimSyntax: ({ selector, tag }) => `DKIM: the record of ${selector} is not valid (${tag}).`,
  dkimShort: ({ selector, bits, wanted }) => `DKIM: the key of ${selector} has ${bits} bits, fewer than ${wanted}.`,
  dkimTesting: ({ selector }) => `DKIM: ${selector} says that it is only being tested.`,
  dkimOtherUse: ({ selector }) => `DKIM: the key of ${selector} is not for mail.`,
  dkimOldHash: ({ selector }) => `DKIM: ${selector} allows only hashes that receivers no longer believe.`,
  dmarcGood: ({ policy, name }) => `DMARC: policy ${policy} (${name}).`,
  dmarcMissing: ({ domain }) => `DMARC: ${domain} has no policy.`,
  dmarcMany: ({ name, count }) => `DMARC: ${name} has ${count} records instead of one; receivers take none.`,
  dmarcSyntax: ({ name, tag }) => `DMARC: the record of ${name} is not valid (${tag}).`,
  dmarcWeak: ({ policy, wanted }) => `DMARC: the policy is ${policy}; ${wanted} is wanted.`,
  dmarcPartial: ({ percent }) => `DMARC: the policy holds for ${percent}% of the mail.`,
  dmarcNoReports: () => 'DMARC: no reports are asked for (rua).',
  dmarcReportsRefused: ({ address }) => `DMARC: ${address} has not agreed to get reports, so none are sent.`,
  mtaStsGood: ({ id }) => `MTA-STS: announced (${id}).`,
  mtaStsMissing: ({ domain }) => `MTA-STS: not announced for ${domain}.`,
  mtaStsSyntax: ({ record }) => `MTA-STS: the record is not valid: ${record}`,
  tlsRptGood: ({ to }) => `TLS-RPT: reports go to ${to}.`,
  tlsRptMissing: ({ domain }) => `TLS-RPT: no reports are asked for by ${domain}.`,
  tlsRptSyntax: ({ record }) => `TLS-RPT: the record is not valid: ${record}`,
};

const fr: FindingTexts = {
  unanswered: ({ name, code }) => `Aucun serveur de noms n’a répondu pour ${name} (${code}).`,
  mxGood: ({ count, hosts }) =>
    `MX : ${count} ${count < 2 ? 'hôte reçoit' : 'hôtes reçoivent'} le courrier : ${hosts}.`,
  mxMissing: ({ domain }) => `MX : personne ne reçoit le courrier de ${domain}.`,
  mxImplied: ({ domain }) => `MX : ${domain} n’a pas d’enregistrement MX ; sa propre adresse reçoit le courrier.`,
  mxNull: ({ domain }) => `MX : ${domain} déclare ne pas recevoir de courrier.`,
  mxDead: ({ host }) => `MX : ${host} n’a pas d’adresse.`,
  mxAddress: ({ host }) => `MX : ${host} est une adresse là où il faut un nom.`,
  mxAlias: ({ host }) => `MX : ${host} est un alias (CNAME), ce qui n’est pas permis.`,
  spfGood: ({ lookups, end }) => `SPF : ${lookups} requêtes de noms sur 10, finit par ${end}.`,
  spfMissing: ({ domain }) => `SPF : ${domain} n’a pas d’enregistrement ; n’importe qui peut écrire en son nom.`,
  spfMany: ({ name, count }) =>
    `SPF : ${name} a ${count} enregistrements au lieu d’un ; les destinataires n’en prennent aucun.`,
  spfSyntax: ({ name, term }) =>
    `SPF : « ${term} » dans l’enregistrement de ${name} n’est pas valide ; les destinataires le rejettent en entier.`,
  spfLookups: ({ lookups }) => `SPF : ${lookups} requêtes de noms, plus que les 10 que font les destinataires.`,
  spfVoid: ({ voids, names }) => `SPF : ${voids} noms ne mènent nulle part (2 au plus) : ${names}.`,
  spfIncludeMissing: ({ name }) =>
    `SPF : ${name} est inclus et n’a pas d’enregistrement ; les destinataires rejettent le tout.`,
  spfLoop: ({ name }) => `SPF : ${name} s’inclut lui-même.`,
  spfOpen: ({ name }) => `SPF : l’enregistrement de ${name} finit par +all : n’importe qui peut écrire en son nom.`,
  spfNeutral: ({ name }) => `SPF : l’enregistrement de ${name} finit par ?all, ce qui ne dit rien.`,
  spfNoEnd: ({ name }) => `SPF : l’enregistrement de ${name} ne finit pas par -all ou ~all.`,
  spfPtr: ({ name }) => `SPF : l’enregistrement de ${name} emploie ptr, que beaucoup de destinataires ignorent.`,
  dkimGood: ({ selector, type, bits }) => `DKIM : ${selector} a une clé (${type}, ${bits} bits).`,
  dkimUnchecked: () => 'DKIM : non examiné, car aucun sélecteur n’est indiqué.',
  dkimMissing: ({ selector }) => `DKIM : il n’y a pas de clé pour le sélecteur ${selector}.`,
  dkimMany: ({ selector, count }) => `DKIM : ${count} enregistrements au lieu d’un pour le sélecteur ${selector}.`,
  dkimRevoked: ({ selector }) => `DKIM : la clé de ${selector} est révoquée.`,
  dkimSyntax: ({ selector, tag }) => `DKIM : l’enregistrement de ${selector} n’est pas valide (${tag}).`,
  dkimShort: ({ selector, bits, wanted }) => `DKIM : la clé de ${selector} a ${bits} bits, moins que ${wanted}.`,
  dkimTesting: ({ selector }) => `DKIM : ${selector} se dit encore à l’essai.`,
  dkimOtherUse: ({ selector }) => `DKIM : la clé de ${selector} n’est pas pour le courrier.`,
  dkimOldHash: ({ selector }) => `DKIM : ${selector} n’admet que des empreintes auxquelles on ne se fie plus.`,
  dmarcGood: ({ policy, name }) => `DMARC : politique ${policy} (${name}).`,
  dmarcMissing: ({ domain }) => `DMARC : ${domain} n’a pas de politique.`,
  dmarcMany: ({ name, count }) =>
    `DMARC : ${name} a ${count} enregistrements au lieu d’un ; les destinataires n’en prennent aucun.`,
  dmarcSyntax: ({ name, tag }) => `DMARC : l’enregistrement de ${name} n’est pas valide (${tag}).`,
  dmarcWeak: ({ policy, wanted }) => `DMARC : la politique est ${policy} ; ${wanted} est demandé.`,
  dmarcPartial: ({ percent }) => `DMARC : la politique vaut pour ${percent}\u00a0% du courrier.`,
  dmarcNoReports: () => 'DMARC : aucun rapport n’est demandé (rua).',
  dmarcReportsRefused: ({ address }) =>
    `DMARC : ${address} n’a pas accepté de recevoir de rapports ; aucun n’est envoyé.`,
  mtaStsGood: ({ id }) => `MTA-STS : annoncé (${id}).`,
  mtaStsMissing: ({ domain }) => `MTA-STS : non annoncé pour ${domain}.`,
  mtaStsSyntax: ({ record }) => `MTA-STS : l’enregistrement n’est pas valide : ${record}`,
  tlsRptGood: ({ to }) => `TLS-RPT : les rapports vont à ${to}.`,
  tlsRptMissing: ({ domain }) => `TLS-RPT : ${domain} ne demande aucun rapport.`,
  tlsRptSyntax: ({ record }) => `TLS-RPT : l’enregistrement n’est pas valide : ${record}`,
};

const texts = { en, fr };

/** One finding as a sentence; its code stands in `why`, its data beside. */
export function tellFinding(language: Language, data: ReasonData): string {
  const known: Readonly<Record<string, ReasonSentence<ReasonData>>> = texts[language];
  const why = String(data['why']);
  return Object.hasOwn(known, why) ? (known[why]?.(data) ?? why) : why;
}
