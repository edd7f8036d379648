// Who may answer for identities of which nobody has confirmed it, as far as what is known says so.
import { groupBy } from '@/core/group-by'
import { directoryOf, type Directory } from './directory-of'
import { codeOwnersOf } from './read-code'
import { hintsOf, taggedOwners, type Found } from './read-hints'
import { siblingsOf, type Sibling } from './read-siblings'
import { weigh, type Named, type Suggestion } from './weigh'

/** Identities that are asked about at a time: a page of a list, or one act. */
export const ASKED_MAX = 1000

type NamedOne = { identityId: string; named: Named }

function ofHint({ identityId, role, value, evidence }: Found, directory: Directory): NamedOne[] {
  const known = directory.of(role, value)
  // A name of an application is somebody only where the directory has them, and who made it may be a machine.
  if (!known && (evidence.kind === 'application' || (evidence.kind === 'created' && role === 'unclear')))
    return []
  return [{ identityId, named: known ? { ...known, evidence } : { role, name: value, evidence } }]
}

function ofSibling({ identityId, how, words, whoId, at }: Sibling, directory: Directory): NamedOne[] {
  const known = directory.byId(whoId)
  const evidence = { kind: how, words, source: 'confirmed owners', at }
  return known ? [{ identityId, named: { ...known, evidence } }] : []
}

/** By the id of the identity; those for whom nothing speaks are left out. */
export async function suggestionsFor(ids: readonly string[]): Promise<Map<string, Suggestion[]>> {
  if (ids.length > ASKED_MAX) throw new Error('more identities than are asked about at a time')
  if (!ids.length) return new Map()
  const [hints, tagged, code, siblings] = await Promise.all([
    hintsOf(ids),
    taggedOwners(ids),
    codeOwnersOf(ids),
    siblingsOf(ids),
  ])
  const found = [...hints, ...tagged, ...code]
  const directory = await directoryOf(
    found.map(({ value }) => value),
    siblings.map(({ whoId }) => whoId),
  )
  const named = [
    ...found.flatMap((one) => ofHint(one, directory)),
    ...siblings.flatMap((one) => ofSibling(one, directory)),
  ]
  const byIdentity = groupBy(named, ({ identityId }) => identityId)
  return new Map([...byIdentity].map(([id, some]) => [id, weigh(some.map((one) => one.named))]))
}
