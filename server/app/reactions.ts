import type { Reactions } from '#platform/jobs.ts';
import type { Modules } from './modules.ts';

/** What follows from each fact: the code behind the names of reaction-names.ts. */
export function createReactions({ advice, desk, notify, logbook, upkeep, watch }: Modules): Reactions {
  return {
    'people.personAdded': { 'logbook.record': logbook.record },
    'people.linkWanted': { 'desk.welcomeRequester': desk.welcomeRequester, 'notify.sendLink': notify.sendLink },
    'people.coverChanged': { 'notify.tellCover': notify.tellCover },
    'estate.thingChanged': { 'watch.followThing': watch.reactions.followThing, 'logbook.record': logbook.record },
    'estate.dependenciesChanged': {
      'watch.followDependencies': watch.reactions.followDependencies,
      'logbook.record': logbook.record,
    },
    'upkeep.runProposed': {
      'desk.tellRun': desk.tellRun,
      'logbook.record': logbook.record,
      'notify.askApproval': notify.askApproval,
    },
    'upkeep.runApproved': {
      'desk.tellRun': desk.tellRun,
      'logbook.record': logbook.record,
      'notify.closeApproval': notify.closeApproval,
    },
    'upkeep.runRefused': {
      'desk.tellRun': desk.tellRun,
      'logbook.record': logbook.record,
      'notify.closeApproval': notify.closeApproval,
    },
    'upkeep.emergencyDeclared': {
      'desk.tellRun': desk.tellRun,
      'logbook.record': logbook.record,
      'notify.closeApproval': notify.closeApproval,
    },
    'upkeep.emergencyReviewed': { 'desk.tellRun': desk.tellRun, 'logbook.record': logbook.record },
    'upkeep.runStarted': { 'desk.tellRun': desk.tellRun, 'logbook.record': logbook.record },
    'upkeep.stepEnded': { 'logbook.record': logbook.record },
    'upkeep.runReattached': { 'desk.tellRun': desk.tellRun, 'logbook.record': logbook.record },
    'upkeep.runEnded': {
      'desk.tellRun': desk.tellRun,
      'logbook.record': logbook.record,
      'notify.closeApproval': notify.closeApproval,
      'advice.noteRun': advice.noteRun,
    },
    'upkeep.checkRequested': { 'watch.answerRequest': watch.reactions.answerRequest },
    'desk.proofWanted': { 'watch.answerRequest': watch.reactions.answerRequest },
    'upkeep.accessChanged': { 'watch.followAccess': watch.reactions.followAccess, 'logbook.record': logbook.record },
    'watch.stateChanged': { 'logbook.record': logbook.record },
    'watch.alertRaised': { 'desk.takeAlert': desk.takeAlert, 'logbook.record': logbook.record },
    'desk.incidentOpened': { 'logbook.record': logbook.record, 'notify.tellTicket': notify.tellTicket },
    'desk.incidentAcknowledged': { 'logbook.record': logbook.record, 'notify.tellTicket': notify.tellTicket },
    'desk.incidentSolved': { 'logbook.record': logbook.record, 'notify.tellTicket': notify.tellTicket },
    'desk.incidentReopened': { 'logbook.record': logbook.record, 'notify.tellTicket': notify.tellTicket },
    'desk.incidentResolved': { 'logbook.record': logbook.record, 'notify.tellTicket': notify.tellTicket },
    'desk.promiseNear': { 'notify.tellPromise': notify.tellPromise },
    'desk.mentioned': { 'notify.tellMention': notify.tellMention },
    'desk.commentAdded': { 'logbook.record': logbook.record },
    'watch.alertChanged': { 'desk.followAlert': desk.followAlert },
    'watch.alertCleared': { 'desk.clearAlert': desk.clearAlert },
    'watch.windowVerified': { 'logbook.record': logbook.record },
    'watch.checksRan': { 'upkeep.takeAnswer': upkeep.takeAnswer, 'desk.takeProof': desk.takeProof },
  };
}
