// Principals that bindings alone name: service accounts of other projects, service agents of Google, and workloads that come in
// through a pool.
import { absent, known, unknown } from '@/core/fact'
import type { Link } from '@/core/join'
import type { Of } from '@/core/observation'
import { projectOf } from './accounts'
import { clusterAccountLink, clusterAccountOf, poolLinks } from './map-federation'
import { EMAIL } from './map-account'
import type { Member } from './members'
import type { Pools } from './pools'
import { isWhole, projectAuthority, type Tree } from './tree'

type Identity = Of<'identity'>
type Drawn = Pick<
  Identity,
  'type' | 'name' | 'class' | 'classReason' | 'keys' | 'links' | 'vendor' | 'joiningUnseen'
> & {
  keyless: boolean
}
export const CLUSTER_ACCOUNT = 'gcp.workload-identity'
const BY_BINDING = 'it is known by bindings only'

function identity(nativeId: string, source: string, { keyless, ...drawn }: Drawn): Identity {
  const notTold = unknown('not-offered', source, BY_BINDING)
  return {
    kind: 'identity',
    nativeId,
    aliases: [],
    ...drawn,
    createdAt: notTold,
    enabled: notTold,
    lastUsedAt: notTold,
    description: absent(source, BY_BINDING),
    maxSessionSeconds: notTold,
    tags: absent(source, BY_BINDING),
    ...(keyless && { neverHasCredentials: true as const }),
  }
}

const BUILD = /^\d+@cloudbuild\.gserviceaccount\.com$/
/** Of Google: it acts for a service, and nobody else can be it. */
function agentOf(email: string): Drawn {
  if (BUILD.test(email))
    return {
      type: 'gcp.service-agent',
      name: email,
      class: 'machine',
      classReason: 'Builds of the project run as it, unless they name another.',
      keyless: true,
    }
  return {
    type: 'gcp.service-agent',
    name: email,
    class: 'provider',
    classReason: 'Its address is one that Google gives to its own services.',
    keyless: true,
  }
}

/** Where only a part of an organisation is read, a project beside it may well be its own. */
function foreignAccount(email: string, project: string, tree: Tree, source: string): Drawn {
  const isOutside = tree.root.startsWith('organizations/') && isWhole(tree)
  const link: Link = {
    relation: 'permitted',
    means: 'same',
    to: EMAIL,
    match: 'exact',
    value: email,
    authority: projectAuthority(project),
    bound: true,
    reason: 'A binding names this service account of another project.',
  }
  return {
    type: 'gcp.foreign-service-account',
    name: email,
    class: 'machine',
    classReason: `It is a service account of the project ${project}, which is not read here.`,
    vendor: isOutside
      ? known(project, source)
      : unknown('not-offered', source, 'only a part is read: the project may be of the same organisation'),
    links: [link],
    keyless: false,
  }
}

/** A service account that is not among those read here. */
export function outsideAccount(email: string, tree: Tree, source: string): Identity {
  const project = projectOf(email)
  return identity(
    email,
    source,
    project === undefined ? agentOf(email) : foreignAccount(email, project, tree, source),
  )
}

function drawPool(member: Extract<Member, { kind: 'pool' }>, pools: Pools): Drawn {
  const { links, unseen } = poolLinks(member, pools)
  const isOne = member.text.startsWith('principal:')
  const own = clusterAccountOf(member)
  return {
    type: 'gcp.federated-principal',
    name: own ?? `${member.pool}/${member.rest}`,
    class: 'machine',
    classReason: `${isOne ? 'It is a workload' : 'It is a set of workloads'} that comes in through the workload identity pool ${member.pool}, with a token of its own issuer.`,
    ...(own !== undefined && { keys: [{ type: CLUSTER_ACCOUNT, value: own }] }),
    ...(links.length && { links }),
    ...(unseen && { joiningUnseen: true as const }),
    keyless: true,
  }
}

/** A member that is an identity of its own, or undefined for one that is not: a person, a group, a set of others. */
export function principalIdentity(member: Member, pools: Pools, source: string): Identity | undefined {
  const { text } = member
  if (member.kind === 'pool') return identity(text, source, drawPool(member, pools))
  if (member.kind === 'cluster-account')
    return identity(text, source, {
      type: 'gcp.federated-principal',
      name: member.name,
      class: 'machine',
      classReason: 'It is a service account of the clusters of a project.',
      keys: [{ type: CLUSTER_ACCOUNT, value: member.name }],
      links: [clusterAccountLink(member.name, member.pool)],
      keyless: true,
    })
  const named = text.slice(text.indexOf('//') + 2)
  if (member.kind === 'agent')
    return identity(text, source, {
      type: 'gcp.agent-identity',
      name: named,
      class: 'machine',
      classReason: text.startsWith('principalSet:')
        ? 'It is a set of agents that Google Cloud runs, each with an identity of its own.'
        : 'It is an agent that Google Cloud runs, with an identity of its own.',
      keyless: true,
    })
  if (member.kind === 'resource')
    return identity(text, source, {
      type: 'gcp.resource-identity',
      name: named,
      class: 'machine',
      classReason: 'It is a resource of Google Cloud that acts with an identity of its own.',
      keyless: true,
    })
  if (member.kind !== 'everyone') return undefined
  return identity(text, source, {
    type: 'gcp.everyone',
    name: text,
    class: 'unclear',
    classReason:
      text === 'allUsers'
        ? 'It stands for anyone on the internet.'
        : 'It stands for everyone who has signed in to Google with any account.',
    keyless: true,
  })
}
