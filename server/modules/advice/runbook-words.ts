import type { RecommendationKind } from '#contract/advice.ts';

/**
 * What a runbook would say of itself that helps against a finding, in both languages: runbooks are found by the words of
 * their symptoms and their name.
 */
export const runbookWords: Partial<Record<RecommendationKind, string>> = {
  diskFilling:
    'disk full filling up no space left rotate compress logs clean ' +
    'disque plein se remplit espace rotation compresser journaux nettoyer',
  memoryPressure: 'memory short swap out of memory mémoire saturée échange',
  certificateEnding: 'certificate expires renew ends certificat expire renouveler échéance',
  timeDrift: 'clock time drift ntp chrony horloge heure dérive décalée',
  missingIndex: 'slow query missing index database requête lente index base de données',
  slowStatement: 'slow query statement database requête lente base de données',
  poolNearLimit: 'connections pool limit database too many connexions limite base de données trop',
};
