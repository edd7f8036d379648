// Auth methods, and the engines whose roles are not read: so that it shows what is there beyond what is read.
import type { Stream } from '@/core/connector'
import { authMounts, engineMounts, lookAt } from './look'
import { issuerRow } from './map-issuer'

const READ_METHODS = new Set([
  'approle',
  'kubernetes',
  'jwt',
  'cert',
  'userpass',
  'aws',
  'azure',
  'gcp',
  'token',
])
const READ_ENGINES = new Set(['database', 'aws', 'pki', 'ssh', 'kubernetes'])
const ISSUE_NOTHING = /^(ns_)?(system|identity|cubbyhole|transit|transform|kv|keymgmt|totp)$/

export const mounts: Stream = {
  kinds: ['issuer'],
  async *collect(at) {
    const look = await lookAt(at)
    for (const { path, type, accessor, defaultTtl, maxTtl } of await authMounts(look))
      yield issuerRow({
        id: accessor,
        path: `auth/${path}`,
        name: `auth/${path} (${type})`,
        type: READ_METHODS.has(type) ? 'vault.auth-method' : 'vault.auth-method-unread',
        source: 'read sys/auth',
        life: { standard: defaultTtl, most: maxTtl },
      })
    for (const { path, type, accessor } of await engineMounts(look))
      if (!READ_ENGINES.has(type) && !ISSUE_NOTHING.test(type))
        yield issuerRow({
          id: accessor,
          path,
          name: `${path} (${type})`,
          type: 'vault.engine-unread',
          source: 'read sys/mounts',
        })
  },
}
