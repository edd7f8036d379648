// What every stream begins with: which server and namespace it looks at, and which mounts there are.
import type { StreamAt } from '@/core/connector'
import type { Fact, Unknown } from '@/core/fact'
import type { Session } from '@/core/session'
import type { z } from 'zod'
import type { CallName, CallParams } from './calls'
import { namespaceOf, serverOf, type Server } from './connection'
import { GONE } from './explain'
import { Mounts } from './shapes'

export type Look = StreamAt & Server & { ns: string }

export async function lookAt(at: StreamAt): Promise<Look> {
  return { ...at, ...(await serverOf(at.session)), ns: namespaceOf(at.scope) }
}

export type Mount = {
  /** Without a slash at its end. */
  path: string
  type: string
  /** Given out once: another mount at the same path has another one. */
  accessor: string
  /** Lifetimes in seconds; undefined where the server's own apply. */
  defaultTtl: number | undefined
  maxTtl: number | undefined
  version: string | undefined
}

/** The same thing under the names it has had, and has in namespaces. */
const SAME_TYPE: Readonly<Record<string, string>> = { oidc: 'jwt', ns_token: 'token', generic: 'kv' }

async function mountsOf(look: Look, call: 'read sys/auth' | 'read sys/mounts'): Promise<Mount[]> {
  const mounts = await look.session.call(call, { ns: look.ns }, Mounts)
  return Object.entries(mounts)
    .map(([path, { type, accessor, config, options }]) => ({
      path: path.replace(/\/$/, ''),
      type: SAME_TYPE[type] ?? type,
      accessor,
      defaultTtl: config?.default_lease_ttl || undefined,
      maxTtl: config?.max_lease_ttl || undefined,
      version: options?.version ?? undefined,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}
export const authMounts = (look: Look): Promise<Mount[]> => mountsOf(look, 'read sys/auth')
export const engineMounts = (look: Look): Promise<Mount[]> => mountsOf(look, 'read sys/mounts')
/** Of version 1 only names could be read, and its paths are the secrets themselves: it is left alone. */
export const keepsVersions = ({ type, version }: Mount): boolean => type === 'kv' && version === '2'

/** So many questions refused before one was answered: the permission is missing, and asking on tells nothing more. */
const REFUSED_MAX = 10

/** Asks one question many times, and stops asking once it is plain that none will be answered. */
export class Asker {
  private refused = 0
  private answered = false
  private refusal: Unknown | undefined

  constructor(
    private readonly session: Session,
    private readonly call: CallName,
  ) {}

  async ask<T>(params: CallParams, shape: z.ZodType<T>): Promise<Fact<T>> {
    if (this.refusal) return this.refusal
    const fact = await this.session.ask(this.call, { ...params }, shape, GONE)
    if (fact.state !== 'unknown') this.answered = true
    else if (++this.refused >= REFUSED_MAX && !this.answered) this.refusal = fact
    return fact
  }
}
