import { useQuery } from '@tanstack/react-query';
import { useDeskTexts } from './desk-texts.ts';
import { openCountQuery } from './tickets/ticket-queries.ts';

/** How many incidents are open, beside the module's word; nothing when there is none. */
export function OpenBadge() {
  const texts = useDeskTexts();
  const count = useQuery(openCountQuery).data?.total ?? 0;
  if (count === 0) return null;
  return (
    <span className="v-badge-count" title={texts.badge(count)}>
      {count}
    </span>
  );
}
