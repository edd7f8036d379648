// Routes of the policy: reading it, saying what another one would change, and putting that in its place.
import { z } from 'zod'
import { Answer, route, type AnyRoute } from '@/app/_http/route'
import { RollcallError } from '@/core/errors'
import { policyYaml } from '@/governance/policy/policy-yaml'
import { beginPreview, previewPolicy, type BegunPreview } from '@/governance/policy/preview-policy'
import {
  policyDifference,
  policyVersion,
  policyVersions,
  policyView,
  type PolicyView,
} from '@/governance/policy/read-policy'
import { RestoreInput, restorePolicy, SaveInput, savePolicy } from '@/governance/policy/save-policy'
import { Change, PreviewAnswer, Saved, Version, View } from './policy-schemas'

const YAML = 'application/yaml'
const STREAM = 'application/x-ndjson'

/** The version somebody began from, as `If-Match` names it: "7". @throws RollcallError `invalid` */
function baseOf(request: Request): number {
  const [, digits] = /^"(\d{1,9})"$/.exec(request.headers.get('if-match')?.trim() ?? '') ?? []
  if (digits === undefined)
    throw new RollcallError(
      'invalid',
      'Send If-Match with the version that this was made from, as its ETag says: "7".',
    )
  return Number(digits)
}
const etagOf = (version: number) => ({ etag: `"${version}"` })

function shown(view: PolicyView, format: 'json' | 'yaml' | undefined): Answer | Response {
  if (format !== 'yaml') return new Answer(200, view, etagOf(view.version))
  return new Response(policyYaml(view.policy, view.version), {
    headers: {
      'content-type': `${YAML}; charset=utf-8`,
      'content-disposition': `attachment; filename="policy-${view.version}.yaml"`,
      ...etagOf(view.version),
    },
  })
}

const told = (error: unknown): string =>
  error instanceof RollcallError ? error.message : 'It failed. Try again; the log of the server says why.'

/** A line each for progress, the last one with the answer. Whoever stops reading stops the work. */
function streamed({ steps }: BegunPreview, signal: AbortSignal): Response {
  const stopped = new AbortController()
  const work = steps(AbortSignal.any([signal, stopped.signal]))
  const lines = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(to) {
      try {
        const { done, value } = await work.next()
        if (done) return to.close()
        to.enqueue(lines.encode(`${JSON.stringify(value)}\n`))
      } catch (error) {
        // The answer has begun: its end has to say that it is none.
        if (!stopped.signal.aborted && !signal.aborted)
          to.enqueue(lines.encode(`${JSON.stringify({ error: told(error) })}\n`))
        to.close()
      }
    },
    async cancel() {
      stopped.abort()
      // Nobody asks for the next line any more: it has to be told that there is none.
      await work.return(undefined)
    },
  })
  return new Response(body, { headers: { 'content-type': STREAM } })
}

const Format = z.object({ format: z.enum(['json', 'yaml']).optional() })
const places = { version: 'Its number. 0 is what is built in.' }
const numberIn = (params: Readonly<Record<string, string>>) =>
  /^\d{1,9}$/.test(params.version ?? '') ? Number(params.version) : -1

const versions: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/policy/versions',
    permission: 'policy:read',
    summary: 'Lists the versions of the policy, newest first',
    query: z.object({ before: z.coerce.number().int().positive().optional() }),
    status: 200,
    answer: z.object({ rows: z.array(Version), next: z.int().optional() }),
    handle: ({ actor, query }) => policyVersions(actor, query),
  }),
  route({
    method: 'GET',
    path: '/policy/versions/{version}',
    permission: 'policy:read',
    summary: 'Shows one version of the policy, and what it changed in the one before it',
    places,
    query: Format,
    status: 200,
    answer: View.extend({ changes: z.array(Change) }),
    also: [YAML],
    fails: ['not-found'],
    async handle({ actor, params, query: { format } }) {
      const version = numberIn(params)
      const view = await policyVersion(actor, version)
      if (format === 'yaml') return shown(view, format)
      const changes = version ? await policyDifference(actor, { from: version - 1, to: version }) : []
      return { ...view, changes }
    },
  }),
  route({
    method: 'POST',
    path: '/policy/versions/{version}/restore',
    permission: 'policy:write',
    summary: 'Makes what an earlier version says count again, as a new version',
    description: 'If-Match names the version that counts now.',
    places,
    body: RestoreInput.pick({ note: true }),
    status: 200,
    answer: Saved,
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body, request }) =>
      restorePolicy(actor, { ...body, version: numberIn(params), base: baseOf(request) }),
  }),
]

export const policyRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/policy',
    permission: 'policy:read',
    summary: 'Shows the policy that counts',
    description: 'Its ETag is its version.',
    query: Format,
    status: 200,
    answer: View,
    also: [YAML],
    handle: async ({ actor, query: { format } }) => shown(await policyView(actor), format),
  }),
  route({
    method: 'PUT',
    path: '/policy',
    permission: 'policy:write',
    summary: 'Puts another policy in its place, as a new version',
    description:
      'If-Match names the version that it was made from; where another one counts by now, nothing is changed. Everything is judged again by it.',
    body: SaveInput.pick({ policy: true, note: true }),
    status: 200,
    answer: Saved,
    fails: ['conflict'],
    handle: ({ actor, body, request }) =>
      savePolicy(actor, { ...body, base: baseOf(request), source: 'code' }),
  }),
  route({
    method: 'POST',
    path: '/policy/preview',
    permission: 'policy:read',
    summary: 'Says which verdicts would be others by a policy. Nothing is saved',
    description:
      'Looks at 20,000 identities with their credentials, secrets and scopes, or at all with `whole`. Accept application/x-ndjson for a line of progress now and then and the answer as the last line; closing the connection stops it.',
    body: z.strictObject({ policy: z.unknown(), whole: z.boolean().optional() }),
    status: 200,
    answer: PreviewAnswer,
    also: [STREAM],
    fails: ['later'],
    async handle({ actor, body, request }) {
      const input = { policy: body.policy, ...(body.whole !== undefined && { whole: body.whole }) }
      if (request.headers.get('accept')?.includes(STREAM))
        return streamed(await beginPreview(actor, input), request.signal)
      return previewPolicy(actor, input, { signal: request.signal })
    },
  }),
  ...versions,
]
