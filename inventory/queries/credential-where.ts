// The filter of the list of credentials and stored secrets as SQL, for each of the two tables: one builder for list, export and facets.
import { HELD_MIN, type CredentialFilter, type CredentialRow } from '@/core/list'
import { isScoped, type Actor } from '@/core/permissions'
import { readingNow } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { askedScopes, type AskedScopes } from './asked-scopes'
import { allOf, containing, isUuid } from './sql'
import { hintedTo, ofOwned } from './visible'

export type CredentialKind = CredentialRow['kind']
export const CREDENTIAL_KINDS: readonly CredentialKind[] = ['credential', 'secret']
export type AskedCredentials = Omit<CredentialFilter, 'size'>
/** Conditions over `r`, which is one of the tables. A table that is left out holds nothing that fits. */
export type CredentialConditions = Partial<Record<CredentialKind, Prisma.Sql>>

/** When a credential was last used is when a stored secret was last read. */
const USED: Readonly<Record<CredentialKind, string>> = {
  credential: 'r.last_used',
  secret: 'r.last_read',
}

const given = <T extends string>(words: readonly T[] | undefined) =>
  !words || words.includes('any' as T) ? undefined : words

/** What the actor may see of one of the tables; undefined where that is everything. */
export const seenBy = (actor: Actor, kind: CredentialKind): Prisma.Sql | undefined =>
  kind === 'credential' ? ofOwned(actor, 'r.identity_id') : hintedTo(actor)

/** The tables that can hold what fits. */
export function kindsOf({ kind, form }: AskedCredentials): readonly CredentialKind[] {
  const kinds = given(kind)
  return CREDENTIAL_KINDS.filter(
    (one) => (!kinds || kinds.includes(one)) && (one === 'credential' || !given(form)),
  )
}

function searched(q: string | undefined) {
  if (!q) return undefined
  const pattern = [...q].length < HELD_MIN ? containing(q).slice(1) : containing(q)
  return Prisma.sql`(r.name ILIKE ${pattern} OR r.native_id = ${q}
        ${isUuid(q) ? Prisma.sql`OR r.id = ${q}::uuid` : Prisma.empty})`
}

/** One word is asked for as such: only then does an index give what follows it in order. */
const isOne = (column: string, words: readonly string[] | undefined) =>
  words &&
  (words.length === 1
    ? Prisma.sql`${Prisma.raw(column)} = ${words[0]}`
    : Prisma.sql`${Prisma.raw(column)} = ANY(${[...words]}::text[])`)

const inScopes = (scopes: readonly string[]) =>
  scopes.length === 1
    ? Prisma.sql`r.scope_id = ${scopes[0]}::uuid`
    : Prisma.sql`r.scope_id = ANY(${[...scopes]}::uuid[])`

const now = () => Prisma.sql`${readingNow()}::timestamptz`
const days = (n: string) => Prisma.sql`make_interval(days => ${Number(n)}::int)`

function ofAge(age: CredentialFilter['age']) {
  if (age === undefined) return undefined
  if (age === 'unknown') return Prisma.sql`r.value_made_at IS NULL`
  return Prisma.sql`r.value_made_at < ${now()} - ${days(age)}`
}

function expiring(expiry: CredentialFilter['expiry']) {
  if (expiry === undefined) return undefined
  if (expiry === 'never') return Prisma.sql`r.expires_state = 'absent'`
  if (expiry === 'unknown') return Prisma.sql`r.expires_state = 'unknown'`
  if (expiry === 'expired') return Prisma.sql`r.expires_state = 'known' AND r.expires_at < ${now()}`
  return Prisma.sql`r.expires_state = 'known' AND r.expires_at >= ${now()} AND r.expires_at < ${now()} + ${days(expiry)}`
}

function unusedFor(unused: CredentialFilter['unused'], used: string) {
  if (unused === undefined) return undefined
  const [state, at] = [Prisma.raw(`${used}_state`), Prisma.raw(`${used}_at`)]
  if (unused === 'never') return Prisma.sql`${state} = 'absent'`
  if (unused === 'unknown') return Prisma.sql`${state} = 'unknown'`
  return Prisma.sql`${state} = 'known' AND ${at} < ${now()} - ${days(unused)}`
}

/** Unset hides what is gone. */
function inState(state: CredentialFilter['state']) {
  const words = state ?? ['active']
  if (words.includes('any') || (words.includes('active') && words.includes('gone'))) return undefined
  return words.includes('gone') ? Prisma.sql`r.retired_at IS NOT NULL` : Prisma.sql`r.retired_at IS NULL`
}

export async function credentialConditions(
  actor: Actor,
  filter: AskedCredentials,
  asked?: AskedScopes,
): Promise<CredentialConditions> {
  const { chosen, hidden } = asked ?? (await askedScopes(filter.scope))
  const whereOf = (kind: CredentialKind) =>
    allOf([
      seenBy(actor, kind),
      hidden.length ? Prisma.sql`r.scope_id <> ALL(${hidden}::uuid[])` : undefined,
      chosen && inScopes(chosen),
      searched(filter.q),
      isOne('r.type', given(filter.type)),
      kind === 'credential' ? isOne('r.form', given(filter.form)) : undefined,
      ofAge(filter.age),
      expiring(filter.expiry),
      unusedFor(filter.unused, USED[kind]),
      inState(filter.state),
    ])
  return Object.fromEntries(kindsOf(filter).map((kind) => [kind, whereOf(kind)]))
}

/** Kinds of looks that an answer rests on: what people own may hang on any. */
export const lookedAt = (actor: Actor, filter: AskedCredentials): readonly CredentialKind[] | undefined =>
  isScoped(actor) ? undefined : kindsOf(filter)
