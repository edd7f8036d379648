// Every request of SCIM: who asks and may they, what is it about, and every failure in the form of SCIM.
import { randomUUID } from 'node:crypto'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { actorFrom } from '@/governance/auth/actor-from'
import { authorise } from '@/governance/authorise'
import { logBug } from '@/app/_http/log-bug'
import { scimAnswer, scimProblem } from './answer'
import { discovery } from './discovery'
import { groups } from './groups'
import { SCIM_PATH } from './location'
import { users } from './users'

const RESOURCES: Record<string, typeof users | undefined> = { Users: users, Groups: groups }

/** A provider brings a token: what a browser is signed in by is never looked at. */
async function actorOf(request: Request): Promise<Actor> {
  const actor = request.headers.has('authorization') ? await actorFrom(request.headers) : null
  authorise(actor, 'person:provision')
  return actor
}

function partsOf(request: Request): string[] {
  const { pathname } = new URL(request.url)
  const parts = pathname.slice(pathname.indexOf(SCIM_PATH) + SCIM_PATH.length).split('/')
  try {
    return parts.map(decodeURIComponent).filter(Boolean)
  } catch {
    throw new RollcallError('not-found', 'There is no such address.')
  }
}

async function answered(request: Request, requestId: string): Promise<Response> {
  const actor = await actorOf(request)
  const [kind = '', id, ...more] = partsOf(request)
  const resource = Object.hasOwn(RESOURCES, kind) ? RESOURCES[kind] : undefined
  const found = resource ? undefined : discovery(id === undefined ? [kind] : [kind, id, ...more])
  if (more.length || (!resource && found === undefined))
    throw new RollcallError('not-found', `There is no ${kind.slice(0, 60) || 'such address'} here.`)
  const methods = !resource ? ['GET'] : id === undefined ? resource.methods.list : resource.methods.one
  if (!methods.includes(request.method)) {
    const error = new RollcallError(
      'invalid',
      `${request.method} is not understood here. There is: ${methods.join(', ')}.`,
    )
    const refused = scimProblem(error, requestId, 405)
    refused.headers.set('allow', methods.join(', '))
    return refused
  }
  if (!resource) return scimAnswer(found)
  return id === undefined ? resource.list(actor, request) : resource.one(actor, id, request)
}

export async function scim(request: Request): Promise<Response> {
  const requestId = randomUUID()
  let response: Response
  try {
    response = await answered(request, requestId)
  } catch (error) {
    if (!(error instanceof RollcallError) || error.code === 'bug') logBug({ requestId, request, error })
    response = scimProblem(error, requestId)
  }
  response.headers.set('x-request-id', requestId)
  response.headers.set('cache-control', 'no-store')
  return response
}
