import type { FactName } from '#contract/facts.ts';

/**
 * Which reactions follow from each fact. A reaction's name is `module.verb`; it never changes once facts with it may be
 * waiting. The names stand apart from their code because facts are published by modules that are built before it.
 */
const names: { readonly [Name in FactName]?: readonly string[] } = {
  'people.personAdded': ['logbook.record'],
  'estate.thingChanged': ['logbook.record'],
  'estate.dependenciesChanged': ['logbook.record'],
  'upkeep.runProposed': ['logbook.record'],
  'upkeep.runApproved': ['logbook.record'],
  'upkeep.runRefused': ['logbook.record'],
  'upkeep.emergencyDeclared': ['logbook.record'],
  'upkeep.emergencyReviewed': ['logbook.record'],
  'upkeep.runStarted': ['logbook.record'],
  'upkeep.stepEnded': ['logbook.record'],
  'upkeep.runReattached': ['logbook.record'],
  'upkeep.runEnded': ['logbook.record'],
  'upkeep.accessChanged': ['logbook.record'],
  'watch.stateChanged': ['logbook.record'],
  'watch.alertRaised': ['logbook.record'],
  'watch.checksRan': ['upkeep.takeAnswer'],
  'desk.incidentOpened': ['logbook.record'],
  'desk.incidentAcknowledged': ['logbook.record'],
  'desk.incidentSolved': ['logbook.record'],
  'desk.incidentReopened': ['logbook.record'],
  'desk.incidentResolved': ['logbook.record'],
  'desk.commentAdded': ['logbook.record'],
};

/** The names of the reactions to a fact. */
export function reactionsTo(fact: FactName): readonly string[] {
  return names[fact] ?? [];
}
