import type { NamedTarget } from '#contract/notify-routes.ts';
import { useNotifyTexts } from './notify-texts.ts';
import './notify.css';

/** Whom a route or a step tells, by kind and name. */
export function TargetChips({ targets }: { targets: readonly NamedTarget[] }) {
  const { routes: texts } = useNotifyTexts();
  return (
    <span className="v-targets">
      {targets.map(({ kind, id, name }) => (
        <span key={`${kind} ${id}`}>
          <span className="v-quiet">{texts.kinds[kind]}</span> {name === '' ? texts.gone : name}
        </span>
      ))}
    </span>
  );
}
