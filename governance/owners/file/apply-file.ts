// Has an OWNERS file count: it names who answers where nobody has confirmed anybody, and nobody else is taken away.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { db, type Tx } from '@/prisma/client'
import { authorise } from '../../authorise'
import { command, invalid, parseInput } from '../../command'
import type { YamlIssue } from '../../yaml/read-yaml'
import { writeAct } from '../write-act'
import { declaredWho, type Declared } from './declared-who'
import { matchedBy } from './matched'
import { FILE_BYTES_MAX, readOwnersFile } from './owners-file'
import { planFile, type Planned } from './plan-file'
import { previewOf, type FilePreview } from './preview-file'

const TIMEOUT_MS = 120_000
const REF_MAX = 200

const File = z.strictObject({ text: z.string().max(FILE_BYTES_MAX, 'is larger than 1 MB') })
export const ApplyInput = File.extend({
  /** Which commit, branch or tag it is from: kept with it, and told with every owner it names. */
  ref: z
    .string()
    .trim()
    .min(1, 'Say which commit, branch or tag it is from')
    .max(REF_MAX)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'must not hold control characters'),
  /** How many lose what an earlier file said, as the preview said; `any` for whoever has looked in another way. */
  losing: z.union([z.int().min(0), z.literal('any')]).default(0),
})

type Client = Pick<Tx, '$queryRaw'>
type Plan = { declared: Declared[]; planned: Planned[]; preview: FilePreview }

const refusal = (issues: readonly YamlIssue[]) =>
  invalid(
    issues.map(({ line, column, path, message }) => ({
      path: `line ${line}, column ${column}`,
      message: path ? `${path}: ${message}` : message,
    })),
  )

async function checked(tx: Client, text: string): Promise<Plan | { issues: YamlIssue[] }> {
  const file = readOwnersFile(text)
  if (file.issues.length) return { issues: file.issues }
  const { declared, issues } = await declaredWho(tx, file)
  if (issues.length) return { issues }
  const planned = await planFile(tx, declared, await matchedBy(tx, file.entries))
  return { declared, planned, preview: previewOf(declared, planned) }
}

export type CheckedOwners =
  { preview: FilePreview; issues: [] } | { preview?: undefined; issues: YamlIssue[] }

/** What is wrong in a file by line, or what it would change. Nothing is written. */
export async function checkOwnersFile(
  actor: Actor | null,
  raw: z.input<typeof File>,
): Promise<CheckedOwners> {
  authorise(actor, 'owner:assign')
  const found = await checked(db, parseInput(File, raw).text)
  return 'issues' in found ? { issues: found.issues } : { preview: found.preview, issues: [] }
}

/** @throws RollcallError `invalid` with a line for each mistake */
export async function previewOwnersFile(
  actor: Actor | null,
  raw: z.input<typeof File>,
): Promise<FilePreview> {
  const { preview, issues } = await checkOwnersFile(actor, raw)
  if (!preview) throw refusal(issues)
  return preview
}

async function writeDeclared(tx: Tx, planned: readonly Planned[], version: number): Promise<void> {
  const rows = planned.flatMap(({ row, declared }) =>
    declared
      ? [
          {
            ...{ identityId: row.id, line: declared.line },
            ...{ personId: declared.who.person?.id, teamId: declared.who.team?.id },
            ...{ backupId: declared.who.backup?.id, contactId: declared.who.contact?.id },
          },
        ]
      : [],
  )
  await tx.ownerDeclared.deleteMany()
  await tx.$executeRaw`
    INSERT INTO owner_declared (identity_id, version, line, person_id, team_id, backup_id, contact_id)
    SELECT t."identityId", ${version}::int, t.line, t."personId", t."teamId", t."backupId", t."contactId"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t ("identityId" uuid, line int, "personId" uuid, "teamId" uuid,
      "backupId" uuid, "contactId" uuid)`
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** @throws RollcallError `conflict` where others lose their source than were agreed to */
export const applyOwnersFile = command({
  name: 'owner.apply-file',
  permission: 'owner:assign',
  input: ApplyInput,
  timeoutMs: TIMEOUT_MS,
  async run({ actor, input: { text, ref, losing }, tx, now }) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(7306, 6)`
    const found = await checked(tx, text)
    if ('issues' in found) throw refusal(found.issues)
    const { planned, preview, declared } = found
    if (losing !== 'any' && losing !== preview.lost)
      throw new RollcallError(
        'conflict',
        `${preview.lost} would lose who answers for them, because an earlier file said so and this one does not; ${losing} were agreed to. Nothing was changed. Look at the preview, then say ${preview.lost}.`,
      )
    const changed = planned.filter(({ set }) => Object.keys(set).length > 0)
    const [last, hash] = [await tx.ownersFile.findFirst({ orderBy: { version: 'desc' } }), hashOf(text)]
    // What is applied again and again from a repository, and changes nothing, is no version of its own.
    const isNew = last?.hash !== hash || changed.length > 0
    const version = (last?.version ?? 0) + (isNew ? 1 : 0)
    const act = changed.length
      ? await writeAct(
          tx,
          { rows: changed.map(({ row }) => row) },
          { actor, now, kind: 'import', why: `OWNERS file ${version}, ${ref}` },
          changeOf(new Map(changed.map((one) => [one.row.id, one])), `OWNERS file ${version}, ${ref}`),
        )
      : undefined
    await writeDeclared(tx, planned, version)
    const counts = { entries: declared.length, identities: preview.identities }
    const made = { version, text, hash, ref, author: actor.name, at: now, ...counts }
    if (isNew) await tx.ownersFile.create({ data: { ...made, actId: act?.actId ?? null } })
    else await tx.ownersFile.update({ where: { version }, data: counts })
    return { version, isNew, hash, actId: act?.actId ?? null, changed: changed.length, ...preview }
  },
  activity: ({ ref }, { version, hash, changed, drift, lost }) => ({
    object: `owners-file:${version}`,
    detail: { ref, hash, changed, drift, lost },
  }),
})

const changeOf = (planned: ReadonlyMap<string, Planned>, from: string) => (row: { id: string }) => {
  const one = planned.get(row.id)
  if (!one) return undefined
  const line = one.declared ? `, line ${one.declared.line}` : ''
  return { set: one.set, evidence: `${from}${line}` }
}
