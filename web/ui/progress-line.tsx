import './progress-line.css';

interface ProgressLineProps {
  /** Something is under way. */
  busy: boolean;
  /** The live line is cut; the sentence says so. */
  lost: string | undefined;
}

/** The thin line at the very top: work in progress, or a lost connection with its sentence. */
export function ProgressLine({ busy, lost }: ProgressLineProps) {
  return (
    <>
      <div className="v-progress" data-busy={busy || undefined} data-lost={lost !== undefined || undefined} />
      <output className="v-lost" hidden={lost === undefined}>
        {lost}
      </output>
    </>
  );
}
