import { z } from 'zod';
import { level, priority, tags, ticketEvent, ticketKind, ticketSource, ticketState } from './desk.ts';
import { ticketPromise } from './desk-promise.ts';
import { doer, id, language, line, namedThing, text, time } from './words.ts';

/** Words of the desk's conversation, lists and work on tickets. */

export const named = z.object({ id, name: z.string() });

/** Somebody who is helped. `personId` is null for one without an account. */
export const requester = z.object({
  id,
  personId: id.nullable(),
  name: z.string(),
  mail: z.string().nullable(),
  phone: z.string(),
  language,
  note: z.string(),
});
export type Requester = z.infer<typeof requester>;

/** A ticket as a list shows it: only what a row needs, so that fifty of them stay small. */
export const ticketRow = z.object({
  id,
  number: z.number().int(),
  kind: ticketKind,
  title: z.string(),
  state: ticketState,
  priority,
  requester: z.string().nullable(),
  assignee: z.string().nullable(),
  team: z.string().nullable(),
  category: z.string().nullable(),
  tags: z.array(z.string()),
  dueAt: time.nullable(),
  /** How its nearest promise stands; `near`: three quarters of its time are used up. */
  promise: z.enum(['none', 'kept', 'near', 'broken', 'paused']),
  promiseDueAt: time.nullable(),
  snoozedUntil: time.nullable(),
  updatedAt: time,
  messageCount: z.number().int(),
  /** Whose word the last public message was: `requester` means that somebody waits for us. */
  lastWord: z.enum(['requester', 'operator']).nullable(),
});
export type TicketRow = z.infer<typeof ticketRow>;

export const rowSort = z.enum(['-number', 'number', '-updated', 'updated', '-priority', 'due', 'promise']);
export type RowSort = z.infer<typeof rowSort>;

export const visibility = z.enum(['public', 'note']);
export const messageFormat = z.enum(['plain', 'markdown']);
export const messageChannel = z.enum(['screen', 'phone', 'mail', 'portal', 'api']);

/** Why the search does not find the words inside a document. */
export const unreadWhy = z.enum(['waiting', 'password', 'old_format', 'too_large', 'too_heavy', 'damaged']);
export type UnreadWhy = z.infer<typeof unreadWhy>;

export const attachment = z.object({
  id,
  name: z.string(),
  /** What it is by its own first bytes, as a media type. */
  type: z.string(),
  sizeBytes: z.number().int(),
  /** How it can be shown in place. */
  preview: z.enum(['image', 'text', 'pdf']).nullable(),
  /** It could run on the reader's machine: only operators may fetch it, and it is never opened in place. */
  runs: z.boolean(),
  /** Null where its words are found, and where a file of its kind has none. */
  unread: unreadWhy.nullable(),
  addedAt: time,
  addedBy: z.string(),
});
export type Attachment = z.infer<typeof attachment>;

/** A part of a message that is folded away (a quotation, a signature), from and to in characters; never deleted. */
export const fold = z.object({ from: z.number().int(), to: z.number().int(), kind: z.string() });

export const message = z.object({
  id,
  at: time,
  who: doer,
  /** True when it is the word of somebody who is helped. */
  fromRequester: z.boolean(),
  visibility,
  format: messageFormat,
  body: z.string(),
  channel: messageChannel,
  /** The ticket it was written to, when that one is merged into this. */
  homeId: id,
  mailState: z.enum(['received', 'waiting', 'sent', 'bounced', 'failed']).nullable(),
  folds: z.array(fold),
  attachments: z.array(attachment),
});
export type Message = z.infer<typeof message>;

/** One thing of the story: an event, or a message. */
export const streamItem = z.discriminatedUnion('what', [
  z.object({ what: z.literal('event'), at: time, id, event: ticketEvent }),
  z.object({ what: z.literal('message'), at: time, id, message }),
]);
export type StreamItem = z.infer<typeof streamItem>;

/** Oldest first. `before` goes back as `before` for what came earlier; null at the beginning. */
export const streamPage = z.object({ items: z.array(streamItem), before: z.string().nullable() });
export type StreamPage = z.infer<typeof streamPage>;

export const linkKind = z.enum(['related', 'blocks', 'duplicates', 'caused_by']);
/** The same from the other end. */
export const linkSeen = z.enum([
  'related',
  'blocks',
  'blocked_by',
  'duplicates',
  'duplicated_by',
  'caused_by',
  'causes',
  'parent',
  'child',
]);
export const ticketLink = z.object({
  kind: linkSeen,
  ticket: z.object({ id, number: z.number().int(), title: z.string(), state: ticketState, kind: ticketKind }),
});
export type TicketLink = z.infer<typeof ticketLink>;

export const checklistItem = z.object({
  id,
  text: z.string(),
  doneAt: time.nullable(),
  doneBy: z.string().nullable(),
});

export const timeSpent = z.object({
  id,
  person: z.string(),
  minutes: z.number().int(),
  note: z.string(),
  at: time,
});

/** What of a change is agreed before, and looked back on after. */
export const changePlan = z.object({
  emergency: z.boolean(),
  risk: level,
  plan: z.string(),
  wayBack: z.string(),
  startsAt: time.nullable(),
  endsAt: time.nullable(),
  approvedAt: time.nullable(),
  approvedBy: z.string().nullable(),
  reviewedBy: z.string().nullable(),
  review: z.string(),
});

export const draft = z.object({
  id,
  ticketId: id,
  visibility,
  format: messageFormat,
  body: z.string(),
  attachments: z.array(attachment),
  revision: z.number().int(),
  updatedAt: time,
});
export type Draft = z.infer<typeof draft>;

export const presence = z.object({
  personId: id,
  name: z.string(),
  doing: z.enum(['views', 'writes']),
});

/** A merge, split or move that was made, and until when it can be undone. */
export const rearrangement = z.object({
  id,
  kind: z.enum(['merge', 'split', 'move']),
  from: z.object({ id, number: z.number().int(), title: z.string() }),
  to: z.object({ id, number: z.number().int(), title: z.string() }),
  messages: z.number().int(),
  at: time,
  by: z.string(),
  undoneAt: time.nullable(),
  undoUntil: time,
});
export type Rearrangement = z.infer<typeof rearrangement>;

/** All that a ticket's page shows beside its alerts and runs, in one answer: its facts and the newest of its story. */
export const ticketSheet = z.object({
  id,
  number: z.number().int(),
  kind: ticketKind,
  title: z.string(),
  state: ticketState,
  /** The states into which it may be brought from here, by whoever asks. */
  moves: z.array(ticketState),
  priority,
  priorityByHand: z.boolean(),
  priorityReason: z.string(),
  impact: level.nullable(),
  urgency: level.nullable(),
  requester: requester.nullable(),
  participants: z.array(requester),
  thing: namedThing.nullable(),
  category: named.nullable(),
  team: named.nullable(),
  assignee: named.nullable(),
  tags: z.array(z.string()),
  source: ticketSource,
  openedAt: time,
  updatedAt: time,
  dueAt: time.nullable(),
  snoozedUntil: time.nullable(),
  waitingFor: z.enum(['requester', 'supplier', 'delivery', 'change', 'other']).nullable(),
  waitingReason: z.string(),
  resolvedAt: time.nullable(),
  promises: z.array(ticketPromise),
  /** What the requester said of what was done, 1 to 3. */
  satisfaction: z.object({ score: z.number().int(), comment: z.string(), at: time }).nullable(),
  mergedInto: z.object({ id, number: z.number().int(), title: z.string() }).nullable(),
  causeText: z.string(),
  remedyText: z.string(),
  workaround: z.string(),
  plan: changePlan.nullable(),
  /** At most 500 of them; `linkCount` is how many there are. */
  links: z.array(ticketLink),
  linkCount: z.number().int(),
  watchers: z.array(named),
  checklist: z.array(checklistItem),
  /** The latest 500; `timeCount` is how many there are, `minutes` what all of them come to. */
  times: z.array(timeSpent),
  timeCount: z.number().int(),
  minutes: z.number().int(),
  rearrangements: z.array(rearrangement),
  messageCount: z.number().int(),
  lastWord: z.enum(['requester', 'operator']).nullable(),
  alertCount: z.number().int(),
  stream: streamPage,
  /** One's own, newest first; more than one where two devices went separate ways. */
  drafts: z.array(draft),
  present: z.array(presence),
});
export type TicketSheet = z.infer<typeof ticketSheet>;

/** What of a ticket can be set directly; what is left out stays as it is, null empties. */
export const ticketEdit = z.object({
  kind: ticketKind.optional(),
  title: line(300).optional(),
  impact: level.nullable().optional(),
  urgency: level.nullable().optional(),
  /** With a reason, it holds whatever impact and urgency say; null lets them decide again. */
  priority: priority.nullable().optional(),
  priorityReason: text(500).optional(),
  requesterId: id.nullable().optional(),
  categoryId: id.nullable().optional(),
  teamId: id.nullable().optional(),
  assigneeId: id.nullable().optional(),
  tags: tags.optional(),
  dueAt: time.nullable().optional(),
  snoozedUntil: time.nullable().optional(),
  parentId: id.nullable().optional(),
  thing: z
    .object({ kind: z.enum(['site', 'host', 'service']), id })
    .nullable()
    .optional(),
  causeText: text(5_000).optional(),
  remedyText: text(5_000).optional(),
  workaround: text(5_000).optional(),
});
export type TicketEdit = z.infer<typeof ticketEdit>;

export const waitingFor = z.enum(['requester', 'supplier', 'delivery', 'change', 'other']);

/** A step to another state, with what that state wants to know. */
export const ticketMove = z.object({
  to: ticketState,
  /** For `waiting`, and why something was cancelled or sent back. */
  reason: text(2_000).default(''),
  waitingFor: waitingFor.optional(),
  /** For `resolved`: an incident or a problem says what it was. */
  causeText: text(5_000).optional(),
  remedyText: text(5_000).optional(),
});
export type TicketMove = z.infer<typeof ticketMove>;

/** What is done to many tickets at once. */
export const bulkChange = z.object({
  assigneeId: id.nullable().optional(),
  teamId: id.nullable().optional(),
  categoryId: id.nullable().optional(),
  priority: priority.optional(),
  addTags: tags.optional(),
  removeTags: tags.optional(),
  dueAt: time.nullable().optional(),
  snoozedUntil: time.nullable().optional(),
  move: ticketMove.optional(),
});
export type BulkChange = z.infer<typeof bulkChange>;

export const bulkState = z.object({
  id,
  total: z.number().int(),
  done: z.number().int(),
  /** Those for which the change was not possible or changed nothing. */
  skipped: z.number().int(),
  state: z.enum(['running', 'done', 'undoing', 'undone']),
  at: time,
  by: z.string(),
  undoUntil: time,
});
export type BulkState = z.infer<typeof bulkState>;

export const view = z.object({
  id,
  name: z.string(),
  words: z.string(),
  sort: rowSort,
  shared: z.boolean(),
  mine: z.boolean(),
  owner: z.string(),
});

export const templateChange = z.object({
  kind: ticketKind.optional(),
  categoryId: id.nullable().optional(),
  teamId: id.nullable().optional(),
  priority: priority.optional(),
  addTags: tags.optional(),
  /** Gives the ticket to whoever uses the template. */
  take: z.boolean().optional(),
  to: ticketState.optional(),
  title: z.object({ en: text(300), fr: text(300) }).optional(),
  checklist: z.array(line(300)).max(50).optional(),
});
export type TemplateChange = z.infer<typeof templateChange>;

export const template = z.object({
  id,
  kind: z.enum(['answer', 'ticket']),
  name: z.object({ en: line(100), fr: line(100) }),
  body: z.object({ en: text(20_000), fr: text(20_000) }),
  change: templateChange,
  shared: z.boolean(),
  mine: z.boolean(),
});

export const category = z.object({
  id,
  parentId: id.nullable(),
  name: z.object({ en: z.string(), fr: z.string() }),
  words: z.string(),
  teamId: id.nullable(),
  active: z.boolean(),
});
export type Category = z.infer<typeof category>;

/** A found ticket, with the place where what was looked for stands. `marks` are from–to in the snippet's characters. */
export const found = z.object({
  id,
  number: z.number().int(),
  kind: ticketKind,
  title: z.string(),
  titleMarks: z.array(z.tuple([z.number().int(), z.number().int()])),
  state: ticketState,
  requester: z.string().nullable(),
  updatedAt: time,
  snippet: z.string(),
  marks: z.array(z.tuple([z.number().int(), z.number().int()])),
});

/** One word of a quick entry, as it was understood. `choices` has what else it could mean, the likeliest first. */
export const quickChoice = z.object({
  field: z.enum(['kind', 'requester', 'thing', 'priority', 'category', 'tag', 'team', 'assignee']),
  /** What it stands for: an id, a level or a word. */
  value: z.string(),
  label: z.string(),
  detail: z.string(),
  score: z.number(),
});
export type QuickChoice = z.infer<typeof quickChoice>;
export const quickPart = z.object({
  from: z.number().int(),
  to: z.number().int(),
  typed: z.string(),
  /** The index of the choice that holds until another is chosen; null when nothing fits. */
  chosen: z.number().int().nullable(),
  choices: z.array(quickChoice),
});
export type QuickPart = z.infer<typeof quickPart>;
export const quickReading = z.object({ title: z.string(), parts: z.array(quickPart) });
export type QuickReading = z.infer<typeof quickReading>;
