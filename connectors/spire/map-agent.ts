// Agents as the identities of nodes.
import { absent, known, unknown } from '@/core/fact'
import type { Of } from '@/core/observation'
import { AGENTS } from './calls'
import { identityKeys, instanceLinks } from './joins'
import type { Named } from './map-entry'
import { holdsToken, selectorText, uriOf } from './names'
import type { Agent } from './shapes'

/** What its node was found to be, one selector a line: entries of nodes go by it. */
const SELECTORS = 'selectors'

export function agentIdentity(
  { id, attestation_type, selectors, banned }: Agent,
  named: Named,
): Of<'identity'> {
  const uri = uriOf(id)
  const links = instanceLinks(id.path)
  const found = [...new Set(selectors.map(selectorText))].sort()
  return {
    kind: 'identity',
    nativeId: uri,
    aliases: [],
    // By the text that is kept of a token nobody else means it.
    ...(!holdsToken(id) && { keys: identityKeys(uri, named.issuer) }),
    ...(named.unseen && { joiningUnseen: true as const }),
    ...(links.length && { links }),
    type: 'spire.agent',
    name: uri,
    class: 'machine',
    classReason: 'It is an agent: it hands out SVIDs on its node.',
    createdAt: unknown('not-offered', AGENTS, 'the server does not tell when it joined'),
    enabled: known(!banned, AGENTS),
    lastUsedAt: unknown('not-offered', AGENTS, 'the server does not tell it'),
    description: absent(AGENTS, 'agents have no description'),
    maxSessionSeconds: absent(AGENTS, 'it signs in with a certificate that it renews'),
    tags: known({ attestation_type, ...(found.length && { [SELECTORS]: found.join('\n') }) }, AGENTS),
  }
}
