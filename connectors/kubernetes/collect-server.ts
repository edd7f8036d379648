// Which version the API server is of: what it lets in by itself, and which ways to more rights there are, hangs on it.
import type { Stream } from '@/core/connector'
import { mapFact } from '@/core/fact'
import type { Kind } from '@/core/observation'
import { restriction } from './map-restriction'
import { VERSION } from './permissions'
import { placeOf } from './place'
import { ServerVersion } from './shapes'

const KINDS = ['entitlement'] as const satisfies readonly Kind[]
const SERVER = 'api-server'

export const server: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const { cluster } = placeOf(at.scope).params
    const version = await at.session.ask(VERSION, { cluster }, ServerVersion)
    // Where it may not be asked, that hides no row unless one is held.
    if (version.state !== 'known') return at.unlooked(KINDS, [SERVER], version)
    const document = mapFact(version, ({ major, minor }) => ({ version: `${major}.${minor}` }))
    yield restriction(
      { uid: SERVER, name: 'API server' },
      { type: 'kubernetes.server', language: 'kubernetes-server', document },
    )
  },
}
