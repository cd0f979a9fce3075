import { MessageReader } from '#mail/message-reader.ts';
import type { ReadOutcome } from '#mail/message.ts';

/** The thread goes away when nobody read anything for so long. */
const idleMs = 30_000;

/** Where mails that were filed long ago are read anew, one after the other; its thread is there only while it is used. */
export class ReadingRoom {
  #reader: MessageReader | null = null;
  #timer: NodeJS.Timeout | null = null;

  async read(raw: Uint8Array): Promise<ReadOutcome> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const reader = (this.#reader ??= new MessageReader());
    try {
      return await reader.read(raw);
    } finally {
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#close(reader), idleMs).unref();
    }
  }

  #close(reader: MessageReader): void {
    if (this.#reader === reader) this.#reader = null;
    void reader[Symbol.asyncDispose]();
  }
}
