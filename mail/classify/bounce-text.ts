import type { BounceFacts, FailedRecipient } from './bounce-facts.ts';

type TextBounce = Pick<BounceFacts, 'outcome' | 'recipients'> & Pick<FailedRecipient, 'status' | 'said'>;

const failed: readonly RegExp[] = [
  // qmail, and those who speak like it
  /this is the (?:qmail-send|mail delivery) program|i'm afraid i wasn't able to deliver/iu,
  // Exchange 5.5 and 2000
  /did not reach the following recipient|n'est pas parvenu (?:à|au)x? ?(?:destinataires? suivants?|certains)/iu,
  // Lotus Domino
  /was not delivered to\s?:|n'a pas (?:pu être|été) (?:remis|distribué|délivré|envoyé) (?:à|aux?)\s?/iu,
  // Exim, Postfix, Sendmail, Gmail, Outlook.com and the rest
  /could not be delivered|undeliverable|delivery (?:has )?failed|delivery to the following recipients? failed|unable to deliver|address not found|permanent (?:fatal )?errors?|failed recipient/iu,
  /impossible de (?:remettre|délivrer|distribuer)|échec de (?:la )?(?:remise|distribution|livraison)|message non (?:remis|distribué|délivré)|n'a pas pu être (?:remis|délivré|distribué|acheminé)|adresse introuvable/iu,
];
const subjects =
  /undeliver|delivery (?:status|failure|failed|notification)|returned mail|mail delivery failed|failure notice|mail system error|échec de (?:la )?(?:remise|distribution)|non[- ]remis|non distribué|notification d'état de remise|retour de courrier|nondeliverable|unzustellbar/iu;
const delayed =
  /(?:delivery|message) (?:is |has been |temporarily )?(?:delayed|deferred)|warning: (?:message|could not send)|retardé|remise différée|will be retried|nouvelle tentative/iu;
const longest = 20_000;

/** Reads a report written for people; null when the text is no report. */
export function textBounce(subject: string, text: string): TextBounce | null {
  const body = text.slice(0, longest);
  const isFailed = failed.some((words) => words.test(body));
  const isDelayed = delayed.test(subject) || (!isFailed && delayed.test(body));
  if (!isFailed && !isDelayed && !subjects.test(subject)) return null;
  const status = /(?<!\d)[45]\.\d{1,2}\.\d{1,3}(?!\d)/u.exec(body)?.[0] ?? '';
  const said = /^.*(?<!\d)[45]\d{2}[ -].{5,300}$/mu.exec(body)?.[0]?.trim() ?? '';
  return { outcome: isDelayed ? 'delayed' : 'failed', recipients: recipientsIn(body, status, said), status, said };
}

const copyBelow =
  /^-{2,}.{0,40}(?:below this line is a copy|original message|this is a copy|message d'origine|message header|en-têtes)|^(?:received|return-path):/imu;

/** Whom the report is about: addresses above the copy of the returned mail, where reports put them. */
function recipientsIn(body: string, status: string, said: string): FailedRecipient[] {
  const end = copyBelow.exec(body)?.index ?? body.length;
  const report = body.slice(0, end);
  const found = new Set<string>();
  for (const pattern of [
    /^\s{0,8}<(?<address>[^<>\s]+@[^<>\s]+)>\s?:?/gmu,
    /^\s{0,12}(?<address>[^<>\s:;,"()]+@[^<>\s:;,"()]+)(?:\s|$)/gmu,
    /(?:to|à|aux?|recipient\(?s?\)?|destinataires?)\s?:?\s{1,8}<?(?<address>[^<>\s:;,"()]+@[^<>\s:;,"()]+\.[a-z]+)/giu,
  ]) {
    for (const match of report.matchAll(pattern)) found.add((match.groups?.['address'] ?? '').replace(/\.$/u, ''));
    if (found.size > 0) break;
  }
  return [...found].slice(0, 50).map((address) => ({ address, status, said }));
}
