// Whether a request that carries a session was made by our own pages, and not by another site in the person's browser.
import { RollcallError } from '@/core/errors'
import { env } from '@/env'

const originOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).origin : undefined)

/** A browser says where a request comes from in headers that pages cannot set. A request that says nothing is refused. */
function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = request.headers.get('origin')
  return origin !== null && (origin === originOf(env.baseUrl) || origin === originOf(request.url))
}

/** @throws RollcallError `forbidden` */
export function ensureSameOrigin(request: Request): void {
  if (isSameOrigin(request)) return
  throw new RollcallError(
    'forbidden',
    'A signed-in session changes things only from pages of Rollcall itself. Programs use an API token: Authorization: Bearer rc_…',
  )
}
