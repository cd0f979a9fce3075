import { v7 as uuid } from 'uuid';
import type { Attachment, Draft } from '#contract/desk-words.ts';
import { client } from '#web/shell/api.ts';

/** What is being written. */
export interface Writing {
  readonly body: string;
  readonly visibility: Draft['visibility'];
  readonly format: Draft['format'];
  readonly attachments: readonly Attachment[];
}

/** What is being written, and how far it is safe. */
interface Shown {
  readonly writing: Writing;
  readonly state: 'none' | 'saving' | 'saved' | 'unsaved' | 'apart';
}

interface Kept {
  id: string;
  revision: number;
  busy: boolean;
  again: boolean;
}

const pauseMs = 700;
const retryMs = 5_000;

const fresh = (draft?: Draft): Kept => ({
  id: draft?.id ?? uuid(),
  revision: draft?.revision ?? 0,
  busy: false,
  again: false,
});

/** Keeps what somebody writes on the server at every pause; what the server did not take yet is sent again. */
export class DraftKeeper {
  readonly #ticketId: string;
  readonly #followers = new Set<() => void>();
  #shown: Shown;
  #kept: Kept;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ticketId: string, first: Draft | undefined, usual: Writing['visibility']) {
    this.#ticketId = ticketId;
    this.#kept = fresh(first);
    const empty: Writing = { body: '', visibility: usual, format: 'plain', attachments: [] };
    this.#shown = first === undefined ? { writing: empty, state: 'none' } : { writing: first, state: 'saved' };
  }

  readonly follow = (told: () => void): (() => void) => {
    this.#followers.add(told);
    return () => void this.#followers.delete(told);
  };

  readonly shown = (): Shown => this.#shown;

  /** The draft that is written now. */
  readonly id = (): string => this.#kept.id;

  change(changed: Partial<Writing>): void {
    const writing = { ...this.#shown.writing, ...changed };
    this.#show({ writing });
    this.#stop();
    if (writing.body === '' && writing.attachments.length === 0 && this.#kept.revision === 0) return;
    if (this.#shown.state !== 'apart') this.#show({ state: 'saving' });
    this.#saveIn(pauseMs);
  }

  attach(file: Attachment): void {
    this.change({ attachments: [...this.#shown.writing.attachments, file] });
  }

  detach(fileId: string): void {
    this.change({ attachments: this.#shown.writing.attachments.filter(({ id }) => id !== fileId) });
  }

  /** Begins anew, after it was sent. */
  clear(): void {
    this.#stop();
    this.#kept = fresh();
    this.#show({ writing: { ...this.#shown.writing, body: '', attachments: [] }, state: 'none' });
  }

  /** Goes on with another draft; what was written so far stays a draft of its own. */
  takeUp(draft: Draft): void {
    this.leave();
    this.#kept = fresh(draft);
    this.#show({ writing: draft, state: 'saved' });
  }

  /** Who leaves the page within the pause loses nothing. */
  leave(): void {
    if (this.#timer === undefined) return;
    this.#stop();
    if (this.#shown.writing.body !== '') void this.#save();
  }

  #show(changed: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...changed };
    for (const told of this.#followers) told();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #saveIn(ms: number): void {
    this.#stop();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#save();
    }, ms);
  }

  async #save(): Promise<void> {
    const kept = this.#kept;
    if (kept.busy) {
      kept.again = true;
      return;
    }
    kept.busy = true;
    const { body, visibility, format, attachments } = this.#shown.writing;
    const asked = {
      ticketId: this.#ticketId,
      body,
      visibility,
      format,
      attachmentIds: attachments.map(({ id }) => id),
    };
    try {
      const { draft, apart } = await client.desk.drafts.save({ id: kept.id, ...asked, revision: kept.revision });
      if (draft !== null && this.#kept === kept) {
        kept.id = draft.id;
        kept.revision = draft.revision;
        this.#show({ state: apart ? 'apart' : 'saved' });
      }
    } catch {
      if (this.#kept === kept) {
        this.#show({ state: 'unsaved' });
        this.#saveIn(retryMs);
      }
    }
    kept.busy = false;
    if (!kept.again) return;
    kept.again = false;
    if (this.#kept === kept) await this.#save();
  }
}
