import type { FlightLine } from '#contract/desk-mail-words.ts';
import { useMailTexts } from './mail-texts.ts';

/** A flight record: what was decided at each step, in a sentence, and on which words it stood. */
export function FlightLines({ lines }: { lines: readonly FlightLine[] }) {
  const { record } = useMailTexts();
  return (
    <ol className="v-flight">
      {lines.map((line, place) => (
        // A record only grows at its end.
        <li key={place} data-loud={loud.has(line.rule) || undefined}>
          <span className="v-flight-step">{record.steps[line.step]}</span>
          <span>
            {line.sentence}
            {line.evidence !== '' && <code className="v-flight-evidence">{line.evidence}</code>}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What its reader should not overlook. */
const loud = new Set([
  'quarantined',
  'auth_failed',
  'token_forged',
  'writer_stranger',
  'writer_spoofed',
  'program_attached',
  'bounced',
  'send_refused',
  'send_gave_up',
  'send_too_large',
  'send_no_mailbox',
  'budget_overall',
]);
