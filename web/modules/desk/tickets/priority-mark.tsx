import type { Ticket } from '#contract/desk.ts';
import { useDeskTexts } from '../desk-texts.ts';
import '../desk.css';

/** How many of the four bars are filled. */
const bars: Record<Ticket['priority'], number> = { low: 1, normal: 2, high: 3, critical: 4 };

/** A priority as rising bars and its word: read by shape, not by a state's colour. */
export function PriorityMark({ priority }: { priority: Ticket['priority'] }) {
  const texts = useDeskTexts();
  return (
    <span className="v-priority" data-priority={priority}>
      <svg viewBox="0 0 16 12" width="16" height="12" aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <rect
            key={bar}
            x={(bar - 1) * 4}
            y={12 - bar * 3}
            width="3"
            height={bar * 3}
            rx="1"
            data-on={bar <= bars[priority] || undefined}
          />
        ))}
      </svg>
      {texts.priorities[priority]}
    </span>
  );
}
