import { randomUUID } from 'node:crypto';

/** The kinds of action that the walk takes and a server acknowledges. */
export type Deed = 'comment' | 'acknowledge' | 'propose' | 'approve' | 'note' | 'resolve';

export interface Line {
  readonly deed: Deed;
  /** Unique words that the action carries, or the id of what it acts on: by these it is found again. */
  readonly mark: string;
  /** True once the server has answered. An action without an answer may have happened or not, but never twice. */
  acknowledged: boolean;
}

/** What was asked of the server, and which of it the server has said yes to. */
export class Ledger {
  readonly lines: Line[] = [];

  /** Writes down what is about to be asked, asks, and writes down the yes. */
  async record<Answer>(deed: Deed, mark: string, ask: () => Promise<Answer>): Promise<Answer> {
    const line: Line = { deed, mark, acknowledged: false };
    this.lines.push(line);
    const answer = await ask();
    line.acknowledged = true;
    return answer;
  }

  of(deed: Deed): readonly Line[] {
    return this.lines.filter((line) => line.deed === deed);
  }
}

export function newMark(): string {
  return `mark-${randomUUID()}`;
}
