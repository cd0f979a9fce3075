import type { reportWords as english } from '../en/report-words.ts';

/** Titres d’un rapport de résolution à l’écran, dans la langue du rapport. */
export const reportWords: typeof english = {
  kind: 'Rapport de résolution',
  incident: (number: number): string => `Incident nº ${number}`,
  made: 'Établi',
  facts: 'Données',
  summary: 'Résumé',
  timeline: 'Chronologie',
  cause: 'Cause',
  remedy: 'Remède',
  runs: 'Exécutions',
  onHost: (host: string): string => `sur ${host}`,
  proposedBy: 'Proposée par',
  approvedBy: 'Approuvée par',
  step: 'Étape',
  state: 'État',
  took: 'Durée',
  code: 'Code',
  proof: 'Preuve',
  check: 'Contrôle',
  before: 'Avant',
  after: 'Après',
  affected: 'Touchés',
  people: (count: number): string => (count > 1 ? `${count} personnes` : `${count} personne`),
  more: (count: number): string => (count > 1 ? `et ${count} autres` : `et ${count} autre`),
  chart: 'Mesure autour de l’interruption',
};
