// Who owns the code whose runs act as an identity: by the trust that lets them in, and the CODEOWNERS file of that repository.
import { repositoryOf, type Repository } from '@/evaluators/federation/repository'
import type { Instant } from '@/core/fact'
import { db } from '@/prisma/client'
import { ownersOfPath, readCodeOwners, whoIs, type CodeRule } from '../code-owners/read-code-owners'
import type { Found } from './read-hints'

/** What so many different repositories act as belongs to none of them. */
const REPOSITORIES_MAX = 3

type Held = { identityId: string; value: string }
/** Rows of an identity that say whose tokens act as it. */
const subjectsOf = (ids: readonly string[]) => db.$queryRaw<Held[]>`
  SELECT DISTINCT r.identity_id AS "identityId", l.value FROM (
    SELECT id, id AS identity_id FROM identity WHERE id = ANY(${[...ids]}::uuid[])
    UNION ALL SELECT id, identity_id FROM trust WHERE identity_id = ANY(${[...ids]}::uuid[]) AND retired_at IS NULL
    UNION ALL SELECT id, identity_id FROM credential WHERE identity_id = ANY(${[...ids]}::uuid[]) AND retired_at IS NULL
    UNION ALL SELECT id, identity_id FROM "grant" WHERE identity_id = ANY(${[...ids]}::uuid[]) AND retired_at IS NULL
  ) r JOIN join_link l ON l.row_id = r.id AND l.to_type = 'oidc.subject' AND l.means = 'becomes-this' AND NOT l.gone`

type File = { repository: string; ref: string; at: Date; text: string }

function found(identityId: string, { repository, ref, at }: File, rule: CodeRule): Found[] {
  return rule.owners.map((owner) => {
    const { role, name } = whoIs(owner)
    const words = `CODEOWNERS, line ${rule.line} (${rule.pattern})`
    const evidence = {
      kind: 'code' as const,
      words,
      source: `${repository} at ${ref}`,
      at: at.toISOString() as Instant,
    }
    return { identityId, role, value: name, evidence }
  })
}

export async function codeOwnersOf(ids: readonly string[]): Promise<Found[]> {
  const byIdentity = new Map<string, Map<string, Repository>>()
  for (const { identityId, value } of await subjectsOf(ids)) {
    const repository = repositoryOf(value)
    if (!repository) continue
    const held = byIdentity.get(identityId) ?? new Map<string, Repository>()
    byIdentity.set(identityId, held.set(repository.name, repository))
  }
  const names = [...new Set([...byIdentity.values()].flatMap((held) => [...held.keys()]))]
  if (!names.length) return []
  const files = await db.codeOwners.findMany({
    where: { repository: { in: names } },
    select: { repository: true, ref: true, at: true, text: true },
  })
  const read = new Map(files.map((file) => [file.repository, { file, ...readCodeOwners(file.text) }]))
  return [...byIdentity].flatMap(([identityId, held]) => {
    if (held.size > REPOSITORIES_MAX) return []
    return [...held.values()].flatMap(({ name, decides }) => {
      const known = read.get(name)
      return known ? ownersOfPath(known, decides).flatMap((rule) => found(identityId, known.file, rule)) : []
    })
  })
}
