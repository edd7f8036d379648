// Brings a CSV of people into the directory, all of it or nothing. Only a file that is declared to be complete says of somebody
// whom it leaves out that they left, and only as many as were seen in the preview.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { db, type Tx } from '@/prisma/client'
import { authorise } from '../authorise'
import { command, invalid, parseInput } from '../command'
import { readPeople } from './people-csv'
import { planPeople, previewOf, type Plan, type PeoplePreview } from './plan-people'
import { writePeople } from './write-people'

export const PEOPLE_BYTES_MAX = 20 * 1024 * 1024
const TIMEOUT_MS = 120_000

const File = z.strictObject({
  csv: z.string().max(PEOPLE_BYTES_MAX, 'is larger than 20 MB'),
  /** Sets files apart that come from different places: what one says, another does not take back. */
  name: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'must be small letters, digits and hyphens')
    .optional(),
  /** Whether whoever is not in it is held to have left. */
  complete: z.boolean().default(false),
})
type File = z.infer<typeof File>
const dayOf = (now: Date): string => now.toISOString().slice(0, 10)

/** @throws RollcallError `invalid` with a line for each mistake */
async function planOf(tx: Pick<Tx, '$queryRaw'>, { csv, name, complete }: File, now: Date): Promise<Plan> {
  const { people, issues } = readPeople(csv, dayOf(now))
  if (issues.length) throw invalid(issues)
  const source = name === undefined ? 'import' : `import:${name}`
  const plan = await planPeople(tx, people, { source, complete })
  if (plan.issues.length) throw invalid(plan.issues)
  return plan
}

/** What the file would change. */
export async function previewPeople(
  actor: Actor | null,
  raw: z.input<typeof File>,
  now = new Date(),
): Promise<PeoplePreview> {
  authorise(actor, 'person:manage')
  return previewOf(await planOf(db, parseInput(File, raw), now), dayOf(now))
}

/** @throws RollcallError `conflict` where a complete file leaves out others than were counted */
export const importPeople = command({
  name: 'person.import',
  permission: 'person:manage',
  input: File.extend({
    /** How many are held to have left because the file leaves them out, as the preview said. */
    leaving: z.int().min(0).optional(),
  }),
  timeoutMs: TIMEOUT_MS,
  async run({ input: { leaving = 0, ...file }, tx, now }) {
    // Two files at once would each be planned without the other.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(7306, 5)`
    const plan = await planOf(tx, file, now)
    const preview = previewOf(plan, dayOf(now))
    const { count } = preview.missing
    if (count !== leaving)
      throw new RollcallError(
        'conflict',
        `${count} would be held to have left because the file leaves them out, and ${leaving} were agreed to. Nothing was changed. Look at the preview, then say ${count}.`,
      )
    const settled = await writePeople(tx, plan, now)
    return { source: plan.source, ...preview, settled: settled.length }
  },
  activity: ({ complete }, { source, people, added, left, returned, missing }) => ({
    object: `directory:${source}`,
    detail: { complete, people, added, left, returned, missing: missing.count },
  }),
})
