// Reads what a scope holds into the realm that its evaluator judges: in a few questions, whatever there is.
import type { Guest, Held, Principal, Realm, Ruling, Runner, TrustStatement } from '@/core/access'
import { groupBy } from '@/core/group-by'
import { db } from '@/prisma/client'
import * as rows from './realm-rows'
import {
  PRINCIPALS_MAX,
  type AboutRow,
  type DocumentRow,
  type GrantRow,
  type PrincipalRow,
  type RunnerRow,
  type TrustRow,
} from './realm-rows'

/** A row of the inventory that the realm speaks of. */
export type Named = { id: string; kind: 'identity' | 'workload' | 'secret' | 'issuer'; scopeId: string }
export type Loaded = {
  realm: Realm
  /** What the realm calls things, and what the database calls them. */
  rowOf: ReadonlyMap<string, Named>
}

/** @returns undefined where the scope is not there any more */
export async function loadRealm(scopeId: string): Promise<Loaded | undefined> {
  const scope = await db.scope.findUnique({ where: { id: scopeId } })
  if (!scope) return undefined
  const [principals, grants, documents, trusts, runners, things, foreign, about, unseen] = await Promise.all([
    rows.principalsOf(scopeId),
    rows.grantsOf(scopeId),
    rows.documentsOf(scopeId),
    rows.trustsOf(scopeId),
    rows.runnersOf(scopeId),
    rows.thingsOf(scopeId),
    rows.elsewhereOf(scopeId),
    rows.aboutOf(scopeId),
    rows.unseenOf(scopeId),
  ])
  if (principals.length > PRINCIPALS_MAX)
    unseen.push({ part: 'principals', words: `Only ${PRINCIPALS_MAX} of its principals are judged.` })
  const own = principals.slice(0, PRINCIPALS_MAX)
  const names = new Set(own.map(({ nativeId }) => nativeId))
  const elsewhere = foreign.filter(({ nativeId }) => !names.has(nativeId))
  const outside = groupBy(await rows.trustsOfAll(elsewhere.map(({ id }) => id)), (trust) => trust.identityId)
  const heldBy = holdings(grants, documents)
  const trusted = groupBy(trusts, (trust) => trust.identityId)
  const rowOf = new Map<string, Named>()
  for (const { rowId, id, kind } of things) rowOf.set(id, { id: rowId, kind, scopeId })
  for (const { rowId, id } of runners) rowOf.set(id, { id: rowId, kind: 'workload', scopeId })
  for (const { guest } of about)
    if (guest) rowOf.set(guest.id, { id: guest.rowId, kind: 'identity', scopeId: guest.scopeId })
  for (const row of [...elsewhere, ...own])
    rowOf.set(row.nativeId, { id: row.id, kind: 'identity', scopeId: row.scopeId })
  return {
    realm: {
      id: scope.nativeId,
      type: scope.type,
      name: scope.name,
      principals: own.map((row) => principalOf(row, heldBy(row.id), trusted.get(row.id))),
      elsewhere: elsewhere.map((row) => principalOf(row, [], outside.get(row.id))),
      runners: runners.map(runnerOf),
      guests: guestsOf(about, names),
      rulings: [...documents.filter(({ held }) => !held), ...about.filter(({ guest }) => !guest)].map(
        rulingOf,
      ),
      things: things.map(({ rowId: _, audiences, ...thing }) => ({
        ...thing,
        ...(audiences && { audiences }),
      })),
      unseen,
    },
    rowOf,
  }
}

/** Documents are shared: thousands hold the same few. */
function holdings(grants: readonly GrantRow[], documents: readonly DocumentRow[]): (id: string) => Held[] {
  const byRow = new Map(documents.map((one) => [one.rowId, one]))
  const held = groupBy(grants, (grant) => grant.identityId)
  return (identityId) =>
    (held.get(identityId) ?? []).map(({ entitlementId, identityId: _, place, ...grant }) => {
      const found = byRow.get(entitlementId)
      const document = found?.document
      return {
        ...grant,
        ...(place && { place }),
        language: found?.language ?? '',
        ...(document?.state === 'known' && { document: document.value }),
      }
    })
}

const principalOf = (row: PrincipalRow, held: Held[], trusts: readonly TrustRow[] = []): Principal => ({
  id: row.nativeId,
  type: row.type,
  name: row.name,
  aliases: row.aliases,
  class: row.class,
  ...(row.enabled !== null && { enabled: row.enabled }),
  ...(row.tags && { tags: row.tags }),
  held,
  trusts: trusts.map(statementOf),
})
const statementOf = ({ identityId: _, conditions, ...trust }: TrustRow): TrustStatement => ({
  ...trust,
  ...(conditions && { conditions }),
})
const rulingOf = ({ id, type, name, language, aliases, document }: DocumentRow | AboutRow): Ruling => ({
  id,
  type,
  name,
  language,
  aliases,
  ...(document.state === 'known' && { document: document.value }),
})

const runnerOf = ({ rowId: _, namespace, runsOn, host, ...runner }: RunnerRow): Runner => ({
  ...runner,
  ...(namespace !== null && { namespace }),
  ...(runsOn && { runsOn }),
  ...(host && { host }),
})

/** One for each principal of another realm, with all that lets it in. */
function guestsOf(about: readonly AboutRow[], own: ReadonlySet<string>): Guest[] {
  const guests = new Map<string, Omit<Guest, 'lets'> & { lets: Guest['lets'][number][] }>()
  for (const { guest, id, name, language, document } of about) {
    if (!guest || own.has(guest.id)) continue
    const { rowId: _, scopeId: __, createdAt, ...rest } = guest
    const known = guests.get(guest.id) ?? { ...rest, ...(createdAt !== null && { createdAt }), lets: [] }
    guests.set(guest.id, known)
    known.lets.push({ id, name, language, ...(document.state === 'known' && { document: document.value }) })
  }
  return [...guests.values()]
}
