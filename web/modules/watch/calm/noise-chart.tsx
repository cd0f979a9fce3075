import { Link } from 'react-router';
import { paths } from '#web/paths.ts';
import { Section } from '#web/ui/section.tsx';
import { useUi } from '#web/ui/words.ts';
import { useCalmTexts } from './calm-texts.ts';
import type { client } from '#web/shell/api.ts';

type Cost = Awaited<ReturnType<typeof client.watch.noise.list>>['items'][number];

/** So many are compared at a glance; the table below has all. */
const mostBars = 8;

const parts = ['actedUpon', 'acknowledged', 'selfHealed', 'open'] as const;
type Part = (typeof parts)[number];

/** What came of the alerts of a check; those of which nothing is known yet are the rest. */
function partsOf({ alerts, actedUpon, acknowledged, selfHealed }: Cost): Readonly<Record<Part, number>> {
  return {
    actedUpon,
    acknowledged,
    selfHealed,
    open: Math.max(0, alerts - actedUpon - acknowledged - selfHealed),
  };
}

/** The checks that raised most alerts, each with what came of them. The table of the page says the same in numbers. */
export function NoiseChart({ costs }: { costs: readonly Cost[] }) {
  const texts = useCalmTexts().noise;
  const { locale } = useUi();
  const noisiest = costs
    .filter(({ alerts }) => alerts > 0)
    .toSorted((one, other) => other.alerts - one.alerts)
    .slice(0, mostBars);
  if (noisiest.length === 0) return null;
  const most = Math.max(...noisiest.map((cost) => Object.values(partsOf(cost)).reduce((sum, each) => sum + each, 0)));
  const number = new Intl.NumberFormat(locale);
  return (
    <div className="v-noise-chart">
      <Section title={texts.chart}>
        <p className="v-noise-key">
          {parts.map((part) => (
            <span key={part} className={`v-noise-part v-noise-${part}`}>
              {texts.parts[part]}
            </span>
          ))}
        </p>
        <ol className="v-noise-bars">
          {noisiest.map((cost) => {
            const counts = partsOf(cost);
            return (
              <li key={cost.checkId}>
                <Link className="v-link" to={paths.checkRules(cost.checkId)}>
                  {cost.target} – {cost.name}
                </Link>
                <span className="v-noise-bar" aria-hidden="true">
                  {parts.map((part) => (
                    <span
                      key={part}
                      className={`v-noise-${part}`}
                      title={`${texts.parts[part]} ${number.format(counts[part])}`}
                      style={{ width: `${(counts[part] / most) * 100}%` }}
                    />
                  ))}
                </span>
                <span className="v-noise-count">{texts.alertsAndMessages(cost.alerts, Math.round(cost.messages))}</span>
              </li>
            );
          })}
        </ol>
      </Section>
    </div>
  );
}
