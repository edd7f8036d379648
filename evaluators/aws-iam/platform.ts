// AWS as the access analysis asks it: accounts, and the policies of IAM.
import type { Access, Caller, Escalation, Platform, Principal, Privileges, Realm } from '@/core/access'
import { admits } from './admits'
import { AwsAccess, bounded, LANGUAGE, TOO_MUCH } from './aws-access'
import { told } from './judged'
import { privilegesOf } from './privileges'
import { can, notInRealm } from './questions'
import { RestsOn } from './rests-on'
import { ESCALATIONS, escalationSteps, trustPitfalls } from './seam'
import { TrustSteps } from './trust-steps'

const TRUST: Escalation = {
  id: 'trust',
  title: 'Assume a role that lets it in',
  needs: ['sts:AssumeRole'],
  only: 'The trust of the role names it, or its account and what it holds allows it; across accounts both.',
  gives: 'A session of the role',
  source: 'IAM user guide, "Policy evaluation logic" and "Methods to assume a role"',
}

export const aws: Platform = {
  id: 'aws',
  languages: [LANGUAGE],
  realms: ['aws.account'],
  escalations: [TRUST, ...ESCALATIONS],
  within: (realm) => within(realm),
}

function within(realm: Realm): Access {
  const access = new AwsAccess(realm)
  const trust = new TrustSteps(access)
  const rests = new RestsOn(access)
  const principals = new Map<string, Principal>(
    [...realm.elsewhere, ...realm.principals].map((principal) => [principal.id, principal]),
  )
  return {
    can: (id, question) => can(access, id, question),
    privileges: (id) => privileges(access, id),
    steps(id) {
      const subject = access.subject(id)
      if (!subject) return { steps: [], more: true }
      const own = bounded(() => escalationSteps(access, subject), { steps: [], more: true })
      const other = bounded(() => trust.of(subject), { steps: [], more: true })
      // Both are bounded: cut together, one would hide the other.
      return { steps: [...own.steps, ...other.steps], more: own.more || other.more }
    },
    admits(id, caller: Caller) {
      const target = principals.get(id)
      return told(target ? bounded(() => admits(access, target, caller), TOO_MUCH) : notInRealm(id))
    },
    pitfalls(id) {
      const target = principals.get(id)
      return target ? bounded(() => trustPitfalls(access, target), []) : []
    },
    restsOn: (id) => rests.of(id),
  }
}

function privileges(access: AwsAccess, id: string): Privileges {
  const subject = access.subject(id)
  const { because, missing } = notInRealm(id)
  if (!subject) return { certain: 'none', possible: 'administrator', because, missing }
  const tooMuch: Privileges = { certain: 'none', possible: 'administrator', because: TOO_MUCH.because }
  return bounded(() => privilegesOf(access, subject), tooMuch)
}
