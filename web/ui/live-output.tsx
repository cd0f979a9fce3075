import { useEffect, useRef, useState } from 'react';
import { plainLines } from './ansi.ts';
import { useUi } from './words.ts';
import './live-output.css';

/** More lines than this are cut from the start; the whole output stays with the server. */
const maxLines = 5000;

interface LiveOutputProps {
  /** All output known so far, as the remote side sent it. */
  output: string;
  /** More may come. */
  live: boolean;
  label?: string;
}

/** Output of a command as it comes: follows the end until one scrolls up, bounded, without escape sequences. */
export function LiveOutput({ output, live, label }: LiveOutputProps) {
  const { words } = useUi();
  const box = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);
  const lines = plainLines(output.endsWith('\n') ? output.slice(0, -1) : output);
  const shown = lines.slice(-maxLines);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    // Scrolled by keyboard, so it must take the focus.
    element.tabIndex = 0;
    if (follows) element.scrollTop = element.scrollHeight;
  });
  const onScroll = (): void => {
    const element = box.current;
    if (element === null) return;
    setFollows(element.scrollHeight - element.scrollTop - element.clientHeight < 24);
  };
  return (
    <section className="v-output" aria-label={label ?? words.output.label}>
      <div className="v-output-box" ref={box} onScroll={onScroll} role="log" aria-live="off">
        {lines.length > shown.length && (
          <div className="v-output-cut">{words.output.cut(lines.length - shown.length)}</div>
        )}
        <pre className="v-output-text">{output === '' ? words.output.empty : shown.join('\n')}</pre>
        {live && <span className="v-output-caret" aria-hidden="true" />}
      </div>
      {live && !follows && (
        <button type="button" className="v-output-follow" onClick={() => setFollows(true)}>
          {words.output.follow}
        </button>
      )}
    </section>
  );
}
