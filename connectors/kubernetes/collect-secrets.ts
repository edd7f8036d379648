// Metadata of Secrets, where a person has asked for it: the right to list them would also give their values.
import type { Stream } from '@/core/connector'
import { mapFact } from '@/core/fact'
import type { Kind } from '@/core/observation'
import { tryList } from './list'
import { keptSecret, legacyToken } from './map-secret'
import { LIST, VERSION } from './permissions'
import { placeOf } from './place'
import { Bare, ServerVersion } from './shapes'

const KINDS = ['credential', 'secret'] as const satisfies readonly Kind[]
/** Metadata does not tell the type of a Secret, so the cluster is asked for those of this type. */
export const OLD_TOKENS = 'type=kubernetes.io/service-account-token'
const RECORDS_FROM = { major: 1, minor: 27 }

export const secrets: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const { params, uid } = placeOf(at.scope)
    const tokens = await tryList(at, {
      permission: LIST.secrets,
      params: { ...params, fieldSelector: OLD_TOKENS },
      item: Bare,
      kinds: KINDS,
    })
    if (tokens.state !== 'known') return at.lacking(KINDS, tokens)
    const version = await at.session.ask(VERSION, { cluster: params['cluster'] }, ServerVersion)
    const recorded = mapFact(
      version,
      ({ major, minor }) => major > RECORDS_FROM.major || minor >= RECORDS_FROM.minor,
    )
    const seen = new Set<string>()
    for await (const token of tokens.value) {
      seen.add(token.metadata.uid)
      yield legacyToken(token, recorded)
    }
    const all = await tryList(at, { permission: LIST.secrets, params, item: Bare, kinds: ['secret'] })
    at.lacking(['secret'], all)
    if (all.state !== 'known') return
    for await (const secret of all.value) if (!seen.has(secret.metadata.uid)) yield keptSecret(secret, uid)
  },
}
