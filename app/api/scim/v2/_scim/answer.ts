// Answers of SCIM: a resource, a list of them, or an error in its form (RFC 7644, 3.4.2 and 3.12).
import { RollcallError } from '@/core/errors'
import { ERROR, LIST } from '@/governance/directory/scim/schema-names'
import { ScimError } from '@/governance/directory/scim/scim-error'
import { TooLarge } from '@/app/_http/too-large'

const TYPE = 'application/scim+json'

export const scimAnswer = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { ...(body !== undefined && { 'content-type': TYPE }), ...headers },
  })

export const scimList = (total: number, startIndex: number, resources: readonly unknown[]) => ({
  schemas: [LIST],
  totalResults: total,
  startIndex,
  itemsPerPage: resources.length,
  Resources: resources,
})

/** What SCIM calls an error of ours that is none of its own. */
const TYPES: Partial<Record<RollcallError['code'], string>> = {
  invalid: 'invalidValue',
  conflict: 'uniqueness',
}

/** @param requestId under which what was not expected stands in the log */
export function scimProblem(error: unknown, requestId: string, status?: number): Response {
  const known = error instanceof RollcallError && error.code !== 'bug' ? error : undefined
  const code = status ?? (error instanceof TooLarge ? 413 : (known?.status ?? 500))
  const scimType =
    error instanceof ScimError ? error.scimType : known && code < 413 ? TYPES[known.code] : undefined
  const detail = known?.message ?? `Look for ${requestId} in the log of the server.`
  const body = { schemas: [ERROR], status: String(code), ...(scimType && { scimType }), detail }
  return scimAnswer(body, code, code === 401 ? { 'www-authenticate': 'Bearer realm="rollcall"' } : {})
}
