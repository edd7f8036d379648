// Shapes of what the API says about owners and the directory.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import type { PersonView } from '@/governance/directory/list-people'
import type { TeamView } from '@/governance/directory/list-teams'
import type { PeoplePreview } from '@/governance/directory/plan-people'
import type { FilePreview } from '@/governance/owners/file/preview-file'
import type { OwnersFileView } from '@/governance/owners/file/read-file'
import { DELEGATION_STATES, type DelegationView } from '@/governance/owners/list-delegations'
import { OWNERSHIPS, type OwnershipRow } from '@/governance/owners/list-ownership'
import type { OwnershipView } from '@/governance/owners/ownership-of'
import { CONFIDENCES, EVIDENCE, type EvidenceKind } from '@/governance/owners/suggest/evidence'
import type { Suggestion as Suggested } from '@/governance/owners/suggest/weigh'
import { Id, of, State } from './schemas'

const Who = z.object({ id: Id, name: z.string() })
const Standing = z
  .enum(['here', 'left', 'unknown'])
  .meta({ description: '`unknown`: no source of the directory speaks of them.' })

export const Person = of<PersonView>()(
  z.object({
    id: Id,
    name: z.string(),
    email: z.string().optional(),
    standing: Standing,
    leftAt: Instant.optional(),
    manager: Who.optional(),
    teams: z.array(z.string()),
    sources: z.array(z.object({ source: z.string(), isActive: z.boolean(), at: Instant })),
    identities: z
      .int()
      .meta({ description: 'Identities that have them as their owner, confirmed or hinted.' }),
  }),
)
export const Team = of<TeamView>()(
  z.object({
    id: Id,
    name: z.string(),
    source: z.string(),
    lead: Who.optional(),
    members: z.int(),
    here: z.int(),
    identities: z.int(),
  }),
)
const counts = {
  people: z.int(),
  added: z.int(),
  changed: z.int(),
  left: z.int(),
  returned: z.int(),
  leaveLater: z.int(),
  missing: z.object({ count: z.int(), names: z.array(z.string()) }).meta({
    description: 'Held to have left because a complete file leaves them out.',
  }),
}
export const PeopleCounts = of<PeoplePreview>()(z.object(counts))

const Evidence = z.object({
  kind: z.enum(Object.keys(EVIDENCE) as [EvidenceKind, ...EvidenceKind[]]),
  words: z.string().meta({ description: 'Where it stands.' }),
  source: z.string(),
  at: Instant,
})
export const Suggestion = of<Suggested>()(
  z.object({
    key: z.string().meta({ description: 'By which it is confirmed.' }),
    role: z.enum(['person', 'team', 'unclear']),
    name: z.string(),
    whoId: Id.optional(),
    standing: Standing.optional(),
    confidence: z.enum(CONFIDENCES),
    evidence: z.array(Evidence),
    conflict: z.array(z.string()).optional().meta({ description: 'Others that are as sure.' }),
    isBest: z.boolean().meta({ description: 'Whether it can be confirmed without being named.' }),
  }),
)
const Dispute = z.object({ by: z.string(), at: Instant, why: z.string() })
const Seen = Id.nullable().meta({ description: 'The last act, to be sent back as `seen`.' })
export const OwnershipListed = of<OwnershipRow>()(
  z.object({
    id: Id,
    name: z.string(),
    type: z.string(),
    class: z.string(),
    scope: Who,
    ownership: z.enum(OWNERSHIPS),
    owner: z.object({ state: State, name: z.string().optional() }),
    confirmed: z.object({ by: z.string(), at: Instant }).optional(),
    dispute: Dispute.optional(),
    declared: z
      .object({ line: z.int(), owner: z.string(), differs: z.boolean() })
      .optional()
      .meta({ description: 'What the OWNERS file says of it, and whether something else stands.' }),
    seen: Seen,
    suggestions: z.array(Suggestion),
  }),
)
const Part = z.object({
  part: z.enum(['person', 'team', 'backup', 'contact']),
  id: Id,
  name: z.string(),
  email: z.string().optional(),
  standing: Standing.optional(),
  leftAt: Instant.optional(),
  standIn: z.object({ name: z.string(), until: Instant }).optional(),
  by: z.string(),
  at: Instant,
  how: z.enum(['assigned', 'confirmed', 'transferred', 'imported']),
  evidence: z.string().optional(),
})
const Past = z.object({
  actId: Id,
  at: Instant,
  by: z.string(),
  kind: z.enum(['assign', 'confirm', 'transfer', 'dispute', 'settle', 'import', 'undo']),
  why: z.string().optional(),
  owner: z.string().optional(),
  identities: z.int(),
  undone: z.boolean(),
})
const Declared = z.object({
  ...{ version: z.int(), line: z.int(), ref: z.string(), at: Instant },
  parts: z.array(
    z.object({
      part: z.enum(['person', 'team', 'backup', 'contact']),
      name: z.string(),
      differs: z.boolean(),
    }),
  ),
})
export const Ownership = of<OwnershipView & { suggestions: Suggested[] }>()(
  z.object({
    seen: Seen,
    parts: z.array(Part),
    dispute: Dispute.optional(),
    declared: Declared.optional(),
    past: z.array(Past),
    suggestions: z.array(Suggestion),
  }),
)
export const Delegation = of<DelegationView>()(
  z.object({
    id: Id,
    state: z.enum(DELEGATION_STATES),
    from: Who,
    to: Who,
    startsAt: Instant,
    endsAt: Instant,
    why: z.string().optional(),
    madeBy: z.string(),
    madeAt: Instant,
    ended: z.object({ at: Instant, by: z.string() }).optional(),
    mayChange: z.boolean().meta({ description: 'Whether you may end it, or take its end back.' }),
  }),
)

const FileRow = z.object({
  ...{ id: Id, name: z.string(), line: z.int().optional() },
  says: z.string(),
  holds: z.string().meta({ description: 'Who the owner is, as it was last judged.' }),
})
const fileCounts = {
  entries: z.int(),
  identities: z.int().meta({ description: 'Identities that it speaks of.' }),
  named: z.int().meta({ description: 'Nobody was confirmed, and it names somebody.' }),
  moved: z.int().meta({ description: 'An earlier file named others.' }),
  same: z.int(),
  drift: z.int().meta({ description: 'Somebody has confirmed somebody else: that stays.' }),
  disputed: z.int(),
  lost: z
    .int()
    .meta({ description: 'An earlier file is how the owner is known, and this one says it no more.' }),
  owners: z.array(z.object({ owner: z.string(), identities: z.int() })),
  idle: z.array(z.int()).meta({ description: 'Lines of entries that are of no identity.' }),
  first: z.object({ drift: z.array(FileRow), lost: z.array(FileRow), named: z.array(FileRow) }),
}
export const OwnersFilePreview = of<FilePreview>()(z.object(fileCounts))
export const OwnersFileApplied = z.object({
  version: z.int(),
  isNew: z.boolean().meta({ description: 'Whether it is a version of its own: else nothing differed.' }),
  hash: z.string(),
  actId: Id.nullable().meta({ description: 'Undoes what was written.' }),
  changed: z.int(),
  ...fileCounts,
})
const fileVersion = {
  ...{ version: z.int(), hash: z.string(), ref: z.string(), author: z.string(), at: Instant },
  ...{ entries: z.int(), identities: z.int() },
}
export const OwnersFileAnswer = of<OwnersFileView>()(
  z.object({
    current: z.object({ ...fileVersion, text: z.string(), drift: z.int() }).optional(),
    past: z.array(z.object(fileVersion)),
  }),
)
