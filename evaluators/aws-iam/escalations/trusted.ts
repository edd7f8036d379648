// Whose trust the steps of a principal rest on: that of whoever names it, and of those to whom its ways can lead at all.
import type { Principal } from '@/core/access'
import type { AwsAccess } from '../aws-access'
import type { Holding } from '../holding'
import type { Subject } from '../subject'
import { doorOf, named } from '../trust-steps'
import { TABLE } from './table'
import { servicesIn } from './world'

/** Trust in anyone of the account, in those whom the account lets, in services, and in whoever signs tokens. */
type Sort = 'free' | 'open' | 'services' | 'issuers'
type Entry = readonly [id: string, trusts: Principal['trusts']]

const ISSUING = TABLE.flatMap(({ way, needs }) =>
  way === 'issuer' ? [needs.map((action) => action.toLowerCase())] : [],
)

/** Which trust the ways of whoever holds this lead by, beside that which names it. */
function sortsFor({ own }: Holding): Sort[] {
  const speaks = (action: string) => own.of(action).allow.length > 0
  return [
    'free',
    ...(speaks('sts:assumerole') ? (['open'] as const) : []),
    ...(speaks('iam:passrole') ? (['services'] as const) : []),
    ...(ISSUING.some((needs) => needs.every(speaks)) ? (['issuers'] as const) : []),
  ]
}

/** The trust of all principals of a realm, by who could be let in. */
export class Trusted {
  private readonly byName = new Map<string, Entry[]>()
  private readonly of: Readonly<Record<Sort, Entry[]>> = { free: [], open: [], services: [], issuers: [] }
  private readonly parts: Readonly<Record<Sort, object>>

  constructor(access: AwsAccess) {
    for (const principal of access.realm.principals) {
      const entry: Entry = [principal.id, principal.trusts]
      const rows = access.trustOf(principal)
      const { names, isFree, isOpen } = doorOf(rows, access.facts.account)
      for (const name of names) this.byName.set(name, [...(this.byName.get(name) ?? []), entry])
      if (isFree) this.of.free.push(entry)
      if (isOpen) this.of.open.push(entry)
      if (rows.some((row) => servicesIn(row).length)) this.of.services.push(entry)
      if (rows.some(({ row }) => row.principalType === 'federated')) this.of.issuers.push(entry)
    }
    const part = (sort: Sort) => ({ of: sort, trusts: this.of[sort] })
    this.parts = {
      free: part('free'),
      open: part('open'),
      services: part('services'),
      issuers: part('issuers'),
    }
  }

  for(subject: Subject): object[] {
    const own = [...named(this.byName, subject)]
    return [
      ...(own.length ? [{ of: 'named', trusts: own }] : []),
      ...sortsFor(subject.holding).map((sort) => this.parts[sort]),
    ]
  }
}
