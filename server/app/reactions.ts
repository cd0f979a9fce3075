import type { Reactions } from '#platform/jobs.ts';
import type { Modules } from './modules.ts';

/** What follows from each fact: the code behind the names of reaction-names.ts. */
export function createReactions({ logbook, upkeep }: Modules): Reactions {
  return {
    'people.personAdded': { 'logbook.record': logbook.record },
    'estate.thingChanged': { 'logbook.record': logbook.record },
    'estate.dependenciesChanged': { 'logbook.record': logbook.record },
    'upkeep.runProposed': { 'logbook.record': logbook.record },
    'upkeep.runApproved': { 'logbook.record': logbook.record },
    'upkeep.runRefused': { 'logbook.record': logbook.record },
    'upkeep.emergencyDeclared': { 'logbook.record': logbook.record },
    'upkeep.emergencyReviewed': { 'logbook.record': logbook.record },
    'upkeep.runStarted': { 'logbook.record': logbook.record },
    'upkeep.stepEnded': { 'logbook.record': logbook.record },
    'upkeep.runReattached': { 'logbook.record': logbook.record },
    'upkeep.runEnded': { 'logbook.record': logbook.record },
    'upkeep.accessChanged': { 'logbook.record': logbook.record },
    'watch.stateChanged': { 'logbook.record': logbook.record },
    'watch.alertRaised': { 'logbook.record': logbook.record },
    'watch.checksRan': { 'upkeep.takeAnswer': upkeep.takeAnswer },
    'desk.incidentOpened': { 'logbook.record': logbook.record },
    'desk.incidentAcknowledged': { 'logbook.record': logbook.record },
    'desk.incidentSolved': { 'logbook.record': logbook.record },
    'desk.incidentReopened': { 'logbook.record': logbook.record },
    'desk.incidentResolved': { 'logbook.record': logbook.record },
    'desk.commentAdded': { 'logbook.record': logbook.record },
  };
}
