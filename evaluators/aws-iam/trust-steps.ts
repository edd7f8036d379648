// The direct steps of being let in: roles of the realm, and of other realms, that a principal may assume.
import type { Principal, Step } from '@/core/access'
import { becomes, HOUR } from './admits'
import type { AwsAccess } from './aws-access'
import type { Judged } from './judged'
import { on } from './many'
import type { Subject } from './subject'
import { arnOfPrincipal } from './subject'
import { Targets } from './targets'
import type { TrustRow } from './trust'

/** Steps of one principal that are told; past it there are more. */
export const STEPS_MAX = 500
const ASSUME = 'sts:AssumeRole'

type Doors = {
  /** Roles by the ARN, or by `<account>/<name>` of the session, that their trust names. */
  byName: ReadonlyMap<string, readonly Principal[]>
  /** Roles that anyone of the account may get into whatever it holds: trust in anyone, exceptions, what was not understood. */
  free: readonly Principal[]
  /** Roles whose trust is in the account. */
  open: Targets
  /** Those of them whose trust says the same of everybody who may assume them. */
  simple: ReadonlySet<string>
}

export class TrustSteps {
  private doors: Doors | undefined

  constructor(private readonly access: AwsAccess) {}

  of(subject: Subject): { steps: Step[]; more: boolean } {
    const { byName, free, open, simple } = (this.doors ??= doorsOf(this.access))
    const steps = new Map<string, Step>()
    for (const target of named(byName, subject)) this.tell(subject, target, steps)
    for (const target of free) {
      if (steps.size >= STEPS_MAX) return { steps: [...steps.values()], more: true }
      this.tell(subject, target, steps)
    }
    for (const { targets, answer } of on(this.access, subject, [{ action: ASSUME }], open)) {
      for (const { id, arn } of targets) {
        if (steps.size >= STEPS_MAX) return { steps: [...steps.values()], more: true }
        if (steps.has(id) || id === subject.principal.id) continue
        const target = this.access.principalAt(arn)
        if (!target) continue
        if (simple.has(id)) steps.set(id, stepTo(id, this.through(subject, target, answer)))
        else this.tell(subject, target, steps)
      }
    }
    return { steps: [...steps.values()], more: false }
  }

  /** A role that lets in whoever of the account may assume it: what is held has decided. */
  private through({ kind }: Subject, target: Principal, answer: Judged): Judged {
    const words = this.access.trustOf(target).map(({ statement }) => statement.words)
    return {
      ...answer,
      because: [...answer.because, ...words.slice(0, 3), ...(kind === 'role' ? [HOUR] : [])],
    }
  }

  private tell(subject: Subject, target: Principal, steps: Map<string, Step>): void {
    if (target.id === subject.principal.id) return
    const answer = becomes(this.access, subject, target)
    if (answer.value !== 'no') steps.set(target.id, stepTo(target.id, answer))
  }
}

const stepTo = (id: string, { value, because, missing }: Judged): Step => ({
  to: { kind: 'principal', id },
  by: 'trust',
  answer: value === 'yes' ? 'yes' : 'depends',
  because,
  ...(missing.length && { missing }),
})

/** What is kept by the names by which trust can name it: its own, and that of its sessions. */
export function* named<T>(
  byName: ReadonlyMap<string, readonly T[]>,
  { arn, account, principal }: Subject,
): Iterable<T> {
  if (arn === undefined) return
  yield* byName.get(arn) ?? []
  if (account !== undefined) yield* byName.get(`${account}/${principal.name}`) ?? []
}

function doorsOf(access: AwsAccess): Doors {
  const { realm } = access
  const account = access.facts.account
  const byName = new Map<string, Principal[]>()
  const free: Principal[] = []
  const open: Principal[] = []
  const simple = new Set<string>()
  for (const target of [...realm.principals, ...realm.elsewhere]) {
    if (!arnOfPrincipal(target)?.includes(':role/')) continue
    const rows = access.trustOf(target)
    const { names, isFree, isOpen } = doorOf(rows, account)
    for (const name of names) byName.set(name, [...(byName.get(name) ?? []), target])
    if (isFree) free.push(target)
    if (!isOpen || isFree) continue
    open.push(target)
    if (
      rows.every(({ row, statement }) => isSimple(row, statement.plain && statement.understood, account)) &&
      access.subject(target.id)
    )
      simple.add(target.id)
  }
  const targets = open.map((one) => ({ id: one.id, arn: arnOfPrincipal(one) ?? one.id, tags: one.tags }))
  return { byName, free, open: new Targets('open doors', targets), simple }
}

/** Who of the account could be let in by a trust: whoever it names, anyone, or whoever the account lets. */
export function doorOf(
  rows: readonly TrustRow[],
  account: string | undefined,
): { names: string[]; isFree: boolean; isOpen: boolean } {
  const names: string[] = []
  let [isFree, isOpen] = [false, false]
  for (const { statement, row } of rows) {
    if (statement.effect === 'Deny') continue
    const name = row.principalType === 'identity' && statement.understood ? nameOf(row.principal) : undefined
    if (name !== undefined) names.push(name)
    else if (row.principalType === 'anyone' || !statement.understood || statement.principals?.except)
      isFree = true
    else if (row.principalType === 'account' && (account === undefined || row.principal === account))
      isOpen = true
  }
  return { names, isFree, isOpen }
}

type Row = Principal['trusts'][number]
const isSimple = (
  { principalType, effect, actions }: Row,
  plain: boolean,
  account: string | undefined,
): boolean =>
  plain &&
  effect === 'allow' &&
  principalType !== 'anyone' &&
  (principalType !== 'account' ||
    (account !== undefined && actions.some((action) => action.toLowerCase() === 'sts:assumerole')))

function nameOf(principal: string): string {
  const [, account, name] = /^arn:aws[a-z-]*:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(principal) ?? []
  return name === undefined ? principal : `${account}/${name}`
}
