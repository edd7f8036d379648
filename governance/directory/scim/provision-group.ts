// What a provider of identities may do to groups: add, change and take out.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { isUuid } from '@/inventory/queries/sql'
import type { Tx } from '@/prisma/client'
import { command } from '../../command'
import { patchGroup, readGroup } from './group-said'
import { readOperations } from './operations'
import { addGroup, changeGroupHeld, dropGroup, type HeldGroup, type WrittenGroup } from './write-group'
import { lockDirectory } from './write-user'

const Body = z.record(z.string(), z.unknown(), 'is not an object')
const Id = z.string().max(100)
/** A large group is written as a whole. */
const TIMEOUT_MS = 60_000

async function mustHold(tx: Tx, id: string): Promise<HeldGroup> {
  await lockDirectory(tx)
  const held = isUuid(id) ? await tx.provisionedTeam.findUnique({ where: { id } }) : null
  if (!held) throw new RollcallError('not-found', 'There is no such group.')
  return { id: held.id, teamId: held.teamId, name: held.name }
}

const told = ({ id, teamId, name, members }: WrittenGroup) => ({
  object: `team:${teamId}`,
  detail: { source: 'scim', id, name, members },
})

export const provisionGroup = command({
  name: 'team.provision',
  permission: 'person:provision',
  input: z.strictObject({ group: Body }),
  timeoutMs: TIMEOUT_MS,
  run: ({ input: { group }, tx, now }) => addGroup(tx, readGroup(group), now),
  activity: (_, done) => told(done),
})

export const changeGroup = command({
  name: 'team.reprovision',
  permission: 'person:provision',
  input: z.strictObject({ id: Id, by: z.enum(['replace', 'patch']), body: Body }),
  timeoutMs: TIMEOUT_MS,
  async run({ input: { id, by, body }, tx, now }) {
    const held = await mustHold(tx, id)
    const change = by === 'patch' ? patchGroup(readOperations(body)) : readGroup(body)
    return changeGroupHeld(tx, held, change, now)
  },
  activity: (_, done) => told(done),
})

export const deprovisionGroup = command({
  name: 'team.deprovision',
  permission: 'person:provision',
  input: z.strictObject({ id: Id }),
  async run({ input: { id }, tx }) {
    return dropGroup(tx, await mustHold(tx, id))
  },
  activity: (_, done) => told(done),
})
