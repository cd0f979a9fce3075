const encoder = new TextEncoder();

/**
 * A file whose text is made while it is sent: the next part is asked for when the receiver has taken the last, so that
 * a file of any length needs the room of one part. Its size is not known; a part that fails cuts the transfer short.
 */
export class StreamedFile extends File {
  readonly #parts: () => AsyncGenerator<string, void>;

  constructor(name: string, type: string, parts: () => AsyncGenerator<string, void>) {
    super([], name, { type });
    this.#parts = parts;
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const parts = this.#parts();
    return new ReadableStream(
      {
        async pull(controller) {
          const next = await parts.next();
          if (next.done === true) controller.close();
          else controller.enqueue(encoder.encode(next.value));
        },
        async cancel() {
          await parts.return(undefined);
        },
      },
      { highWaterMark: 1 },
    );
  }

  /** What tells a receiver that this is a file to keep, and under which name (RFC 6266). */
  get headers(): Record<string, string> {
    const plain = this.name.replaceAll(/[^\w.-]/gu, '_');
    return {
      'content-type': this.type,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(this.name)}`,
    };
  }
}
