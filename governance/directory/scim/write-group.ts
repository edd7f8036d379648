// Writes groups of a provider of identities as teams of the directory. A team that another source told keeps its name.
import { randomUUID } from 'node:crypto'
import { v7 as newId } from 'uuid'
import { isUuid } from '@/inventory/queries/sql'
import type { Tx } from '@/prisma/client'
import { evaluateOwnedBy } from '../standing'
import type { GroupChange, MemberStep } from './group-said'
import { SCIM } from './schema-names'
import { ScimError } from './scim-error'
import { lockDirectory } from './write-user'

const NAMED_MAX = 20

/** The team of that name, made where there is none. @throws ScimError `uniqueness` where another group is that team */
async function teamFor(tx: Tx, name: string, now: Date, groupId?: string): Promise<string> {
  const held = await tx.team.findFirst({
    where: { name: { equals: name, mode: 'insensitive' } },
    include: { provisioned: { select: { id: true } } },
  })
  if (held?.provisioned && held.provisioned.id !== groupId)
    throw new ScimError('uniqueness', `There is a group ${name} already.`)
  if (held) return held.id
  const id = randomUUID()
  await tx.team.create({ data: { id, name, source: SCIM, createdAt: now, changedAt: now } })
  return id
}

/** People by what the provider calls them by. @throws ScimError `invalidValue` naming those it has not told of */
async function peopleOf(tx: Tx, ids: readonly string[], mustBe: boolean): Promise<string[]> {
  const asked = [...new Set(ids.map((id) => id.toLowerCase()))]
  const rows = await tx.$queryRaw<{ id: string; personId: string }[]>`
    SELECT id, person_id AS "personId" FROM provisioned_person WHERE id = ANY(${asked.filter(isUuid)}::uuid[])`
  const found = new Set(rows.map(({ id }) => id))
  const unknown = asked.filter((id) => !found.has(id))
  if (mustBe && unknown.length) {
    const named = unknown.slice(0, NAMED_MAX).map((id) => id.slice(0, 60))
    throw new ScimError(
      'invalidValue',
      `There is no user ${named.join(', ')}. Send the users before their groups.`,
    )
  }
  return rows.map(({ personId }) => personId)
}

async function writeMembers(tx: Tx, teamId: string, { op, ids }: MemberStep): Promise<void> {
  const people = await peopleOf(tx, ids, op !== 'remove')
  if (op !== 'add')
    await tx.$executeRaw`
      DELETE FROM team_member WHERE team_id = ${teamId}::uuid AND source = ${SCIM}
        AND (person_id = ANY(${people}::uuid[])) = ${op === 'remove'}`
  if (op !== 'remove')
    await tx.$executeRaw`
      INSERT INTO team_member (team_id, person_id, source)
      SELECT ${teamId}::uuid, id, ${SCIM} FROM unnest(${people}::uuid[]) AS p (id) ON CONFLICT DO NOTHING`
}

export type WrittenGroup = { id: string; teamId: string; name: string; members: number }

const written = async (tx: Tx, id: string, teamId: string, name: string): Promise<WrittenGroup> => ({
  ...{ id, teamId, name },
  members: await tx.teamMember.count({ where: { teamId, source: SCIM } }),
})

export async function addGroup(
  tx: Tx,
  change: GroupChange & { name: string },
  now: Date,
): Promise<WrittenGroup> {
  await lockDirectory(tx)
  const { name, externalId = null, members } = change
  const teamId = await teamFor(tx, name, now)
  const id = newId()
  await tx.provisionedTeam.create({ data: { id, teamId, name, externalId, createdAt: now, changedAt: now } })
  for (const step of members) await writeMembers(tx, teamId, step)
  return written(tx, id, teamId, name)
}

export type HeldGroup = { id: string; teamId: string; name: string }

/** The team takes the new name where this source made it and the name is free; else the group is another team from now on. */
async function rename(tx: Tx, held: HeldGroup, name: string, now: Date): Promise<string> {
  if (name === held.name) return held.teamId
  const team = await tx.team.findUniqueOrThrow({ where: { id: held.teamId } })
  const other = await tx.team.findFirst({ where: { name: { equals: name, mode: 'insensitive' } } })
  if (team.source === SCIM && (!other || other.id === team.id)) {
    await tx.team.update({ where: { id: team.id }, data: { name, changedAt: now } })
    await evaluateOwnedBy(tx, [team.id])
    return team.id
  }
  const next = await teamFor(tx, name, now, held.id)
  if (next === team.id) return next
  await tx.$executeRaw`
    INSERT INTO team_member (team_id, person_id, source) SELECT ${next}::uuid, person_id, source FROM team_member
    WHERE team_id = ${team.id}::uuid AND source = ${SCIM} ON CONFLICT DO NOTHING`
  await tx.teamMember.deleteMany({ where: { teamId: team.id, source: SCIM } })
  return next
}

export async function changeGroupHeld(
  tx: Tx,
  held: HeldGroup,
  { name = held.name, externalId, members }: GroupChange,
  now: Date,
): Promise<WrittenGroup> {
  const teamId = await rename(tx, held, name, now)
  const more = externalId === undefined ? {} : { externalId }
  await tx.provisionedTeam.update({ where: { id: held.id }, data: { teamId, name, ...more, changedAt: now } })
  for (const step of members) await writeMembers(tx, teamId, step)
  return written(tx, held.id, teamId, name)
}

/** The team stays: it may answer for identities. Nobody belongs to it by this source any more. */
export async function dropGroup(tx: Tx, { id, teamId, name }: HeldGroup): Promise<WrittenGroup> {
  await tx.teamMember.deleteMany({ where: { teamId, source: SCIM } })
  await tx.provisionedTeam.delete({ where: { id } })
  return { id, teamId, name, members: 0 }
}
