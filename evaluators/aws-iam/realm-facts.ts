// What a realm tells beside its principals: its account, what caps it, policies of its resources, and what was not seen.
import type { Realm, RealmPart } from '@/core/access'
import { arnOf, isAccount } from './arn'
import { hasResourcePolicies, isCappedOnResource } from './resource-services'
import { readCeilings, type Ceilings } from './ceilings'
import type { Over, ResourceSide } from './decide'
import type { Asked } from './match'
import { isRecord } from './json'
import { mystery, readStatements, type Statement } from './statements'
import { arnOfPrincipal, type Subject } from './subject'

const ANYONE = { named: [{ type: 'anyone', value: '*' }], except: false } as const

export class RealmFacts {
  readonly account: string | undefined
  readonly ceilings: Ceilings
  private readonly policies = new Map<string, Statement[]>()
  private readonly policed: string[] = []
  /** Regions in which something of the account is known to be. */
  readonly regions: ReadonlySet<string>

  constructor(readonly realm: Realm) {
    const arns = realm.principals.map((one) => arnOf(arnOfPrincipal(one) ?? '')?.account)
    this.account = arns.find(isAccount) ?? (isAccount(realm.id) ? realm.id : undefined)
    this.ceilings = readCeilings(realm)
    this.regions = regionsOf(realm)
    for (const { type, name, document } of realm.rulings) {
      if (type !== 'aws.resource-policy') continue
      const resource = typeof document?.resource === 'string' ? document.resource : undefined
      if (resource === undefined) continue
      const { policy } = document ?? {}
      const words = `The policy of ${name.slice(0, 120)}`
      const statements =
        policy == null
          ? []
          : isRecord(policy)
            ? readStatements(words, policy, 'resource')
            : [mystery(`${words} was not understood.`)]
      const read = statements.map((one) => (one.principals ? one : { ...one, principals: ANYONE }))
      this.policies.set(resource, [...(this.policies.get(resource) ?? []), ...read])
      this.policed.push(resource)
    }
  }

  /** Whether the policy of any resource was read. */
  get hasPolicies(): boolean {
    return this.policed.length > 0
  }

  unseen(part: RealmPart): string[] {
    // What of the organization was not read is told by the ceilings, one sort at a time.
    const own = this.realm.unseen.filter(
      ({ part: of, words }) =>
        of === part && !words.startsWith('organizations:') && !(of === 'rulings' && ELSEWHERE.test(words)),
    )
    return own.map(({ words }) => words)
  }

  /** What caps a request of a subject for a service's resource, and what of the grants was not seen. */
  over(subject: Subject, service: string, resource: string): Over {
    const { organization, service: levels, resource: onResources, unseen } = this.ceilings
    const management = organization?.management
    const isExempt = (account: string | undefined) => management !== undefined && account === management
    const isCapped = !subject.serviceLinked && !isExempt(subject.account)
    const owner = arnOf(resource)?.account || this.account
    const isOwn = owner === this.account && !isExempt(owner)
    const isResourceCapped = isCapped && isOwn && isCappedOnResource(service)
    const grants = this.unseen('grants')
    const rulings = isCapped ? this.unseen('rulings') : []
    return {
      service: isCapped ? levels : [],
      resource: isResourceCapped ? onResources : [],
      caps: [...(isCapped ? unseen.service : []), ...(isResourceCapped ? unseen.resource : []), ...rulings],
      takes: grants,
      gives: grants,
    }
  }

  /** The policy of the resource that is asked about, as far as it was read. */
  resourceSide(subject: Subject, service: string, asked: Asked): ResourceSide {
    const owner = arnOf(asked.text)?.account
    const isForeign = isAccount(owner) && subject.account !== undefined && owner !== subject.account
    const found = this.policed.find((resource) => isAt(asked.text, resource))
    const statements = found === undefined ? [] : (this.policies.get(found) ?? [])
    const isKey = service === 'kms' && /:key\//.test(asked.text)
    const rule = isForeign ? 'foreign' : isKey ? 'must' : 'own'
    if (found !== undefined) return { rule, statements, unseen: [] }
    if (isForeign)
      return { rule, statements, unseen: [`Account ${owner}, whose resource it is, is not collected`] }
    if (isKey)
      return {
        rule,
        statements,
        unseen: ['The policy of the key was not read; every key has one, and it decides'],
      }
    const mayHave = asked.text !== '*' && hasResourcePolicies(service)
    return { rule, statements, unseen: mayHave ? this.unseen('rulings') : [] }
  }
}

/** Documents of clusters are about rights there: that they were not read says nothing about rights in the account. */
const ELSEWHERE = /^(eks:|account:|clusters )/

const regionsOf = ({ runners, things, rulings }: Realm): Set<string> =>
  new Set(
    [...runners, ...things, ...rulings].flatMap((one) =>
      [one.id, ...('aliases' in one ? one.aliases : [])].flatMap((name) => arnOf(name)?.region || []),
    ),
  )

/** A bucket's policy is about its objects, that of a log group about its streams. */
const isAt = (text: string, resource: string): boolean =>
  text === resource || text.startsWith(`${resource}/`) || text.startsWith(`${resource}:`)
