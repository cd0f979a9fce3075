import type { FactName } from '#contract/facts.ts';

/**
 * Which reactions follow from each fact. A reaction's name is `module.verb`; it never changes once facts with it may be
 * waiting. The names stand apart from their code because facts are published by modules that are built before it.
 */
const names: { readonly [Name in FactName]?: readonly string[] } = {
  'people.personAdded': ['logbook.record'],
  'people.linkWanted': ['desk.welcomeRequester', 'notify.sendLink'],
  'people.coverChanged': ['notify.tellCover'],
  'estate.thingChanged': ['watch.followThing', 'logbook.record'],
  'estate.dependenciesChanged': ['watch.followDependencies', 'logbook.record'],
  'upkeep.runProposed': ['desk.tellRun', 'logbook.record', 'notify.askApproval'],
  'upkeep.runApproved': ['desk.tellRun', 'logbook.record', 'notify.closeApproval'],
  'upkeep.runRefused': ['desk.tellRun', 'logbook.record', 'notify.closeApproval'],
  'upkeep.emergencyDeclared': ['desk.tellRun', 'logbook.record', 'notify.closeApproval'],
  'upkeep.emergencyReviewed': ['desk.tellRun', 'logbook.record'],
  'upkeep.runStarted': ['desk.tellRun', 'logbook.record'],
  'upkeep.stepEnded': ['logbook.record'],
  'upkeep.runReattached': ['desk.tellRun', 'logbook.record'],
  'upkeep.runEnded': ['desk.tellRun', 'logbook.record', 'notify.closeApproval', 'advice.noteRun'],
  'upkeep.checkRequested': ['watch.answerRequest'],
  'desk.proofWanted': ['watch.answerRequest'],
  'upkeep.accessChanged': ['watch.followAccess', 'logbook.record'],
  'watch.stateChanged': ['logbook.record'],
  'watch.alertRaised': ['desk.takeAlert', 'logbook.record'],
  'desk.incidentOpened': ['logbook.record', 'notify.tellTicket'],
  'desk.incidentAcknowledged': ['logbook.record', 'notify.tellTicket'],
  'desk.incidentSolved': ['logbook.record', 'notify.tellTicket'],
  'desk.incidentReopened': ['logbook.record', 'notify.tellTicket'],
  'desk.incidentResolved': ['logbook.record', 'notify.tellTicket'],
  'desk.promiseNear': ['notify.tellPromise'],
  'desk.mentioned': ['notify.tellMention'],
  'desk.commentAdded': ['logbook.record'],
  'watch.alertChanged': ['desk.followAlert'],
  'watch.alertCleared': ['desk.clearAlert'],
  'watch.windowVerified': ['logbook.record'],
  'watch.checksRan': ['upkeep.takeAnswer', 'desk.takeProof'],
};

/** The names of the reactions to a fact. */
export function reactionsTo(fact: FactName): readonly string[] {
  return names[fact] ?? [];
}
