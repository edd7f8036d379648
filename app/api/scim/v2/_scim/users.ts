// Users over SCIM.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { listUsers, readScimUser, type ScimUser } from '@/governance/directory/scim/list-users'
import { changeUser, deprovisionUser, provisionUser } from '@/governance/directory/scim/provision-user'
import { ENTERPRISE, USER } from '@/governance/directory/scim/schema-names'
import { scimAnswer, scimList } from './answer'
import { location } from './location'
import { bodyOf, chosen, pageOf, partsOf } from './request'

function resourceOf({ id, said, createdAt, changedAt }: ScimUser): Record<string, unknown> {
  const { userName, externalId, isActive, name, displayName, emails, manager } = said
  return {
    schemas: [USER, ...(manager === undefined ? [] : [ENTERPRISE])],
    id,
    ...(externalId !== undefined && { externalId }),
    meta: {
      resourceType: 'User',
      created: createdAt,
      lastModified: changedAt,
      location: location('Users', id),
    },
    userName,
    ...(name && { name }),
    ...(displayName !== undefined && { displayName }),
    emails,
    active: isActive,
    ...(manager !== undefined && { [ENTERPRISE]: { manager: { value: manager } } }),
  }
}

async function one(actor: Actor, id: string, request: Request): Promise<Record<string, unknown>> {
  const found = await readScimUser(actor, id)
  if (!found) throw new RollcallError('not-found', 'There is no such user.')
  return chosen(resourceOf(found), partsOf(new URL(request.url).searchParams))
}

async function list(actor: Actor, request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const asked = pageOf(searchParams)
  const { total, rows } = await listUsers(actor, asked)
  const isWanted = partsOf(searchParams)
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
    await deprovisionUser(actor, { id })
    return scimAnswer(undefined, 204)
  }
  const by = request.method === 'PATCH' ? 'patch' : 'replace'
  await changeUser(actor, { id, by, body: await bodyOf(request) })
  return scimAnswer(await one(actor, id, request))
}

export const users = {
  methods: { list: ['GET', 'POST'], one: ['GET', 'PUT', 'PATCH', 'DELETE'] },
  async list(actor: Actor, request: Request): Promise<Response> {
    if (request.method === 'GET') return list(actor, request)
    const { id } = await provisionUser(actor, { user: await bodyOf(request) })
    return scimAnswer(await one(actor, id, request), 201, { location: location('Users', id) })
  },
  async one(actor: Actor, id: string, request: Request): Promise<Response> {
    return request.method === 'GET' ? scimAnswer(await one(actor, id, request)) : write(actor, id, request)
  },
}
