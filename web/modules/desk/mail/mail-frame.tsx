import { useComputedColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { mailReadingQuery } from './mail-queries.ts';
import { useMailTexts } from './mail-texts.ts';
import './mail.css';

/**
 * A mail's HTML in a frame of its own, as high as what stands in it. The server made it safe; the frame's policy lets
 * nothing in it run, send or load, but images of the sender's server once somebody asked for them.
 */
export function MailFrame({ mailId }: { mailId: string }) {
  const { formatted: texts } = useMailTexts();
  const reading = useQuery(mailReadingQuery(mailId));
  const [remote, setRemote] = useState(false);
  const [folded, setFolded] = useState(false);
  const dark = useComputedColorScheme('light') === 'dark';
  const frame = useRef<HTMLIFrameElement>(null);
  const { height, measure } = useFrameHeight(frame);
  if (reading.error !== null) return <p className="v-quiet">{sentenceOf(reading.error).text}</p>;
  if (reading.data === undefined) return <p className="v-quiet">{texts.reading}</p>;
  if (reading.data.html === null) return <p className="v-quiet">{texts.none}</p>;
  const { remoteImages, folded: hasFolds, links } = reading.data;
  const deceptive = links.filter((link) => link.deceptive);
  const wish = [...(remote ? ['remote'] : []), ...(folded ? ['folded'] : []), ...(dark ? ['dark'] : [])].join('&');
  return (
    <div className="v-mail-formatted">
      {deceptive.length > 0 && (
        <p className="v-mail-warning" role="note">
          {texts.deceptive(deceptive.length)}{' '}
          {deceptive
            .slice(0, 5)
            .map(({ text, host }) => `${text} → ${host}`)
            .join(' · ')}
        </p>
      )}
      <iframe
        ref={frame}
        className="v-mail-frame"
        title={texts.frame}
        src={`/files/mails/${mailId}/page?${wish}`}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        style={{ height }}
        onLoad={measure}
      />
      <div className="v-message-mail">
        {remoteImages > 0 && !remote && (
          <>
            <span>
              {texts.blocked(remoteImages)}. {texts.loadHelp}
            </span>
            <ActionButton onClick={() => setRemote(true)}>{texts.load}</ActionButton>
          </>
        )}
        {hasFolds && (
          <ActionButton onClick={() => setFolded(!folded)}>{folded ? texts.fold : texts.unfold}</ActionButton>
        )}
      </div>
    </div>
  );
}

const lowestPx = 40;
const highestPx = 4_000;

/** Follows the height of what a frame shows, which grows when images arrive or the window gets narrower. */
function useFrameHeight(frame: RefObject<HTMLIFrameElement | null>): { height: number; measure: () => void } {
  const [height, setHeight] = useState(lowestPx);
  const [body, setBody] = useState<HTMLElement>();
  useEffect(() => {
    if (body === undefined) return undefined;
    const observer = new ResizeObserver(() =>
      setHeight(Math.min(highestPx, Math.max(lowestPx, body.scrollHeight + 4))),
    );
    observer.observe(body);
    return () => observer.disconnect();
  }, [body]);
  return { height, measure: () => setBody(frame.current?.contentDocument?.body) };
}
