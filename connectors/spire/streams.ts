// The streams of a trust domain. A list is gathered before anything is told of it: several entries make up one identity.
import type { Stream, StreamAt } from '@/core/connector'
import { UpstreamError } from '@/core/upstream'
import type { z } from 'zod'
import { AGENTS, BUNDLE, BUNDLES, ENTRIES, FEDERATION } from './calls'
import { agentIdentity } from './map-agent'
import { everyoneIn, foreignIssuer, ownIssuer } from './map-domain'
import { byIdentity, entryCredentials, entryGrants, entryIdentity, entryTrust, rights } from './map-entry'
import { uriOf } from './names'
import { named } from './place'
import { AgentPage, BundlePage, EntryPage, FederationPage, Federated, type SpiffeId } from './shapes'
import { allAgents, allEntries } from './whole'

type Page = { next_page_token: string }
const next = ({ next_page_token }: Page) => (next_page_token === '' ? undefined : { page: next_page_token })

/** Every element, one for each id: what changes while pages are read can be on two of them. */
async function all<P extends Page, T>(
  { session }: StreamAt,
  permission: string,
  shape: z.ZodType<P>,
  { of, idOf }: { of: (page: P) => readonly T[]; idOf: (one: T) => string },
): Promise<T[]> {
  const found = new Map<string, T>()
  for await (const page of session.pages(permission, {}, shape, { next }))
    for (const one of of(page)) found.set(idOf(one), one)
  return [...found.values()]
}

/** What is of another domain than the scope was put into the file by mistake. */
function ensureOwn({ scope }: StreamAt, permission: string, id: SpiffeId): void {
  if (id.trust_domain !== scope.name)
    throw new UpstreamError('malformed', permission, 'something in it is of another trust domain')
}

const ENTRY_KINDS = ['identity', 'trust', 'credential', 'entitlement', 'grant'] as const
const ENTRY_TYPES = ['spire.workload', 'spire.node-alias']
/** Rights come with entries alone: who has none of these has none. */
const HOLDERS = [...ENTRY_TYPES, 'spire.agent', 'spire.federated-domain']
const entries: Stream = {
  kinds: ENTRY_KINDS,
  about: { identity: ENTRY_TYPES, grant: HOLDERS, credential: ENTRY_TYPES },
  async *collect(at) {
    const found = await all(at, ENTRIES, EntryPage, { of: (page) => page.entries, idOf: ({ id }) => id })
    for (const { spiffe_id } of found) ensureOwn(at, ENTRIES, spiffe_id)
    at.lacking(ENTRY_KINDS, await allEntries(at.session, found))
    const names = await named(at)
    yield* rights()
    for (const [uri, given] of byIdentity(found)) {
      yield entryIdentity(uri, given, names)
      yield* given.map(entryTrust)
      yield* given.flatMap(entryGrants)
      yield* entryCredentials(uri, given)
    }
  },
}

const AGENT_KINDS = ['identity'] as const
const agents: Stream = {
  kinds: AGENT_KINDS,
  about: { identity: ['spire.agent'] },
  async *collect(at) {
    const of = (page: z.infer<typeof AgentPage>) => page.agents
    const found = await all(at, AGENTS, AgentPage, { of, idOf: ({ id }) => uriOf(id) })
    for (const { id } of found) ensureOwn(at, AGENTS, id)
    at.lacking(AGENT_KINDS, await allAgents(at.session, found.length))
    const names = await named(at)
    for (const agent of found) yield agentIdentity(agent, names)
  },
}

const issuer: Stream = {
  kinds: ['issuer'],
  async *collect(at) {
    const { trust_domain: domain } = await at.session.call(BUNDLE, {}, Federated)
    yield ownIssuer(domain, await named(at))
  },
}

/** Both lists are needed: authorities can be given by hand, and be named before any were fetched. Neither knows a filter. */
const FEDERATION_KINDS = ['issuer', 'identity'] as const
const federation: Stream = {
  kinds: FEDERATION_KINDS,
  about: { identity: ['spire.federated-domain'] },
  async *collect(at) {
    const held = await at.session.gather(BUNDLES, {}, BundlePage, { next })
    const kept = await at.session.gather(FEDERATION, {}, FederationPage, { next })
    for (const listed of [held, kept]) at.lacking(FEDERATION_KINDS, listed)
    const domains = new Set([
      ...(held.state === 'known' ? held.value.flatMap(({ bundles }) => bundles) : []).map(
        ({ trust_domain }) => trust_domain,
      ),
      ...(kept.state === 'known' ? kept.value.flatMap((page) => page.federation_relationships) : []).map(
        ({ trust_domain }) => trust_domain,
      ),
    ])
    for (const domain of [...domains].sort()) {
      if (domain === at.scope.name) continue
      yield foreignIssuer(domain)
      yield everyoneIn(domain)
    }
  },
}

export const streams = { issuer, entries, agents, federation }
