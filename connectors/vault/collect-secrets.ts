// Stored secrets of KV mounts of version 2: name, age and versions from their metadata. Values are at another path, which no
// call of this connector has.
import type { Stream } from '@/core/connector'
import { answer, unknown, type Fact, type Instant } from '@/core/fact'
import type { Observation, Of } from '@/core/observation'
import type { CallName } from './calls'
import { hostsOf } from './connection'
import { Asker, engineMounts, keepsVersions, lookAt, type Look, type Mount } from './look'
import { secretHints } from './map-owner'
import { secretPath } from './names'
import { NO_USE } from './observed'
import { hasSecretForm } from '@/core/secret-like'
import { KvMetadata } from './shapes-engines'
import { durationSeconds, inWords, Keys } from './values'

const LIST: CallName = 'list <kv>/metadata/*'
const READ: CallName = 'read <kv>/metadata/*'
const KINDS = ['secret', 'owner-hint'] as const
/** With room for the host, the namespace and the mount before it. */
const PATH_BYTES_MAX = 800
/** No folder is deeper; what lists itself in itself must not go on for ever. */
const DEPTH_MAX = 100

const pick = <T>(fact: Fact<KvMetadata>, of: (metadata: KvMetadata) => Fact<T>): Fact<T> =>
  fact.state === 'known' ? of(fact.value) : fact

const newest = ({ versions, current_version }: KvMetadata) => versions[String(current_version)]

function endOf(metadata: KvMetadata): Fact<Instant> {
  const span = durationSeconds(metadata.delete_version_after ?? '') ?? 0
  // It is written into each version as it is made: one that was made before is not touched.
  const note = span ? `versions made from now on end after ${inWords(span)}` : 'it has no end date'
  return answer(newest(metadata)?.deletion_time, READ, note)
}

export const secretRow = (
  look: Look,
  mount: Mount,
  path: string,
  metadata: Fact<KvMetadata>,
): Of<'secret'> => ({
  kind: 'secret',
  nativeId: `${mount.accessor}/${path}`,
  keys: hostsOf(look.connection).map((host) => ({
    type: 'vault.path',
    value: secretPath(host, look.ns, mount.path, path),
  })),
  type: 'vault.kv-secret',
  name: `${mount.path}/${path}`,
  createdAt: pick(metadata, ({ created_time }) => answer(created_time, READ)),
  rotatedAt: pick(metadata, (one) => answer(newest(one)?.created_time, READ, 'it has no version')),
  lastReadAt: unknown('not-offered', LIST, NO_USE),
  expiresAt: pick(metadata, endOf),
  rotates: unknown('not-offered', LIST, 'the server does not know who writes new versions'),
})

/** Folder by folder in the order of their names, so that a limit leaves out the same ones each time. */
class Walk {
  private found = 0
  private readonly folders: Asker
  private readonly metadata: Asker

  constructor(
    private readonly look: Look,
    private readonly mount: Mount,
  ) {
    this.folders = new Asker(look.session, LIST)
    this.metadata = new Asker(look.session, READ)
  }

  private get isFull(): boolean {
    return this.found >= this.look.connection.limits.kvPathsMax
  }

  async *folder(path: string, depth = 0): AsyncGenerator<Observation> {
    const keys = await this.folders.ask({ ...this.at, path }, Keys)
    this.look.lacking(KINDS, keys)
    if (keys.state !== 'known') return
    for (const key of [...new Set(keys.value.keys)].sort()) {
      if (this.isFull) return this.stop()
      const inner = `${path}${key}`
      if (!key.endsWith('/')) yield* this.leaf(inner)
      else if (depth < DEPTH_MAX) yield* this.folder(inner, depth + 1)
      else this.lack('limited', `folders more than ${DEPTH_MAX} deep are not read`)
    }
  }

  private get at() {
    return { ns: this.look.ns, mount: this.mount.path }
  }
  private stop(): void {
    this.lack('limited', `a mount has more than ${this.look.connection.limits.kvPathsMax} secrets`)
  }
  private lack(why: 'limited' | 'malformed', detail: string): void {
    this.look.lacking(KINDS, unknown(why, LIST, detail))
  }

  private async *leaf(path: string): AsyncGenerator<Observation> {
    if (Buffer.byteLength(path) > PATH_BYTES_MAX || path.includes('\0') || !path.isWellFormed())
      return this.lack('malformed', 'the name of a secret is too long, or cannot be stored')
    if (hasSecretForm(path)) return this.lack('malformed', 'the name of a secret looks like a secret itself')
    const metadata = await this.metadata.ask({ ...this.at, path }, KvMetadata)
    if (metadata.state === 'absent') return
    this.found++
    const secret = secretRow(this.look, this.mount, path, metadata)
    yield secret
    if (metadata.state === 'known') yield* secretHints(secret.nativeId, metadata.value.custom_metadata)
    else this.look.lacking(['owner-hint'], metadata)
  }
}

export const kvSecrets: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const look = await lookAt(at)
    for (const mount of await engineMounts(look))
      if (keepsVersions(mount)) yield* new Walk(look, mount).folder('')
  },
}
