// An organisation in which something happens: robots that nothing is wrong with, looks at them, and what a worker does every
// minute.
import { CAUSE_NAMES, type Cause } from '@/core/campaign'
import { known } from '@/core/fact'
import type { Of } from '@/core/observation'
import { closeDone } from '@/governance/campaigns/events/close-done'
import { setEventPolicy } from '@/governance/campaigns/events/event-policy'
import { noteEvents } from '@/governance/campaigns/events/note-events'
import { openCards } from '@/governance/campaigns/events/open-cards'
import { tellRemediations } from '@/governance/campaigns/telling/tell-remediations'
import { runJob } from '@/jobs'
import { db } from '@/prisma/client'
import { manager, person, team } from './campaign-world'
import {
  all,
  documentOf,
  followUp,
  holds,
  newSource,
  NORTH,
  policy,
  role,
  scopeOf,
  see,
  type Source,
} from './granted-world'
import { emptyOutbox } from './outbox'
import { ownerHint } from './queried-estate'
import type { Script } from './scripted-source'

const READ = documentOf({ Action: 's3:ListBucket' })
export const EVERYTHING = documentOf({ Action: '*' })
export const daysAgo = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString()
export const people: Record<string, string> = {}
const held: { source?: Source } = {}

/** A robot that nothing is wrong with. */
export const robot = (name: string, more: Partial<Of<'identity'>> = {}) =>
  role(name, NORTH, { lastUsedAt: known(daysAgo(1), 'demo:List'), ...more })
export const calm = (name = 'calm', document = READ) => [
  robot(name),
  ownerHint(name, 'ann@example.com'),
  policy(`p-${name}`, document),
  holds(name, `p-${name}`),
]
export const outsider = (of: string, principal = 'https://issuer.example/subject'): Of<'trust'> => ({
  kind: 'trust',
  nativeId: `${of} lets ${principal}`,
  identity: of,
  principalType: 'federated',
  principal,
  effect: 'allow',
  actions: ['sts:AssumeRole'],
  links: [],
})

export async function lookBy(at: number, script: Script): Promise<void> {
  if (!held.source) throw new Error('there is no source')
  await see(held.source, NORTH, at, script)
}
export const lookAt = (at: number, ...observations: Parameters<typeof all>) =>
  lookBy(at, all(...observations))

const signal = new AbortController().signal
const AT = {
  signal,
  stopping: signal,
  lastAttempt: true,
  connectorOf: () => Promise.reject(new Error('no source is asked')),
}
/** Has the rules asked again without another look. */
export async function judgeAgain(): Promise<void> {
  await runJob('evaluate-scope', { scopeId: scopeOf(NORTH), runId: null }, AT)
  await followUp()
}

export const turnOn = (causes: Cause[] = [...CAUSE_NAMES], more: object = {}) =>
  setEventPolicy(manager, {
    causes,
    fallback: people.fay ?? '',
    manager: people.mia ?? '',
    ...more,
  })
/** What a worker does every minute. */
export async function minute(now = new Date()): Promise<number> {
  await tellRemediations(now)
  await noteEvents(now)
  const opened = await openCards(now)
  await closeDone(now)
  return opened
}
export const cards = async () => {
  const rows = await db.campaignItem.findMany({ where: { cause: { not: null } }, orderBy: { name: 'asc' } })
  return rows.map(({ name, cause, state }) => `${name}: ${cause ?? ''}, ${state}`)
}

/** Once for a file: who is in the directory. */
export async function hirePeople(): Promise<void> {
  for (const name of ['mia', 'fay', 'ann', 'lea']) people[name] = (await person(name)).id
  await db.personSource.createMany({
    data: Object.values(people).map((personId) => ({
      source: 'import',
      externalId: personId,
      personId,
      isActive: true,
      at: new Date(0),
    })),
  })
  await team('ann-team', people.lea ?? '', [people.ann ?? ''])
}

/** What earlier tests have asked about is nothing that is asked about now. */
export async function nothingHappened(): Promise<void> {
  held.source = await newSource()
  await emptyOutbox()
  await db.setting.deleteMany({ where: { key: { startsWith: 'event-reviews' } } })
  await db.reviewEvent.deleteMany()
  await db.remediation.deleteMany()
  await db.person.updateMany({ data: { standing: 'here' } })
  await db.$executeRaw`UPDATE campaign SET state = 'closed' WHERE state = 'running'`
  await db.$executeRaw`ALTER TABLE campaign_item DISABLE TRIGGER campaign_item_stays`
  await db.$executeRaw`UPDATE campaign_item SET cause = NULL, state = 'moved' WHERE state <> 'signed' OR cause IS NOT NULL`
  await db.$executeRaw`ALTER TABLE campaign_item ENABLE TRIGGER campaign_item_stays`
}
