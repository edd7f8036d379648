// The facts of a credential and of a stored secret as people read them: the page of an identity and their own tell the same.
import type { Instant } from '@/core/fact'
import type { Of } from '@/core/observation'
import { factView, factViewIf } from './fact-view'
import type { CredentialView, FactView } from './types'

type Own = CredentialView['facts']
type Shared = 'createdAt' | 'rotatedAt' | 'expiresAt'
/** What both tell, and what each tells by itself. */
export type CredentialFacts = Pick<Own, Shared> &
  Partial<Omit<Own, Shared>> & {
    identity?: FactView<string>
    lastReadAt?: FactView<Instant>
    rotates?: FactView<boolean>
    copiedEverySeconds?: FactView<number>
  }

export const credentialFacts = (doc: Of<'credential'>, at: Instant) => ({
  createdAt: factView(doc.createdAt, at),
  rotatedAt: factView(doc.rotatedAt, at),
  expiresAt: factView(doc.expiresAt, at),
  lastUsedAt: factView(doc.lastUsedAt, at),
  lastUsedWhere: factView(doc.lastUsedWhere, at),
  enabled: factView(doc.enabled, at),
  ...factViewIf('lifetimeSeconds', doc.lifetimeSeconds, at),
  ...factViewIf('maxTtlSeconds', doc.maxTtlSeconds, at),
  ...factViewIf('count', doc.count, at),
})

export const secretFacts = (doc: Of<'secret'>, at: Instant) => ({
  createdAt: factView(doc.createdAt, at),
  rotatedAt: factView(doc.rotatedAt, at),
  expiresAt: factView(doc.expiresAt, at),
  lastReadAt: factView(doc.lastReadAt, at),
  rotates: factView(doc.rotates, at),
  ...factViewIf('copiedEverySeconds', doc.copiedEverySeconds, at),
})
