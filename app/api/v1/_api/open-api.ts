// Describes the API as an OpenAPI 3.1 document, made from the schemas that read its requests.
import { z } from 'zod'
import type { AnyRoute } from '@/app/_http/route'
import { CODES } from '@/core/errors'
import { PERMISSIONS } from '@/core/permissions'
import { MomentView } from '@/inventory/moment/moment-view'
import { Problem } from './schemas'

type Json = Record<string, unknown>

/** Numbers of other kinds than 200 that a route can answer with, and when. */
const REFUSALS = {
  invalid: 'The request was not understood; `issues` names each wrong field.',
  unauthenticated: 'Nobody is signed in, or the token is not valid.',
  forbidden: 'The role does not hold the permission.',
  'not-found': 'There is no such thing, or not for you.',
  conflict: 'It does not fit what is there.',
  limited: 'It is too large.',
  later: 'Too much at the moment: try again after `retry-after` seconds.',
  upstream: 'What it depends on did not answer.',
} as const
/** HTTP has a status for what is too large, and another for what is too much. */
const STATUS: Readonly<Record<keyof typeof REFUSALS, number>> = {
  ...CODES,
  limited: 413,
  later: 429,
}

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' })
  return json
}

/** What every route of the record takes beside its own query. */
const MOMENT: readonly Json[] = [
  {
    name: 'asOf',
    in: 'query',
    required: false,
    description:
      'Answers as of this moment: a date (its end in UTC) or an instant. The same question gets the same bytes for ever. Left out: the present.',
    schema: { type: 'string', examples: ['2026-09-30', '2026-09-30T12:00:00Z'] },
  },
  {
    name: 'known',
    in: 'query',
    required: false,
    description:
      'By when it had to be known; never earlier than `asOf`. Left out: by `asOf` itself. `now`: all that is known today; the answer says the instant.',
    schema: { type: 'string' },
  },
]
const MOMENT_HEADERS: Json = {
  'rollcall-as-of': {
    description: 'The moment it is about, where one was asked for.',
    schema: { type: 'string' },
  },
  'rollcall-known': { description: 'By when it was known.', schema: { type: 'string' } },
  etag: {
    description: 'SHA-256 of the JSON body of an answer about an earlier moment.',
    schema: { type: 'string' },
  },
}
const ofMoment = MomentView.optional().meta({
  description: 'The moment the answer is about; missing where it is about the present.',
})

function parameters(route: AnyRoute): Json[] {
  const places = Object.entries(route.places ?? {}).map(([name, description]) => {
    return { name, in: 'path', required: true, description, schema: { type: 'string' } }
  })
  const query = route.query ? schemaOf(route.query) : {}
  const properties = (query.properties ?? {}) as Record<string, Json>
  const params = Object.entries(properties).map(([name, { description, ...schema }]) => {
    // A list is written with commas.
    const list = schema.type === 'array' ? { style: 'form', explode: false } : {}
    return { name, in: 'query', required: false, ...(description ? { description } : {}), ...list, schema }
  })
  return [...places, ...params, ...(route.past ? MOMENT : [])]
}

function requestBody({ body, takes }: AnyRoute): Json | undefined {
  if (takes) {
    const binary = { type: 'string', format: 'binary' }
    const form = { type: 'object', properties: { file: binary }, required: ['file'] }
    const shapeOf = (type: string): Json =>
      type.startsWith('multipart/') ? form : type === 'application/json' ? {} : binary
    const content = takes.map((type) => [type, { schema: shapeOf(type) }])
    return { required: true, content: Object.fromEntries(content) }
  }
  return body && { required: false, content: { 'application/json': { schema: schemaOf(body) } } }
}

function responses(route: AnyRoute): Json {
  const other = (route.also ?? []).map((type) => [type, { schema: { type: 'string' } }])
  const answer =
    route.past && route.answer instanceof z.ZodObject
      ? route.answer.extend({ moment: ofMoment })
      : route.answer
  const content = { 'application/json': { schema: schemaOf(answer) }, ...Object.fromEntries(other) }
  const usual = route.permission ? (['unauthenticated', 'forbidden'] as const) : []
  // Changes of the moment may still be under way.
  const past = route.past ? (['conflict'] as const) : []
  const refusals = (['invalid', ...usual, ...past, ...(route.fails ?? [])] as const).map((code) => {
    const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
    return [String(STATUS[code]), { description: REFUSALS[code], content: problem }]
  })
  const said = { description: route.summary, content, ...(route.past && { headers: MOMENT_HEADERS }) }
  return { [String(route.status)]: said, ...Object.fromEntries(refusals) }
}

function operation(route: AnyRoute): Json {
  const may = route.permission
    ? `Permission ${route.permission}: ${PERMISSIONS[route.permission].join(', ')}.`
    : 'Open to anyone.'
  const body = requestBody(route)
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[^a-z]+([a-z]|$)/gi, (_, next: string) => next.toUpperCase())}`,
    summary: route.summary,
    description: [route.description, may].filter(Boolean).join(' '),
    parameters: parameters(route),
    ...(body && { requestBody: body }),
    responses: responses(route),
    ...(route.permission === null && { security: [] }),
  }
}

export function openApi(routes: readonly AnyRoute[]): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replace('...}', '}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rollcall',
      version: '1',
      description:
        'Every answer says what it rests on: absence is evidence only where the look was complete.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem) },
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API token, as Settings or `rollcall token create` makes it.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'better-auth.session_token',
          description: 'A signed-in browser. It changes things only from pages of Rollcall itself.',
        },
      },
    },
  }
}
