import type { Language } from '#contract/words.ts';
import type { Message } from './channel-kind.ts';
import type { Phase } from './phase.ts';
import type { Notice } from './notice.ts';
import type { Receipt } from './retry.ts';
import { wordNotice } from './wording.ts';

/** What a message is made of. */
export interface Told {
  readonly id: string;
  readonly at: Date;
  readonly ticketId: string | null;
  readonly notice: Notice;
  readonly subject: string;
}

interface Way {
  readonly language: Language;
  readonly publicUrl: string;
  readonly receipt: Receipt | null;
}

const phases: Readonly<Record<Notice['about'], Phase>> = {
  opened: 'opens',
  reminder: 'recalls',
  acknowledged: 'takes',
  solved: 'closes',
  resolved: 'closes',
  approval: 'other',
  decided: 'closes',
  test: 'other',
  unrouted: 'other',
  joined: 'other',
  promise: 'other',
  mention: 'other',
  cover: 'other',
  digest: 'other',
};

/** What belongs together where it is told: an incident; a run that waits for approval, which is none of an incident's turns. */
function threadOf({ notice, ticketId }: Told): string | null {
  if (notice.about === 'approval' || notice.about === 'decided') return `vigie-run-${notice.runId}`;
  return ticketId === null ? null : `vigie-${ticketId}`;
}

const priorities = ['low', 'normal', 'high', 'critical'] as const;

function priorityOf(notice: Notice): Message['priority'] {
  const said = 'priority' in notice ? notice.priority : '';
  return priorities.find((priority) => priority === said) ?? 'normal';
}

/** Many notices as one: how many incidents within how long, and each by its subject. */
function digestOf(told: readonly [Told, ...Told[]]): Notice {
  const last = told.at(-1) ?? told[0];
  return {
    about: 'digest',
    incidents: new Set(told.map(({ ticketId, id }) => ticketId ?? id)).size,
    seconds: Math.max(1, Math.round((last.at.getTime() - told[0].at.getTime()) / 1_000)),
    items: told.map(({ id, notice, ticketId, subject }) => ({
      deliveryId: id,
      about: notice.about,
      ticketId,
      subject,
    })),
  };
}

/** One notice, or many, as a channel sends it; the first lends its id and its moment. */
export function messageOf(told: readonly [Told, ...Told[]], { language, publicUrl, receipt }: Way): Message {
  const [first] = told;
  const isOne = told.length === 1;
  const notice = isOne ? first.notice : digestOf(told);
  const worst = Math.max(...told.map((each) => priorities.indexOf(priorityOf(each.notice))));
  return {
    id: first.id,
    at: first.at,
    language,
    notice,
    wording: wordNotice(notice, language, publicUrl),
    phase: phases[notice.about],
    priority: priorities[worst] ?? 'normal',
    thread: isOne ? threadOf(first) : null,
    receipt,
  };
}
