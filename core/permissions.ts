// Who may do what: one table that pages, API, CLI and tests read. Deny is the default.

export const ROLES = ['administrator', 'analyst', 'owner', 'auditor'] as const
export type Role = (typeof ROLES)[number]

export const ROLE_TITLES: Record<Role, string> = {
  administrator: 'Connects sources, manages members and everything below.',
  analyst: 'Triages findings, imports files and starts syncs.',
  owner: 'Sees the identities they answer for.',
  auditor: 'Reads everything, or some scopes alone; changes nothing; draws samples and asks in audits.',
}

/** Permission → roles that hold it. `owner` rows are further limited to what the person owns. */
export const PERMISSIONS = {
  'identity:read': ['administrator', 'analyst', 'owner', 'auditor'],
  /** Asks who can act as whom over all sources: what others hold is part of the answer. */
  'access:read': ['administrator', 'analyst', 'auditor'],
  'finding:read': ['administrator', 'analyst', 'owner', 'auditor'],
  /** Says who takes care of a finding, how far they are, and until when it is put off. */
  'finding:triage': ['administrator', 'analyst'],
  'exception:read': ['administrator', 'analyst', 'auditor'],
  'exception:ask': ['administrator', 'analyst'],
  /** Approves or refuses what somebody else has asked for, and ends what was approved. */
  'exception:decide': ['administrator', 'analyst'],
  'campaign:read': ['administrator', 'analyst', 'auditor'],
  /** Makes, publishes and closes campaigns, and says who decides instead of whom. */
  'campaign:manage': ['administrator', 'analyst'],
  /** Decides about the items that one is asked about, and about no others. */
  'review:decide': ['administrator', 'analyst', 'owner'],
  /** The whole policy names identities and suppliers of everybody. */
  'policy:read': ['administrator', 'analyst', 'auditor'],
  'policy:write': ['administrator'],
  /** The directory of people and teams who can answer for identities. */
  'person:read': ['administrator', 'analyst', 'auditor'],
  'person:manage': ['administrator'],
  /** Keeps the directory as a provider of identities tells it: what a token can be limited to. */
  'person:provision': ['administrator'],
  /** Says who answers for an identity, whoever that is. */
  'owner:assign': ['administrator', 'analyst'],
  /** Confirms, disputes, hands over and has somebody stand in: an owner only of what they own. */
  'owner:answer': ['administrator', 'analyst', 'owner'],
  'source:read': ['administrator', 'analyst', 'auditor'],
  'source:manage': ['administrator'],
  'source:sync': ['administrator', 'analyst'],
  'source:import': ['administrator', 'analyst'],
  /** Sends what a source says by itself: what a token can be limited to. */
  'source:receive': ['administrator', 'analyst'],
  'activity:read': ['administrator', 'auditor'],
  /** Packs of evidence and the keys they are signed with. What is in a pack needs the permission to read it as well. */
  'evidence:read': ['administrator', 'analyst', 'auditor'],
  /** Where packs of everything are taken to, and when. */
  'delivery:read': ['administrator', 'analyst', 'auditor'],
  /** Has packs built, and takes back what one has asked for. It changes nothing of what they tell of. */
  'evidence:build': ['administrator', 'analyst', 'auditor'],
  /** Has another signing key made, and removes packs. */
  'evidence:manage': ['administrator'],
  /** Audits, with their samples and requests: an auditor only those that name them. */
  'audit:read': ['administrator', 'analyst', 'auditor'],
  /** Makes and closes audits, hands packs over, answers, and says what is ready: never what is approved. */
  'audit:manage': ['administrator', 'analyst'],
  /** Draws samples, asks, and says what is approved, flagged or not applicable: never what is ready. */
  'audit:examine': ['auditor'],
  /** The outbox and the channels: who is told what, and which of it could not be sent. */
  'notice:read': ['administrator', 'auditor'],
  /** Says when one wants to be told. */
  'notice:prefer': ['administrator', 'analyst', 'owner', 'auditor'],
  'member:manage': ['administrator'],
  'setting:manage': ['administrator'],
  'token:manage': ['administrator', 'analyst', 'owner', 'auditor'],
} as const satisfies Record<string, readonly Role[]>
export type Permission = keyof typeof PERMISSIONS

/**
 * Someone or something that acts: a signed-in person, a token of theirs, the command line, the worker, or somebody of the
 * directory who has opened a link.
 */
export type Actor = {
  kind: 'user' | 'token' | 'cli' | 'system' | 'link'
  id: string
  name: string
  role: Role
  /** Set on a token that may do this and nothing else of what its role may. */
  only?: Permission
  /** The address by which owner hints can name this person. */
  email?: string
  /** The instant at which their access ends; left out where it does not. */
  until?: string
  /** Of an auditor who may see these scopes and nothing else. */
  within?: readonly string[]
  /** Of a link: whose items it opens, and of which campaign. It reaches nothing else. */
  link?: { campaignId: string; personId: string }
}

/** What somebody who is limited to some scopes may still do: everything else tells of other scopes as well. */
const WITHIN: readonly Permission[] = [
  'identity:read',
  'finding:read',
  // Of packs those that were handed over with an audit that names them.
  'evidence:read',
  'audit:read',
  'audit:examine',
  'notice:prefer',
  'token:manage',
]

export const mayWithin = (permission: Permission): boolean => WITHIN.includes(permission)

export const may = (actor: Pick<Actor, 'role' | 'only' | 'within'>, permission: Permission): boolean =>
  (actor.only === undefined || actor.only === permission) &&
  (actor.within === undefined || mayWithin(permission)) &&
  (PERMISSIONS[permission] as readonly Role[]).includes(actor.role)

/** Whether the actor sees only some of the record: what it owns, or what lies within its scopes. */
export const isScoped = (actor: Pick<Actor, 'role' | 'within'>): boolean =>
  actor.role === 'owner' || actor.within !== undefined
