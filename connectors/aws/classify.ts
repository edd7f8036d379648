// Decides by visible rules whether a person, a workload or AWS itself acts through an identity, and says which rule decided.
import type { Fact } from '@/core/fact'
import type { IdentityClass } from '@/core/observation'
import { isUsedSlot, type ReportRow } from './credential-report'
import type { TrustedBy } from './map-trust'

export type Classified = { class: IdentityClass; classReason: string; classUnseen?: true }
const decided = (as: IdentityClass, classReason: string): Classified => ({ class: as, classReason })

/** Unclear only because something could not be seen: what was decided earlier stands. */
const unseen = (classReason: string): Classified => ({ class: 'unclear', classReason, classUnseen: true })

const SSO_PATH = '/aws-reserved/sso.amazonaws.com/'
const REASON_UNREADABLE = 'Who may assume it could not be read.'

/** A user: by what it signs in with. */
export function classifyUser(row: Fact<ReportRow>): Classified {
  if (row.state !== 'known') {
    const why = row.state === 'unknown' ? row.why : 'absent'
    return unseen(`Whether it has a console password could not be seen (credential report: ${why}).`)
  }
  const { passwordEnabled, mfa, keys } = row.value
  const hasKeys = keys.some(isUsedSlot)
  if (passwordEnabled === undefined)
    return unseen('The credential report does not say whether it has a console password.')
  if (passwordEnabled && hasKeys) return decided('unclear', 'It has a console password and access keys.')
  if (passwordEnabled) return decided('human', 'It has a console password and no access key.')
  if (mfa && !hasKeys) return decided('human', 'It has a second factor and no access key.')
  if (mfa) return decided('unclear', 'It has access keys and a second factor, which only a person can show.')
  if (hasKeys) return decided('machine', 'It has access keys and no console password.')
  return decided('unclear', 'It has neither a console password nor an access key.')
}

/** A role: by its path, then by who may assume it. */
export function classifyRole(path: string, trusted: readonly TrustedBy[] | undefined): Classified {
  if (path.startsWith('/aws-service-role/'))
    return decided('provider', `AWS made it for one of its services and alone can use it (path ${path}).`)
  if (path.startsWith(SSO_PATH)) return decided('human', 'People sign in to it through IAM Identity Center.')
  if (path.startsWith('/aws-reserved/')) return decided('provider', `AWS made it for itself (path ${path}).`)
  if (trusted === undefined) return unseen(REASON_UNREADABLE)
  const allowed = trusted.filter((one) => one.effect === 'allow' && one.principalType !== 'unresolvable')
  if (allowed.length === 0) return decided('unclear', 'Nobody that still exists may assume it.')
  if (allowed.every((one) => one.demandsMfa))
    return decided('human', 'Every way to assume it demands a second factor, which only a person can show.')
  const kinds = new Set(allowed.map(kindOf))
  const [only] = kinds
  if (kinds.size !== 1 || only === undefined)
    return decided('unclear', `Several kinds of principals may assume it: ${[...kinds].sort().join(', ')}.`)
  return BY_KIND[only]
}

type PrincipalKind = 'workloads' | 'people' | 'people or workloads'
const BY_KIND: Record<PrincipalKind, Classified> = {
  workloads: decided('machine', 'Only AWS services, outside workloads or other roles may assume it.'),
  people: decided('human', 'Only people who sign in through SAML or IAM Identity Center may assume it.'),
  'people or workloads': decided('unclear', 'Users or whole accounts may assume it: people or workloads.'),
}

function kindOf({ principalType, principal }: TrustedBy): PrincipalKind {
  if (principalType === 'service') return 'workloads'
  if (principalType === 'federated') {
    if (principal.includes(':saml-provider/')) return 'people'
    return principal.includes(':oidc-provider/') ? 'workloads' : 'people or workloads'
  }
  if (principalType !== 'identity') return 'people or workloads'
  if (principal.includes('AWSReservedSSO_')) return 'people'
  return /:role\/|:assumed-role\//.test(principal) ? 'workloads' : 'people or workloads'
}
