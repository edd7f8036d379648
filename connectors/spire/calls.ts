// What a server is asked, by the commands that print the answers; the checklist and the README come from here.
import type { Permission } from '@/core/connector'

export const ENTRIES = 'spire-server entry show'
export const ENTRY_COUNT = 'spire-server entry count'
export const AGENTS = 'spire-server agent list'
export const AGENT_COUNT = 'spire-server agent count'
export const BUNDLE = 'spire-server bundle show'
export const BUNDLES = 'spire-server bundle list'
export const FEDERATION = 'spire-server federation list'
export const DISCOVERY = 'GET /.well-known/openid-configuration'

export const PERMISSIONS: readonly Permission[] = [
  { name: BUNDLE, gives: 'The name of the trust domain. Without it: from the ids of entries and agents.' },
  { name: ENTRIES, gives: 'Registration entries: SPIFFE IDs, who gets them, what they are given beside.' },
  {
    name: ENTRY_COUNT,
    gives: 'That all entries are in the file: without it none is ever said to be gone.',
    optional: true,
  },
  { name: AGENTS, gives: 'Agents: nodes that were attested, how, and until when.', optional: true },
  {
    name: AGENT_COUNT,
    gives: 'That all agents are in the file: without it none is ever said to be gone.',
    optional: true,
  },
  { name: BUNDLES, gives: 'Trust domains whose authorities the server holds.', optional: true },
  { name: FEDERATION, gives: 'Trust domains whose authorities it keeps up to date.', optional: true },
  {
    name: DISCOVERY,
    gives: 'The issuer in JWT-SVIDs, by which clouds and vaults name the same identities.',
    optional: true,
  },
]

/** The commands in the order they are meant to be run: each count before the list that it is about. */
export const COMMAND = `spire() { spire-server "$@" -output json; }
(spire bundle show; spire entry count; spire entry count -downstream; spire entry show; spire agent count; spire agent list; spire bundle list; spire federation list) > spire.json`
