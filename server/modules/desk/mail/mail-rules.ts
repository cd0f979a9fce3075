import type { MailRule, MailVerdict } from '#contract/desk-mail-words.ts';
import { foldText } from '../finding/fold-text.ts';

/** What rules look at. */
export interface RuledMail {
  readonly mailboxId: string | null;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly words: string;
  readonly kind: string | null;
  /** It answers something that is not known here, or was not written by a person. */
  readonly isReply: boolean;
}

/** What a mailbox says of the tickets that mails to it open. */
export interface MailboxDefaults {
  readonly ticketKind: 'incident' | 'request';
  readonly teamId: string | null;
  readonly categoryId: string | null;
  readonly confirms: boolean;
}

/** What is to be made of a mail, by ids. */
export interface Ruling {
  readonly becomes: 'ticket' | 'keep';
  readonly kind: 'incident' | 'request';
  readonly teamId: string | null;
  readonly categoryId: string | null;
  readonly priority: MailVerdict['priority'];
  readonly tags: readonly string[];
  readonly confirms: boolean;
  readonly rules: readonly string[];
}

export const usualDefaults: MailboxDefaults = {
  ticketKind: 'request',
  teamId: null,
  categoryId: null,
  confirms: false,
};

/** Kinds that are worth a ticket where no rule says otherwise: people’s, and what many are sent, alarms of programs among them. */
function opensTicket({ kind, isReply }: RuledMail): boolean {
  return kind === 'person' || kind === 'list' || (kind === 'auto_reply' && !isReply);
}

function anyOf(wanted: readonly string[], text: string): boolean {
  if (wanted.length === 0) return true;
  const folded = foldText(text);
  return wanted.some((each) => folded.includes(foldText(each)));
}

/** Whether all that a rule asks for is so. */
export function ruleHolds({ when, active }: MailRule, mail: RuledMail): boolean {
  return (
    active &&
    (when.mailboxIds.length === 0 || (mail.mailboxId !== null && when.mailboxIds.includes(mail.mailboxId))) &&
    (when.kinds.length === 0 || when.kinds.some((kind) => kind === mail.kind)) &&
    anyOf(when.from, mail.from) &&
    anyOf(when.to, mail.to.join(' ')) &&
    anyOf(when.subject, mail.subject) &&
    anyOf(when.words, mail.words)
  );
}

/** What the rules make of a mail that begins a conversation: each that holds adds to it, later ones over earlier ones. */
export function rulingOf(rules: readonly MailRule[], defaults: MailboxDefaults, mail: RuledMail): Ruling {
  let ruling: Ruling = {
    becomes: opensTicket(mail) ? 'ticket' : 'keep',
    kind: defaults.ticketKind,
    teamId: defaults.teamId,
    categoryId: defaults.categoryId,
    priority: null,
    tags: [],
    confirms: defaults.confirms,
    rules: [],
  };
  for (const rule of rules) {
    if (!ruleHolds(rule, mail)) continue;
    const { effects } = rule;
    ruling = {
      becomes: effects.becomes,
      kind: effects.kind ?? ruling.kind,
      teamId: effects.teamId ?? ruling.teamId,
      categoryId: effects.categoryId ?? ruling.categoryId,
      priority: effects.priority ?? ruling.priority,
      tags: [...new Set([...ruling.tags, ...effects.tags])].slice(0, 30),
      confirms: ruling.confirms && !effects.silent,
      rules: [...ruling.rules, rule.name],
    };
  }
  return ruling;
}
