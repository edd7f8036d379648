// What the ways of the table need to know of a realm: which roles trust a service, which policies can be rewritten, and the like.
import type { Principal, Step } from '@/core/access'
import { all, any, no, not, type Answer } from '../../three-valued'
import { applies } from '../applies'
import type { AwsAccess } from '../aws-access'
import { contextOf, UNKNOWN } from '../context-keys'
import { oneName } from '../match'
import { arnOfPrincipal, type Subject } from '../subject'
import { Targets, type Target } from '../targets'
import { TrustSteps } from '../trust-steps'
import type { TrustRow } from '../trust'

/** Roles that trust a service, and the answer for each where conditions of the trust decide. */
export type Trusting = {
  targets: Targets
  open: ReadonlyMap<string, Answer>
  words: (id: string) => string[]
}
export type Group = { name: string; held: Principal['held'] }

/** `pods.eks.amazonaws.com` in China too; older names of services there end in `.cn`. */
const bare = (service: string): string => service.toLowerCase().replace(/\.cn$/, '')

/** Roles that AWS made for itself or for Identity Center: IAM refuses to change them (UnmodifiableEntity). */
export const isProtected = (arn: string): boolean => /:role\/(aws-service-role|aws-reserved)\//.test(arn)

/** A role that trusts a provider of tokens, by one statement. */
export type Federated = { id: string; arn: string; provider: string; statement: TrustRow['statement'] }

export class World {
  private readonly trust: TrustSteps
  private lastTrust: { subject: Subject; steps: readonly Step[] } | undefined
  private allFederated: readonly Federated[] | undefined
  private services: Map<string, Trusting> | undefined
  private changeableRoles: Targets | undefined
  private rewritable: { targets: Targets; holders: ReadonlyMap<string, readonly Principal[]> } | undefined
  private allGroups: ReadonlyMap<string, Group> | undefined
  private profiled: ReadonlySet<string> | undefined
  private readonly runners = new Map<string, Targets>()

  constructor(readonly access: AwsAccess) {
    this.trust = new TrustSteps(access)
  }

  /** Roles of the realm that the service may assume, for a resource of this account. */
  trusting(service: string): Trusting | undefined {
    this.services ??= servicesOf(this.access)
    return this.services.get(bare(service))
  }

  /** What the subject may become by being let in. Several ways ask in a row, for the same subject. */
  trustSteps(subject: Subject): readonly Step[] {
    if (this.lastTrust?.subject !== subject) this.lastTrust = { subject, steps: this.trust.of(subject).steps }
    return this.lastTrust.steps
  }

  /** Roles by the providers of tokens that their trust names. */
  get federated(): readonly Federated[] {
    return (this.allFederated ??= this.access.targets('role').list.flatMap(({ id, arn }) => {
      const principal = this.access.principalAt(arn)
      return (principal ? this.access.trustOf(principal) : []).flatMap(({ statement, row, pod }) =>
        pod || statement.effect === 'Deny' || row.principalType !== 'federated'
          ? []
          : [{ id, arn, provider: row.principal, statement }],
      )
    }))
  }

  /** Roles that IAM lets anyone change. */
  get roles(): Targets {
    const { list } = this.access.targets('role')
    return (this.changeableRoles ??= new Targets(
      'changeable roles',
      list.filter(({ arn }) => !isProtected(arn)),
    ))
  }

  /** Policies of the account that roles hold, by ARN. */
  get policies(): { targets: Targets; holders: ReadonlyMap<string, readonly Principal[]> } {
    if (this.rewritable) return this.rewritable
    const holders = new Map<string, Principal[]>()
    for (const principal of this.access.realm.principals) {
      if (!arnOfPrincipal(principal)?.includes(':role/')) continue
      for (const { id, effect, via } of principal.held) {
        if (effect !== 'allow' || via !== 'attached' || !isOwnPolicy(id)) continue
        const found = holders.get(id)
        if (found) found.push(principal)
        else holders.set(id, [principal])
      }
    }
    const list = [...holders.keys()].map((arn) => ({ id: arn, arn }))
    return (this.rewritable = { targets: new Targets('policies of roles', list), holders })
  }

  /** Groups with members, told by what their members hold. */
  get groups(): ReadonlyMap<string, Group> {
    if (this.allGroups) return this.allGroups
    const groups = new Map<string, Map<string, Principal['held'][number]>>()
    for (const { held } of this.access.realm.principals)
      for (const one of held) {
        const name = groupOf(one.via)
        if (name === undefined) continue
        const documents = groups.get(name) ?? new Map<string, Principal['held'][number]>()
        groups.set(name, documents.set(one.id, one))
      }
    return (this.allGroups = new Map(
      [...groups].map(([name, held]) => [name, { name, held: [...held.values()] }]),
    ))
  }

  /** Ids of roles that an instance profile hands on; undefined where no instance profile was seen. */
  get inProfiles(): ReadonlySet<string> | undefined {
    const profiles = this.access.realm.runners.filter(({ type }) => type === 'aws.instance-profile')
    if (!profiles.length) return undefined
    return (this.profiled ??= new Set(profiles.flatMap(({ uses }) => uses)))
  }

  /** What runs, of one type, as far as it is collected and goes by an ARN. */
  running(type: string): Targets {
    const found = this.runners.get(type)
    if (found) return found
    const list = this.access.realm.runners.flatMap(({ type: of, id, aliases }): Target[] => {
      const arn = [...aliases, id].find((name) => name.startsWith('arn:'))
      return of === type && arn !== undefined ? [{ id, arn }] : []
    })
    const targets = new Targets(type, list)
    this.runners.set(type, targets)
    return targets
  }
}

const worlds = new WeakMap<AwsAccess, World>()
export const worldOf = (access: AwsAccess): World => {
  const found = worlds.get(access) ?? new World(access)
  worlds.set(access, found)
  return found
}

/** Policies made by AWS have `aws` for an account: nobody else can change them. */
export const isOwnPolicy = (id: string): boolean => /^arn:aws[a-z-]*:iam::\d{12}:policy\//.test(id)
export const groupOf = (via: string): string | undefined => /^group (.+)$/s.exec(via)?.[1]

type Entry = { list: Target[]; open: Map<string, Answer>; words: Map<string, string[]> }
function servicesOf(access: AwsAccess): Map<string, Trusting> {
  const { account, ceilings } = access.facts
  const context = contextOf(
    {
      'aws:PrincipalIsAWSService': 'true',
      ...(account !== undefined && { 'aws:SourceAccount': account }),
      ...(ceilings.organization?.id !== undefined && { 'aws:SourceOrgID': ceilings.organization.id }),
    },
    UNKNOWN,
  )
  const found = new Map<string, Entry>()
  for (const { id, arn, tags } of access.targets('role').list) {
    const principal = access.principalAt(arn)
    const rows = principal ? access.trustOf(principal) : []
    for (const service of new Set(rows.flatMap(servicesIn))) {
      const answer = trustIn(rows, service, context)
      if (answer.value === 'no') continue
      const entry: Entry = found.get(service) ?? { list: [], open: new Map(), words: new Map() }
      found.set(service, entry)
      entry.list.push({ id, arn, tags })
      entry.words.set(id, answer.because.slice(0, 2))
      if (answer.value === 'depends') entry.open.set(id, answer)
    }
  }
  return new Map(
    [...found].map(([service, { list, open, words }]) => [
      service,
      { targets: new Targets(`trust ${service}`, list), open, words: (id: string) => words.get(id) ?? [] },
    ]),
  )
}

/** Cognito is named as a federation, without an ARN. */
const isService = ({ row, pod }: TrustRow): boolean =>
  !pod && (row.principalType === 'service' || row.principal === 'cognito-identity.amazonaws.com')
export const servicesIn = (row: TrustRow): string[] =>
  row.statement.effect !== 'Deny' && isService(row) ? [bare(row.row.principal)] : []

function trustIn(rows: readonly TrustRow[], service: string, context: typeof UNKNOWN): Answer {
  const isFederated = service === 'cognito-identity.amazonaws.com'
  const action = oneName(isFederated ? 'sts:assumerolewithwebidentity' : 'sts:assumerole')
  const asking = { action, resource: oneName('*'), context }
  const about = rows.filter(
    ({ row, pod }) => !pod && (row.principalType === 'anyone' || bare(row.principal) === service),
  )
  const named = about.filter((row) => isService(row))
  const allowed = any(
    named
      .filter(({ statement }) => statement.effect !== 'Deny')
      .map(({ statement }) => applies(statement, asking)),
  )
  const denied = any(
    about
      .filter(({ statement }) => statement.effect !== 'Allow')
      .map(({ statement }) => applies(statement, asking)),
  )
  if (denied.value === 'yes') return no(...denied.because)
  return denied.value === 'no' ? allowed : all([allowed, not(denied)])
}
