// Live leases: dynamic credentials that are in use now. Only where the settings ask for it, and only up to a limit.
import type { Stream } from '@/core/connector'
import { absent, answer, known, unknown, type Fact } from '@/core/fact'
import type { Observation, Of } from '@/core/observation'
import type { CallName } from './calls'
import { ownAuthority } from './connection'
import { Asker, engineMounts, lookAt, type Look } from './look'
import { issuingPath } from './names'
import { NO_USE } from './observed'
import { Lease } from './shapes-engines'
import { Keys } from './values'

const LIST: CallName = 'list sys/leases/lookup/*'
const LOOKUP: CallName = 'update sys/leases/lookup'
const KINDS = ['credential'] as const
/** Engines whose leases are credentials of another system. */
const LEASING = new Set([
  'database',
  'aws',
  'pki',
  'ssh',
  'kubernetes',
  'azure',
  'gcp',
  'rabbitmq',
  'consul',
  'nomad',
])
const FORMS: Readonly<Record<string, Of<'credential'>['form']>> = {
  database: 'password',
  rabbitmq: 'password',
  aws: 'static-key',
  pki: 'certificate',
  ssh: 'certificate',
}
/** `<mount>/creds/<role>/<id>`: no path of an engine is deeper. */
const DEPTH_MAX = 6

type LeaseRow = { look: Look; id: string; mountType: string; lease: Fact<Lease> }

function leaseRow({ look, id, mountType, lease }: LeaseRow): Of<'credential'> {
  const path = id.slice(0, id.lastIndexOf('/'))
  return {
    kind: 'credential',
    nativeId: id,
    links: [
      {
        relation: 'observed',
        means: 'relied-on',
        kind: 'issuer',
        to: 'vault.issuing-path',
        match: 'exact',
        value: issuingPath(look.scope.nativeId, path),
        authority: ownAuthority(look.scope),
        reason: 'It was handed out at this path.',
      },
    ],
    identity: unknown('not-offered', LOOKUP, 'the server does not say who holds a lease; its audit log does'),
    type: 'vault.lease',
    form: FORMS[mountType] ?? 'token',
    name: `Lease of ${path}`,
    createdAt: pick(lease, ({ issue_time }) => issue_time),
    rotatedAt: absent(LIST, 'its value never changes; renewing only moves its end'),
    expiresAt: pick(lease, ({ expire_time }) => expire_time),
    lastUsedAt: unknown('not-offered', LOOKUP, NO_USE),
    lastUsedWhere: unknown('not-offered', LOOKUP, NO_USE),
    enabled: known(true, LIST),
  }
}
const pick = (lease: Fact<Lease>, of: (lease: Lease) => string | null): Fact<string> =>
  lease.state === 'known' ? answer(of(lease.value), LOOKUP, 'it never ends') : lease

type Walk = { look: Look; mountType: string; folders: Asker; lookup: Asker; found: { count: number } }

async function* leasesUnder(walk: Walk, prefix: string, depth = 0): AsyncGenerator<Observation> {
  const { look, folders, found } = walk
  const most = look.connection.limits.leasesMax
  const listed = await folders.ask({ ns: look.ns, path: prefix }, Keys)
  look.lacking(KINDS, listed)
  if (listed.state !== 'known' || depth > DEPTH_MAX) return
  for (const key of [...new Set(listed.value.keys)].sort()) {
    if (found.count >= most)
      return look.lacking(KINDS, unknown('limited', LIST, `there are more than ${most} live leases`))
    if (key.endsWith('/')) yield* leasesUnder(walk, `${prefix}/${key.slice(0, -1)}`, depth + 1)
    else yield* leaseAt(walk, `${prefix}/${key}`)
  }
}

async function* leaseAt({ look, mountType, lookup, found }: Walk, id: string): AsyncGenerator<Observation> {
  const lease = await lookup.ask({ ns: look.ns, id }, Lease)
  if (lease.state === 'absent') return
  found.count++
  yield leaseRow({ look, id, mountType, lease })
}

export const leases: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const look = await lookAt(at)
    if (!look.connection.leases)
      return look.lacking(KINDS, unknown('left-out', LIST, 'The settings leave live leases out.'))
    const found = { count: 0 }
    for (const { path, type } of await engineMounts(look)) {
      if (!LEASING.has(type)) continue
      const folders = new Asker(look.session, LIST)
      const lookup = new Asker(look.session, LOOKUP)
      yield* leasesUnder({ look, mountType: type, folders, lookup, found }, path)
    }
  },
}
