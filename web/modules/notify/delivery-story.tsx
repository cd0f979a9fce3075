import { Link } from 'react-router';
import type { Delivery } from '#contract/notify.ts';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { Time } from '#web/ui/time.tsx';
import { paths } from '#web/paths.ts';
import { useNotifyTexts } from './notify-texts.ts';
import { RetryButton } from './retry-button.tsx';
import './notify.css';

/** Notices of one channel, newest first, with what the other side answered, or why one was held. */
export function DeliveryStory({ label, deliveries }: { label: string; deliveries: readonly Delivery[] }) {
  const { about, deliveries: texts } = useNotifyTexts();
  return (
    <ul className="v-deliveries" aria-label={label}>
      {deliveries.map((each) => (
        <li key={each.id}>
          <PhaseBadge phase={each.state} />
          <span className="v-delivery-text">
            <span className="v-quiet">{about[each.about]}</span>{' '}
            {each.ticketId === null ? (
              each.subject
            ) : (
              <Link className="v-link" to={paths.ticket(each.ticketId)}>
                {each.subject}
              </Link>
            )}
            {each.answer !== '' && <span className="v-delivery-answer">{each.answer}</span>}
            {each.toldIn !== null && <span className="v-delivery-answer">{texts.together}</span>}
            {each.because.map((way) => (
              <span key={way} className="v-delivery-answer">
                {way}
              </span>
            ))}
          </span>
          <span className="v-quiet">
            <Time at={each.at} show="clock" /> <RetryButton delivery={each} />
          </span>
        </li>
      ))}
    </ul>
  );
}
