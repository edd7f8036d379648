// What a request of SCIM asks: its body, and which page of a list in which parts.
import { readText } from '@/app/_http/body'
import { RESULTS_MAX } from '@/governance/directory/scim/list-users'
import { ScimError } from '@/governance/directory/scim/scim-error'

/** A group of tens of thousands in one request. */
export const BODY_BYTES_MAX = 4 * 1024 * 1024
const COUNT = 100

/** @throws ScimError `invalidSyntax`; TooLarge */
export async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/(scim\+)?json\b/i.test(type))
    throw new ScimError('invalidSyntax', 'Send JSON, with content-type: application/scim+json.')
  const text = await readText(request, BODY_BYTES_MAX)
  try {
    const body = JSON.parse(text) as unknown
    if (typeof body === 'object' && body !== null && !Array.isArray(body))
      return body as Record<string, unknown>
  } catch {
    // Told below: the reason would quote the body.
  }
  throw new ScimError('invalidSyntax', 'The body is not a JSON object.')
}

function whole(search: URLSearchParams, name: string): number | undefined {
  const text = search.get(name)
  if (text === null || text === '') return undefined
  if (!/^[+-]?\d{1,9}$/.test(text)) throw new ScimError('invalidValue', `${name} must be a whole number.`)
  return Number(text)
}

/** Numbers that are too small count as the smallest, too large ones as the largest (RFC 7644, 3.4.2.4). */
export function pageOf(search: URLSearchParams) {
  const filter = search.get('filter')
  return {
    ...(filter !== null && filter !== '' && { filter }),
    startIndex: Math.max(1, whole(search, 'startIndex') ?? 1),
    count: Math.min(RESULTS_MAX, Math.max(0, whole(search, 'count') ?? COUNT)),
  }
}

const words = (search: URLSearchParams, name: string) =>
  search
    .getAll(name)
    .flatMap((text) => text.split(','))
    .map(
      (word) =>
        word
          .trim()
          .toLowerCase()
          .replace(/^urn:.*:/, '')
          .split('.')[0] ?? '',
    )
    .filter(Boolean)

/** Which attributes are wanted: by `attributes` only those, by `excludedAttributes` all but those. Ids always are. */
export function partsOf(search: URLSearchParams): (name: string) => boolean {
  const [only, without] = [words(search, 'attributes'), words(search, 'excludedAttributes')]
  const always = ['schemas', 'id']
  return (name) => {
    const asked = name.toLowerCase()
    return always.includes(asked) || (only.length ? only.includes(asked) : !without.includes(asked))
  }
}

export const chosen = (resource: Record<string, unknown>, isWanted: (name: string) => boolean) =>
  Object.fromEntries(
    Object.entries(resource).filter(([key]) => isWanted(/:user$/i.test(key) ? 'manager' : key)),
  )
