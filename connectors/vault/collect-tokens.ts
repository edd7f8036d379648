// Live tokens, by their accessors: only where the settings ask for it. There may be millions, most of them gone within the
// hour: up to a limit each is a row, beyond it a sample is looked up and told in groups.
import { createHash } from 'node:crypto'
import type { Stream } from '@/core/connector'
import { unknown } from '@/core/fact'
import { groupBy } from '@/core/group-by'
import type { Observation } from '@/core/observation'
import type { CallName } from './calls'
import { Asker, authMounts, lookAt, type Look } from './look'
import { holderOf, tokenGroup, tokenRow, tokenIdentity, type Holder } from './map-token'
import { Token } from './shapes-engines'
import { Keys } from './values'

const LIST: CallName = 'list auth/token/accessors'
const LOOKUP: CallName = 'update auth/token/lookup-accessor'
const KINDS = ['identity', 'grant', 'owner-hint', 'credential'] as const

/** The same few of the same many, whatever their order: so that two looks are about the same tokens. */
const sampleOf = (accessors: readonly string[], size: number): string[] =>
  accessors
    .map((accessor) => ({ accessor, rank: createHash('sha256').update(accessor).digest('hex') }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ accessor }) => accessor)

type Held = { token: Token; holder: Holder }
async function* lookUp(look: Look, accessors: readonly string[]): AsyncGenerator<Held> {
  const asker = new Asker(look.session, LOOKUP)
  const mounts = await authMounts(look)
  for (const accessor of accessors) {
    const token = await asker.ask({ ns: look.ns, id: accessor }, Token)
    look.lacking(KINDS, token)
    if (token.state === 'known')
      yield { token: token.value, holder: holderOf(token.value, look.scope.nativeId, mounts) }
  }
}

async function* groups(look: Look, keys: readonly string[], most: number): AsyncGenerator<Observation> {
  const detail = `there are ${keys.length} live tokens, of which ${most} were looked up`
  look.lacking(KINDS, unknown('limited', LOOKUP, detail))
  const held: Held[] = []
  for await (const one of lookUp(look, sampleOf(keys, most))) held.push(one)
  for (const [id, of] of groupBy(held, ({ holder }) => holder.group))
    yield tokenGroup(look, { id, holder: of[0]?.holder, count: of.length })
}

/** Tokens without an entity are identities of their own; what is said of others does not come from here. */
const OWN = ['vault.token']
export const tokens: Stream = {
  kinds: KINDS,
  about: { identity: OWN, grant: OWN, 'owner-hint': OWN, keys: [] },
  async *collect(at) {
    const look = await lookAt(at)
    if (!look.connection.tokens)
      return look.lacking(KINDS, unknown('left-out', LIST, 'The settings leave live tokens out.'))
    const { keys } = await look.session.call(LIST, { ns: look.ns }, Keys)
    const most = look.connection.limits.tokenAccessorsMax
    if (keys.length > most) return yield* groups(look, keys, most)
    for await (const { token, holder } of lookUp(look, [...keys].sort())) {
      if (holder.isToken) yield* tokenIdentity(token)
      yield tokenRow(token, holder)
    }
  },
}
