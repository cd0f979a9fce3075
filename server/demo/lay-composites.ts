import { checkOn, checks, type InventedCheck } from './company/checks.ts';
import { thingNamed, type Company } from './settle-company.ts';
import type { Stage } from './stage.ts';

const everyOn = (thing: string): InventedCheck[] => checks.filter(({ on }) => on.name === thing);

/** What the business asks of several things at once: checks that are made of others. */
export async function layComposites(stage: Stage, company: Company): Promise<void> {
  const { create } = stage.modules.watch.handlers.checks;
  const { karim } = company.crew;
  const lines = [
    {
      name: 'Vendre en ligne, de bout en bout',
      on: 'Boutique en ligne',
      importance: 'high',
      settings: { mode: 'all' },
      members: [
        ...everyOn('Boutique en ligne'),
        ...everyOn('Base de la boutique'),
        checkOn('web-02', 'systemd-unit'),
        checkOn('DNS interne', 'dns'),
      ],
    },
    {
      name: 'Résolution des noms : un serveur suffit',
      on: 'DNS interne',
      importance: 'normal',
      settings: { mode: 'any', warnWithoutReserve: true },
      members: [...everyOn('DNS interne'), ...everyOn('DNS Montréal')],
    },
  ] as const;
  for (const { name, on, importance, settings, members } of lines) {
    const { kind, id } = thingNamed(company.things, on);
    const asked = {
      name,
      kind: 'composite',
      target: { kind, id },
      importance,
      settings: { ...settings, members: members.map((member) => company.checkIds.get(member) ?? '') },
      intervalSeconds: 60,
    };
    await stage.act(karim, 'watch.checks.create', asked, create);
  }
}
