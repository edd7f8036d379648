// Stored secrets of Secret Manager: name, age, newest version and rotation. Values are given out by another call, which this
// connector does not have.
import type { Stream } from '@/core/connector'
import { answer, known, mapFact, unknown, type Fact, type Instant } from '@/core/fact'
import type { Of } from '@/core/observation'
import { hasSecretForm } from '@/core/secret-like'
import { assetsOf } from './list-assets'
import { lookAt } from './look'
import { ASSETS } from './map-credential'
import { ownerHints } from './map-owner'
import { PAGES, SECRET, SECRET_VERSION, type SecretVersion, type StoredSecret } from './shapes-assets'
import { projectNamed, type Tree } from './tree'
import { dated, lastPart } from './values'

export const SECRET_KEY = 'gcp.secret'
const KINDS = ['secret', 'owner-hint'] as const
const NO_READ = 'only data access logs tell when it was read'

const isSecretOf = (name: string): string => name.replace(/\/versions\/[^/]+$/, '')

/** When the newest version that can be read was made, by the name of its secret. */
function newestVersions(versions: readonly SecretVersion[]): Map<string, string> {
  const newest = new Map<string, string>()
  for (const { resource } of versions) {
    const { name, state, createTime } = resource.data
    if (state !== 'ENABLED' || createTime === null) continue
    const secret = isSecretOf(name)
    const before = newest.get(secret)
    if (before === undefined || before < createTime) newest.set(secret, createTime)
  }
  return newest
}

/** A project goes by its id and its number, and so does what is in it. Of one that was not seen only one of them is known. */
function namesOf(name: string, tree: Tree): Pick<Of<'secret'>, 'keys' | 'joiningUnseen'> {
  const project = /^projects\/([^/]+)\//.exec(name)?.[1] ?? ''
  const found = projectNamed(tree, project)
  const names = found ? [found.projectId, found.number] : [project]
  const keys = names.map((one) => ({ type: SECRET_KEY, value: `projects/${one}/secrets/${lastPart(name)}` }))
  return { keys, ...(!found && { joiningUnseen: true as const }) }
}

function secretRow(
  { name, resource: { data } }: StoredSecret,
  rotatedAt: Fact<Instant>,
  tree: Tree,
): Of<'secret'> {
  return {
    kind: 'secret',
    nativeId: name,
    ...namesOf(data.name, tree),
    type: 'gcp.secret',
    name: lastPart(data.name),
    createdAt: dated(data.createTime, ASSETS),
    rotatedAt,
    lastReadAt: unknown('not-offered', ASSETS, NO_READ),
    expiresAt: answer(data.expireTime, ASSETS, 'it has no end date'),
    // The schedule sends a message: whoever listens to it writes the new version.
    rotates: known(data.rotation?.rotationPeriod != null || data.rotation?.nextRotationTime != null, ASSETS),
  }
}

export const storedSecrets: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const look = await lookAt(at)
    const secrets = await assetsOf(look, [SECRET], PAGES.secrets, KINDS)
    if (!secrets.length) return
    const versions = await look.asker.list(
      ASSETS,
      { name: look.tree.root, assetTypes: [SECRET_VERSION] },
      PAGES.versions,
    )
    const newest = mapFact(versions, newestVersions)
    for (const secret of secrets) {
      const { name, labels, annotations } = secret.resource.data
      if (hasSecretForm(name)) {
        look.lacking(KINDS, unknown('malformed', ASSETS, 'the name of a secret looks like a secret itself'))
        continue
      }
      const rotatedAt =
        newest.state === 'known'
          ? answer(newest.value.get(name), ASSETS, 'it has no version that can be read')
          : newest
      yield secretRow(secret, rotatedAt, look.tree)
      yield* ownerHints({ secret: secret.name }, labels, { words: 'label', id: '' })
      yield* ownerHints({ secret: secret.name }, annotations, { words: 'annotation', id: 'annotation/' })
    }
  },
}
