import type { FieldFault, RefusalCode } from '#contract/refusal.ts';
import type { FieldReason } from '#texts/refusal-text.ts';

/** A fault of one field: told already, or by a reason whose sentence is found when the answer is written. */
export type Fault = FieldFault | { readonly path: string; readonly reason: FieldReason };

/**
 * A foreseen "no": one of the contract's closed list, with what its sentence needs. It becomes an answer with that
 * code's status and a text in the reader's language. Any other error is a bug.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly detail: Readonly<Record<string, string | number>>;
  readonly fields: readonly Fault[];

  constructor(
    code: RefusalCode,
    detail: Readonly<Record<string, string | number>> = {},
    fields: readonly Fault[] = [],
  ) {
    super(`refused: ${code}`);
    this.name = 'Refusal';
    this.code = code;
    this.detail = detail;
    this.fields = fields;
  }
}
