import { useEffect, useState, type ReactNode } from 'react';
import './delayed.css';

/** Below this, waiting feels like nothing and a skeleton is only a flicker. */
const patienceMs = 300;

/** Shows its content only when the wait lasts. */
export function Delayed({ children }: { children: ReactNode }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return late ? children : null;
}

/** Grey lines in the shape of a page, after 300 ms. */
export function PageSkeleton({ label }: { label: string }) {
  return (
    <Delayed>
      <output className="v-skeleton" aria-label={label}>
        <div className="v-skeleton-title" />
        {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((line) => (
          <div className="v-skeleton-line" key={line} />
        ))}
      </output>
    </Delayed>
  );
}
