// Groups over SCIM: teams of the directory.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { listGroups, readScimGroup, type ScimGroup } from '@/governance/directory/scim/list-groups'
import { changeGroup, deprovisionGroup, provisionGroup } from '@/governance/directory/scim/provision-group'
import { GROUP } from '@/governance/directory/scim/schema-names'
import { scimAnswer, scimList } from './answer'
import { location } from './location'
import { bodyOf, chosen, pageOf, partsOf } from './request'

const resourceOf = ({ id, name, externalId, members, createdAt, changedAt }: ScimGroup) => ({
  schemas: [GROUP],
  id,
  ...(externalId !== undefined && { externalId }),
  meta: {
    resourceType: 'Group',
    created: createdAt,
    lastModified: changedAt,
    location: location('Groups', id),
  },
  displayName: name,
  ...(members && {
    members: members.map((one) => ({
      value: one.id,
      display: one.name,
      type: 'User',
      $ref: location('Users', one.id),
    })),
  }),
})

async function one(actor: Actor, id: string, request: Request): Promise<Record<string, unknown>> {
  const isWanted = partsOf(new URL(request.url).searchParams)
  const found = await readScimGroup(actor, id, { members: isWanted('members') })
  if (!found) throw new RollcallError('not-found', 'There is no such group.')
  return chosen(resourceOf(found), isWanted)
}

async function list(actor: Actor, request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const isWanted = partsOf(searchParams)
  const asked = pageOf(searchParams)
  const { total, rows } = await listGroups(actor, { ...asked, members: isWanted('members') })
  return scimAnswer(
    scimList(
      total,
      asked.startIndex,
      rows.map((row) => chosen(resourceOf(row), isWanted)),
    ),
  )
}

async function write(actor: Actor, id: string, request: Request): Promise<Response> {
  if (request.method === 'DELETE') {
    await deprovisionGroup(actor, { id })
    return scimAnswer(undefined, 204)
  }
  const by = request.method === 'PATCH' ? 'patch' : 'replace'
  await changeGroup(actor, { id, by, body: await bodyOf(request) })
  // With all its members a large group would be sent back for every one that comes.
  return by === 'patch' ? scimAnswer(undefined, 204) : scimAnswer(await one(actor, id, request))
}

export const groups = {
  methods: { list: ['GET', 'POST'], one: ['GET', 'PUT', 'PATCH', 'DELETE'] },
  async list(actor: Actor, request: Request): Promise<Response> {
    if (request.method === 'GET') return list(actor, request)
    const { id } = await provisionGroup(actor, { group: await bodyOf(request) })
    return scimAnswer(await one(actor, id, request), 201, { location: location('Groups', id) })
  },
  async one(actor: Actor, id: string, request: Request): Promise<Response> {
    return request.method === 'GET' ? scimAnswer(await one(actor, id, request)) : write(actor, id, request)
  },
}
