import { Link } from 'react-router';
import type { z } from 'zod';
import type { delivery } from '#contract/notify.ts';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { Time } from '#web/ui/time.tsx';
import { paths } from '#web/paths.ts';
import { useNotifyTexts } from './notify-texts.ts';
import './notify.css';

type Delivery = z.infer<typeof delivery>;

/** Notices of one channel, newest first, with what the other side answered. */
export function DeliveryStory({ label, deliveries }: { label: string; deliveries: readonly Delivery[] }) {
  const { about } = useNotifyTexts();
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
          </span>
          <span className="v-quiet">
            <Time at={each.at} show="clock" />
          </span>
        </li>
      ))}
    </ul>
  );
}
