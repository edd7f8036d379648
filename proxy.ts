// Gives every page a content security policy with a nonce of its own, so that no inline script or style can run, and the
// status 400 where its address asks about what is no moment.
import { NextResponse, type NextRequest } from 'next/server'
import { RollcallError } from '@/core/errors'
import { momentOf } from '@/core/moment'
import { env } from '@/env'

/** The one inline style that streaming writes, for parts of a drawing that arrive late: `display:none`. */
const HIDDEN = `'sha256-aqNNdDLnnrDOnTNdkJpYlAxKVJtLt9CtFLklmInuUAE='`

function policy(nonce: string): string {
  const https = env.baseUrl.startsWith('https:')
  return [
    `default-src 'self'`,
    // The development server evaluates code and injects styles of its own.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${env.production ? '' : ` 'unsafe-eval'`}`,
    `style-src 'self' ${env.production ? `'nonce-${nonce}' 'unsafe-hashes' ${HIDDEN}` : `'unsafe-inline'`}`,
    `img-src 'self' data:`,
    `connect-src 'self'`,
    `font-src 'self'`,
    `worker-src 'none'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

/** Pages of the record; comparisons and forms have no `asOf`. */
const RECORD = /^\/(?:(?:identities|credentials|findings|frameworks|score|sources|rules|activity)(?:\/.*)?)?$/
const NO_RECORD = /^\/sources\/(?:new|import)$|^\/identities\/[^/]+\/diff$/
/** The database says what time it is; about what lies so little ahead only the page decides. */
const CLOCKS_DIFFER_MS = 60_000

/** Whether the address alone tells that the page has to refuse: a status can only be set before a page is begun. */
function asksNoMoment({ method, nextUrl }: NextRequest): boolean {
  const { pathname, searchParams } = nextUrl
  if ((method !== 'GET' && method !== 'HEAD') || !RECORD.test(pathname) || NO_RECORD.test(pathname))
    return false
  // As the page reads them: one that comes twice is a list, and no moment.
  const [asOf, known] = ['asOf', 'known'].map((name) =>
    searchParams.has(name) ? searchParams.getAll(name).join(',') : undefined,
  )
  if (!asOf) return false
  try {
    momentOf({ asOf, known }, new Date(Date.now() + CLOCKS_DIFFER_MS).toISOString())
    return false
  } catch (error) {
    if (error instanceof RollcallError) return true
    throw error
  }
}

export function proxy(request: NextRequest) {
  const csp = policy(Buffer.from(crypto.randomUUID()).toString('base64'))
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', csp)
  // Where to return to after signing in: pages cannot read their own address.
  headers.set('x-rollcall-path', request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers }, ...(asksNoMoment(request) && { status: 400 }) })
  response.headers.set('content-security-policy', csp)
  if (env.baseUrl.startsWith('https:')) response.headers.set('strict-transport-security', 'max-age=63072000')
  return response
}

export const config = {
  // Not for uploads: Next would hold the body of a request that passes here in memory.
  matcher: [{ source: '/((?!api/|_next/static|_next/image|icon.svg|sources/import/upload).*)' }],
}
