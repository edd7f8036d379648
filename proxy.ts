// Gives every page a content security policy with a nonce of its own, so that no inline script or style can run.
import { NextResponse, type NextRequest } from 'next/server'
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
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

export function proxy(request: NextRequest) {
  const csp = policy(Buffer.from(crypto.randomUUID()).toString('base64'))
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', csp)
  // Where to return to after signing in: pages cannot read their own address.
  headers.set('x-rollcall-path', request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', csp)
  if (env.baseUrl.startsWith('https:')) response.headers.set('strict-transport-security', 'max-age=63072000')
  return response
}

export const config = {
  // Not for uploads: Next would hold the body of a request that passes here in memory.
  matcher: [{ source: '/((?!api/|_next/static|_next/image|icon.svg|sources/import/upload).*)' }],
}
