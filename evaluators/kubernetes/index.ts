// RBAC of a Kubernetes cluster, judged: what each name may do, whom it can act as, and how it comes to more.
import type { Platform } from '@/core/access'
import { admits } from './admits'
import { can } from './can'
import { LANGUAGE } from './cluster'
import { ESCALATIONS } from './escalations'
import { Judge } from './judge'
import { pitfallsOf } from './pitfalls'
import { runnerStepsOf, stepsOf } from './steps'

export const kubernetes: Platform = {
  id: 'kubernetes',
  languages: [LANGUAGE],
  realms: ['kubernetes.cluster', 'kubernetes.namespace'],
  escalations: ESCALATIONS,
  within(realm) {
    const judge = new Judge(realm)
    return {
      can: (principal, question) => can(judge.cluster, principal, question),
      privileges: (principal) => judge.privileges(principal),
      steps: (principal) => stepsOf(judge, principal),
      runnerSteps: (runner) => runnerStepsOf(judge, runner),
      admits: (principal, caller) => admits(judge.cluster, principal, caller),
      // Of those whom a cloud or a vault lets in they are told there.
      pitfalls: (principal) => pitfallsOf(realm, principal),
    }
  },
}
