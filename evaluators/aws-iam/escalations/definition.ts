// What a definition of the table consists of: data that says who is asked what about which targets, and what comes of it.
import type { Escalation } from '@/core/access'

/** An action, and the kind of resource it has to be allowed on; left out: any resource of its service. */
export type May = { action: string; at?: Kind | undefined }

/**
 * Kinds of resources, by the part of their ARN behind the partition; `A` stands for the account. Two actions on the same
 * kind have to be allowed on the same resource. Source: service authorization reference, "Resource types".
 */
export const KINDS = {
  function: 'lambda:*:A:function:*',
  instance: 'ec2:*:A:instance/*',
  interface: 'ec2:*:A:network-interface/*',
  volume: 'ec2:*:A:volume/*',
  image: 'ec2:*::image/*',
  template: 'ec2:*:A:launch-template/*',
  document: 'ssm:*:*:document/*',
  project: 'codebuild:*:A:project/*',
  stack: 'cloudformation:*:A:stack/*',
  stackSet: 'cloudformation:*:A:stackset/*',
  stateMachine: 'states:*:A:stateMachine:*',
  notebook: 'sagemaker:*:A:notebook-instance/*',
  glueJob: 'glue:*:A:job/*',
  glueSession: 'glue:*:A:session/*',
  devEndpoint: 'glue:*:A:devEndpoint/*',
  taskDefinition: 'ecs:*:A:task-definition/*',
  task: 'ecs:*:A:task/*',
  service: 'ecs:*:A:service/*',
  cluster: 'ecs:*:A:cluster/*',
  jobDefinition: 'batch:*:A:job-definition/*',
  eksCluster: 'eks:*:A:cluster/*',
  instanceProfile: 'iam::A:instance-profile/*',
  group: 'iam::A:group/*',
  user: 'iam::A:user/*',
  role: 'iam::A:role/*',
  oidcProvider: 'iam::A:oidc-provider/*',
} as const
export type Kind = keyof typeof KINDS

/** Something that runs with a role: the type it would be collected as, and what it is called where it is not. */
export type Runs = { type: string; plural: string; throughProfile?: true }

export type Way =
  /** Hands a role to a service and has the service do something with it. */
  | {
      way: 'pass'
      services: readonly string[]
      then: readonly May[]
      /** Only roles in an instance profile can be handed on. */
      throughProfile?: true
      /** Something that has to exist and is not collected. */
      open?: string
      /** Something that runs already, on which all of `may` has to be allowed. */
      onto?: { runs: Runs; may: readonly May[] }
    }
  /** Changes or enters something that runs with a role already. */
  | { way: 'runner'; runs: Runs; may: readonly May[]; also?: readonly May[] }
  /** Gives itself rights: `policyArn` where the request names a managed policy that a condition can limit. */
  | { way: 'raise-self'; of: 'user' | 'role'; action: string; policyArn?: true }
  | { way: 'raise-own-group'; action: string; policyArn?: true }
  | { way: 'join-group'; action: string }
  /** Rewrites a policy of the account that it holds (`boundary`: that caps it). */
  | { way: 'rewrite-own'; action: string; held: 'allow' | 'limit'; open?: string }
  /** Becomes a user or role by changing what lets one be it. */
  | { way: 'become'; of: 'user' | 'role'; actions: readonly string[]; open?: string; partly?: true }
  /** Gives a user or role rights and becomes it: because it trusts the caller, or by more actions on it. */
  | {
      way: 'raise-other'
      of: 'user' | 'role'
      action: string
      policyArn?: true
      enter: 'trust' | readonly string[]
    }
  /** Rewrites a policy that a role holds, and becomes the role. */
  | { way: 'rewrite-other'; action: string; enter: 'trust' | readonly string[] }
  /** Takes off or replaces its own boundary, or that of a role that trusts it. */
  | { way: 'shed-boundary'; of: 'user' | 'role'; action: string; swap?: true; enter?: 'trust' }
  /** Takes off a policy that denies it something. */
  | {
      way: 'shed-deny'
      of: 'user' | 'role' | 'group'
      action: string
      via: 'attached' | 'inline' | 'group'
    }
  /** Takes over an issuer that roles trust. */
  | { way: 'issuer'; type: string; action: string; open?: string; missing?: true }
  /** Becomes a cluster's administrator: that makes tokens of all its service accounts. */
  | { way: 'cluster'; may: readonly May[] }
  /** Certain only where something holds that is not collected at all. */
  | { way: 'open'; may: readonly May[]; open: string; management?: true }
  /** Told by the steps of trust and by the pitfalls of trust. */
  | { way: 'trust' }
  /** A policy that was not understood could allow any of the table. */
  | { way: 'unread' }

export type Definition = Escalation & Way

type Told = Pick<Escalation, 'id' | 'title' | 'gives'> & { only?: string; from: readonly string[] }
const may = (actions: readonly (string | May)[]): May[] =>
  actions.map((one) => (typeof one === 'string' ? { action: one } : one))
const names = (list: readonly May[]): string[] => [...new Set(list.map(({ action }) => action))]
const CATALOGUE = 'pathfinding.cloud'
/** Ids of the catalogue at commit 84dd65c of December 2025, or of its newer files; they are not stable. */
export const sourceOf = (from: readonly string[]): string =>
  from.map((one) => (/^[a-z0-9]+-\d{3}$/.test(one) ? `${CATALOGUE} ${one}` : one)).join(', ')

export const defined = ({ from, ...told }: Told, needs: readonly string[], way: Way): Definition => ({
  ...told,
  needs,
  source: sourceOf(from),
  ...way,
})

type Pass = Omit<Told, 'gives'> & {
  services: readonly string[]
  then: readonly (string | May)[]
  throughProfile?: true
  open?: string
  onto?: { runs: Runs; may: readonly May[] }
}
/** The role that is passed is what it comes to act as. */
export const pass = ({ services, then, throughProfile, open, onto, ...told }: Pass): Definition =>
  defined(
    { ...told, gives: 'It runs something of its own with a role that it may pass.' },
    ['iam:PassRole', ...names([...may(then), ...(onto?.may ?? [])])],
    {
      way: 'pass',
      services,
      then: may(then),
      ...(throughProfile && { throughProfile }),
      ...(open !== undefined && { open }),
      ...(onto && { onto }),
    },
  )

type Existing = Omit<Told, 'gives'> & {
  runs: Runs
  may: readonly (string | May)[]
  also?: readonly (string | May)[]
}
export const runner = ({ runs, may: actions, also = [], ...told }: Existing): Definition =>
  defined(
    { ...told, gives: 'It acts with the role of what runs already.' },
    names([...may(actions), ...may(also)]),
    { way: 'runner', runs, may: may(actions), also: may(also) },
  )
