import type { NextConfig } from 'next'

const config: NextConfig = {
  serverExternalPackages: ['pg', 'pg-boss', '@prisma/adapter-pg'],
  poweredByHeader: false,
}
export default config
