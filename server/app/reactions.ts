import type { Reactions } from '#platform/react-to-facts.ts';
import type { Modules } from './modules.ts';

/** What follows from each fact: the code behind the names of reaction-names.ts. */
export function createReactions({ advice, desk, notify, logbook, upkeep, watch }: Modules): Reactions {
  const record = { together: logbook.record };
  const tellTicket = { together: notify.tellTickets };
  return {
    'people.personAdded': { 'logbook.record': record },
    'people.linkWanted': { 'desk.welcomeRequester': desk.welcomeRequester, 'notify.sendLink': notify.sendLink },
    'people.coverChanged': { 'notify.tellCover': notify.tellCover },
    'estate.thingChanged': { 'watch.followThing': watch.reactions.followThing, 'logbook.record': record },
    'estate.dependenciesChanged': {
      'watch.followDependencies': watch.reactions.followDependencies,
      'logbook.record': record,
    },
    'upkeep.runProposed': {
      'desk.tellRun': desk.tellRun,
      'logbook.record': record,
      'notify.askApproval': notify.askApproval,
    },
    'upkeep.runApproved': {
      'desk.tellRun': desk.tellRun,
      'logbook.record': record,
      'notify.closeApproval': notify.closeApproval,
    },
    'upkeep.runRefused': {
      'desk.tellRun': desk.tellRun,
      'logbook.record': record,
      'notify.closeApproval': notify.closeApproval,
    },
    'upkeep.emergencyDeclared': {
      'desk.tellRun': desk.tellRun,
      'logbook.record': record,
      'notify.closeApproval': notify.closeApproval,
    },
    'upkeep.emergencyReviewed': { 'desk.tellRun': desk.tellRun, 'logbook.record': record },
    'upkeep.runStarted': { 'desk.tellRun': desk.tellRun, 'logbook.record': record },
    'upkeep.stepEnded': { 'logbook.record': record },
    'upkeep.runReattached': { 'desk.tellRun': desk.tellRun, 'logbook.record': record },
    'upkeep.runEnded': {
      'desk.tellRun': desk.tellRun,
      'logbook.record': record,
      'notify.closeApproval': notify.closeApproval,
      'advice.noteRun': advice.noteRun,
    },
    'upkeep.checkRequested': { 'watch.answerRequest': watch.reactions.answerRequest },
    'desk.proofWanted': { 'watch.answerRequest': watch.reactions.answerRequest },
    'upkeep.accessChanged': { 'watch.followAccess': watch.reactions.followAccess, 'logbook.record': record },
    'watch.stateChanged': { 'logbook.record': record },
    'watch.alertRaised': { 'desk.takeAlert': { together: desk.takeAlerts }, 'logbook.record': record },
    'desk.incidentOpened': { 'logbook.record': record, 'notify.tellTicket': tellTicket },
    'desk.incidentAcknowledged': { 'logbook.record': record, 'notify.tellTicket': tellTicket },
    'desk.incidentSolved': { 'logbook.record': record, 'notify.tellTicket': tellTicket },
    'desk.incidentReopened': { 'logbook.record': record, 'notify.tellTicket': tellTicket },
    'desk.incidentResolved': { 'logbook.record': record, 'notify.tellTicket': tellTicket },
    'desk.promiseNear': { 'notify.tellPromise': notify.tellPromise },
    'desk.mentioned': { 'notify.tellMention': notify.tellMention },
    'desk.commentAdded': { 'logbook.record': record },
    'watch.alertChanged': { 'desk.followAlert': desk.followAlert },
    'watch.alertCleared': { 'desk.clearAlert': { together: desk.clearAlerts } },
    'watch.windowVerified': { 'logbook.record': record },
    'watch.checksRan': { 'upkeep.takeAnswer': upkeep.takeAnswer, 'desk.takeProof': desk.takeProof },
  };
}
