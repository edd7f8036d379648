// Agent identities, the blueprint each is made from, and who answers for them.
import type { Stream, StreamAt } from '@/core/connector'
import { absent, known, unknown } from '@/core/fact'
import type { Observation, Of } from '@/core/observation'
import { segment } from '../call'
import { CLIENT_ID, entraAuthority, OBJECT_ID, objectIdKey } from '../keys'
import { AGENT_SPONSORS, AGENTS, PRINCIPAL_OWNERS } from './calls'
import { namesHidden, OWNER_QUERY } from './collect-owners'
import { Lists } from './lists'
import { ownerHint } from './map-hints'
import { Agent, DirectoryObject } from './shapes'

const KINDS = ['identity', 'owner-hint'] as const
const TYPE = 'azure.agent-identity'

/** The blueprint holds the credentials, and whoever has one of them can act as each of its agents. */
const blueprintLink = (blueprint: string, tenant: string) => ({
  relation: 'declared' as const,
  means: 'becomes-this' as const,
  to: CLIENT_ID,
  match: 'exact' as const,
  value: blueprint,
  authority: entraAuthority(tenant),
  reason: 'It is made from this blueprint, whose credentials sign in as it.',
})

function agentIdentity(agent: Agent, tenant: string): Of<'identity'> {
  const { id, displayName, agentIdentityBlueprintId: blueprint, createdByAppId: creator, tags } = agent
  const notTold = (what: string) => unknown('not-offered', AGENTS, what)
  const stopped = agent.disabledByMicrosoftStatus
  const isStopped = stopped !== undefined && !/^notdisabled$/i.test(stopped)
  return {
    kind: 'identity',
    nativeId: id,
    aliases: [],
    keys: [objectIdKey(id)],
    ...(blueprint !== undefined && { links: [blueprintLink(blueprint, tenant)] }),
    type: TYPE,
    name: displayName ?? id,
    class: 'machine',
    classReason: 'An AI agent acts through it.',
    createdAt:
      agent.createdDateTime === undefined
        ? notTold('the answer holds no createdDateTime')
        : known(agent.createdDateTime, AGENTS),
    enabled: isStopped
      ? known(false, AGENTS)
      : agent.accountEnabled === undefined
        ? notTold('the answer holds no accountEnabled')
        : known(agent.accountEnabled, AGENTS),
    lastUsedAt: notTold('the reports of sign-ins go by application, and agents have none of their own'),
    description: absent(AGENTS, 'agent identities have no description'),
    maxSessionSeconds: notTold('how long its tokens live is a policy of the tenant, which is not read'),
    tags: known(
      {
        ...(blueprint !== undefined && { blueprint }),
        ...(creator !== undefined && { createdByAppId: creator }),
        ...(tags.length > 0 && { tags: tags.join(', ') }),
      },
      AGENTS,
    ),
    vendor: absent(AGENTS, 'it is an account of this tenant'),
    neverHasCredentials: true,
  }
}

type Answerable = { lists: Lists<DirectoryObject>; permission: string; path: string; via: string }
async function* hintsOf(stream: StreamAt, agent: Agent, at: Answerable): AsyncGenerator<Observation> {
  const listed = await at.lists.of({ path: at.path, query: OWNER_QUERY })
  stream.lacking(['owner-hint'], listed)
  if (listed.state !== 'known') return
  for (const one of listed.value) {
    const hint = ownerHint(agent.id, one, { of: at.via, via: `${at.via} of the agent` })
    if (hint) yield hint
    else stream.lacking(['owner-hint'], namesHidden(at.permission))
  }
}

export const agents: Stream = {
  kinds: KINDS,
  about: { identity: [TYPE], 'owner-hint': [TYPE], keys: [OBJECT_ID] },
  async *collect(stream) {
    const { session, scope, lacking } = stream
    // A cloud that does not know of agents has none.
    const lists = new Lists(session, AGENTS, Agent, ['unsupported'])
    const listed = await lists.of({ path: '/servicePrincipals/microsoft.graph.agentIdentity' })
    lacking(KINDS, listed)
    if (listed.state !== 'known') return
    const sponsors = new Lists(session, AGENT_SPONSORS, DirectoryObject)
    const owners = new Lists(session, PRINCIPAL_OWNERS, DirectoryObject)
    for (const agent of listed.value) {
      yield agentIdentity(agent, scope.nativeId)
      const path = `/servicePrincipals/${segment(agent.id)}`
      yield* hintsOf(stream, agent, {
        lists: sponsors,
        permission: AGENT_SPONSORS,
        path: `${path}/microsoft.graph.agentIdentity/sponsors`,
        via: 'sponsor',
      })
      yield* hintsOf(stream, agent, {
        lists: owners,
        permission: PRINCIPAL_OWNERS,
        path: `${path}/owners`,
        via: 'owner',
      })
    }
  },
}
