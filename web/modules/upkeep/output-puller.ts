/** A piece of a step's output, as the request gives it. */
export interface OutputPiece {
  from: number;
  text: string;
  /** The byte to go on from. */
  next: number;
  ended: boolean;
}

/** What is held of an output; older text is let go, since the server keeps all of it. */
const mostCharacters = 1_000_000;

interface PullerParts<Piece extends OutputPiece> {
  fetchFrom: (byte: number) => Promise<Piece>;
  /** Told with all text held so far and the newest piece. */
  onText: (text: string, piece: Piece) => void;
}

/**
 * Follows an output by byte: one request at a time, each from where the last ended, so that nothing is shown twice and
 * nothing is skipped however often it is nudged. A failed request leaves the place as it is; the next nudge goes on.
 */
export function createOutputPuller<Piece extends OutputPiece>({ fetchFrom, onText }: PullerParts<Piece>) {
  const held = { text: '', place: 0, ended: false, pulling: false, nudged: false };

  const step = async (): Promise<boolean> => {
    const piece = await fetchFrom(held.place);
    const moved = piece.next > held.place;
    if (moved) {
      held.text = (held.text + piece.text).slice(-mostCharacters);
      held.place = piece.next;
    }
    held.ended = piece.ended;
    onText(held.text, piece);
    return !held.ended && (moved || held.nudged);
  };

  /** Fetches what has come since, until there is no more for now. */
  return async function pull(): Promise<void> {
    if (held.ended) return;
    held.nudged = held.pulling;
    if (held.pulling) return;
    held.pulling = true;
    try {
      let more = true;
      while (more) {
        held.nudged = false;
        // The place of each request is the end of the one before.
        more = await step();
      }
    } finally {
      held.pulling = false;
    }
  };
}
