import type { NextConfig } from 'next'

/** On every answer. The content security policy is set per request, in proxy.ts. */
const HEADERS = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'referrer-policy', value: 'same-origin' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'permissions-policy', value: 'camera=(), microphone=(), geolocation=(), browsing-topics=()' },
]

const config: NextConfig = {
  // `npm run check` checks the types of everything, tests included; a person who only starts the product need not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['pg', 'pg-boss', '@prisma/adapter-pg', 'pdfmake'],
  poweredByHeader: false,
  experimental: { authInterrupts: true },
  headers: async () => [{ source: '/:path*', headers: HEADERS }],
}
export default config
