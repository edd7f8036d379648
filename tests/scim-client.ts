// A provider of identities, as a test: it speaks SCIM with a token that may do nothing else.
import { ROLES, type Actor, type Role } from '@/core/permissions'
import { scim } from '@/app/api/scim/v2/_scim/endpoint'
import { createFirstAdministrator } from '@/governance/auth/first-administrator'
import { createMember } from '@/governance/members/create-member'
import { createToken } from '@/governance/tokens/create-token'
import { db } from '@/prisma/client'

const HOST = 'http://localhost:3000'
export const BASE = `${HOST}/api/scim/v2`
/** By role; `scim` and `events` are tokens of the administrator that may do one thing. */
export const tokens: Record<string, string> = {}

/** Once for a file. @returns the administrator */
export async function openInstallation(): Promise<Actor> {
  // The test runner uses this name for something else.
  process.env.BASE_URL = HOST
  const password = 'correct horse battery staple'
  const { id } = await createFirstAdministrator({ name: 'Root', email: 'root@example.com', password })
  const actor = (userId: string, role: Role): Actor => ({ kind: 'user', id: userId, name: role, role })
  const administrator = actor(id, 'administrator')
  const only = 'person:provision' as const
  tokens.scim = (await createToken(administrator, { name: 'scim', only })).token
  tokens.events = (await createToken(administrator, { name: 'events', only: 'source:receive' })).token
  for (const role of ROLES) {
    const made =
      role === 'administrator'
        ? { id }
        : await createMember(administrator, { name: role, email: `${role}@example.com`, role, password })
    tokens[role] = (await createToken(actor(made.id, role), { name: role })).token
  }
  return administrator
}

export type Json = Record<string, unknown>
export async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: Json }> {
  const response = await scim(
    new Request(`${BASE}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokens.scim}`,
        ...(body !== undefined && { 'content-type': 'application/scim+json; charset=utf-8' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : {}) as Json }
}

const PATCH_OP = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
export const patch = (path: string, ...Operations: unknown[]) =>
  ask('PATCH', path, { schemas: PATCH_OP, Operations })
export const filtered = (kind: string, filter: string, more = '') =>
  ask('GET', `/${kind}?filter=${encodeURIComponent(filter)}${more}`)

export const userNamed = (name: string) => ({
  ...{ userName: `${name}@acme.example`, displayName: name, active: true },
})
export const made = async (user: object) => String((await ask('POST', '/Users', user)).body.id)
export const madeGroup = async (more: object = {}) =>
  String((await ask('POST', '/Groups', { displayName: 'Platform', ...more })).body.id)

export const person = (email: string) =>
  db.person.findUniqueOrThrow({ where: { email }, include: { sources: true, teams: true, manager: true } })
