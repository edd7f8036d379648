// A record to make packs from: two scopes, campaigns with sign-offs, an exception, removals; and a history that goes on after it.
import { absent, known, unknown } from '@/core/fact'
import { claimApplied } from '@/governance/campaigns/remediations'
import { decide } from '@/governance/campaigns/decide'
import { signOff } from '@/governance/campaigns/sign-off'
import { askException } from '@/governance/exceptions/ask-exception'
import { approveException } from '@/governance/exceptions/decide-exception'
import { endException } from '@/governance/exceptions/end-exception'
import { db } from '@/prisma/client'
import { actorFor, KEPT, observed, person, rowFor, runningCampaign, type Robot } from './campaign-world'
import { asked } from './asked-pack'
import { look } from './queried-estate'
import { connection, credential, LOOKED, refused, secret } from './scripted-source'
import type { Asked } from '@/governance/packs/part'
import type { Of } from '@/core/observation'

const SOURCE = 'demo:List'
const HOUR = 3_600_000
const hoursAgo = (n: number) => new Date(Date.now() - n * HOUR).toISOString()
export const FORMULA = '=cmd|evil'

/** Eight machines and two people: every third without an owner. */
export const ROBOTS: Robot[] = Array.from({ length: 8 }, (_, at) => ({
  id: at === 7 ? FORMULA : `r${at}`,
  ...(at % 3 && { owner: 'ann' }),
  grants: at === 1 ? ['reader', 'writer'] : ['reader'],
}))

const trust = (of: string): Of<'trust'> => ({
  kind: 'trust',
  nativeId: `${of}/trust`,
  identity: of,
  principalType: 'account',
  principal: '999',
  effect: 'allow',
  actions: ['assume'],
  conditions: { equals: { id: 'x' } },
})

export const streams = (robots: readonly Robot[]) => ({
  main: {
    kinds: [...LOOKED, 'secret' as const],
    observations: [
      ...robots.flatMap(observed),
      ...robots.map(({ id }) =>
        credential(`key-${id}`, id, { createdAt: known('2020-01-01T00:00:00.000Z', SOURCE) }),
      ),
      trust('r0'),
      credential('key-nobody', 'r0', { identity: absent(SOURCE) }),
      credential('key-unknown', 'r0', { identity: unknown('denied', 'demo:Owner') }),
      secret('secret-1'),
    ],
  },
})

export type PackWorld = {
  to: Awaited<ReturnType<typeof connection>>
  campaign: string
  exception: string
  /** Before any decision, and after all that the world tells. */
  before: Asked['moment']
  then: Asked['moment']
}

const ann = actorFor('ann')
const ended = actorFor('bo', 'analyst')
const STATEMENT = 'I have looked at each and stand by it.'
const moment = async () => (await asked()).moment
const wait = () => new Promise((resolve) => setTimeout(resolve, 20))

const say = async (id: string, name: string, decision: 'keep' | 'remove', more: object = {}) =>
  decide(ann, { id, decisions: [await rowFor(id, name, decision, more)] })

/** The record up to `then`. */
export async function packWorld(): Promise<PackWorld> {
  const people = { ann: '', mia: '' }
  for (const name of ['ann', 'mia'] as const) people[name] = (await person(name)).id
  const to = await connection()
  await look(to, { at: hoursAgo(3), scopes: ['s1'], streams: streams(ROBOTS) })
  await wait()
  const before = await moment()
  await wait()
  const finding = await db.finding.findFirstOrThrow({
    where: { state: 'open', verdict: 'fail', subjectName: 'key-r1', ruleId: 'credential-long-lived' },
  })
  const { id: exception } = await askException(actorFor('mia', 'analyst'), {
    finding: finding.id,
    reason: '=It goes in March, says Ann.',
    evidence: 'https://tickets.example/1',
    control: 'It is watched.',
    until: new Date(Date.now() + 30 * 24 * HOUR).toISOString().slice(0, 10),
  })
  await approveException(ended, { id: exception })
  const campaign = await runningCampaign({
    chain: [{ by: 'owner' }, { by: 'person', person: people.ann }],
    policy: { secondLookShare: 0 },
  })
  await say(campaign, 'r0', 'remove')
  await say(campaign, 'r1', 'keep', KEPT)
  await say(campaign, 'r1', 'remove')
  for (const { id } of ROBOTS.slice(2)) await say(campaign, id, 'keep', KEPT)
  await signOff(ann, { id: campaign, statement: STATEMENT, typedName: 'ann' })
  const removal = await db.remediation.findFirstOrThrow({ where: { item: { name: 'r0' } } })
  await claimApplied(ann, { id: removal.id, note: 'done by Ann' })
  await look(to, { at: hoursAgo(2), streams: streams(ROBOTS) })
  await wait()
  return { to, campaign, exception, before, then: await moment() }
}

/** What happens after it: all of it is told by nobody who asks about `then`. */
export async function goOn({ to, exception }: PackWorld): Promise<void> {
  await wait()
  await endException(ended, { id: exception, why: 'It is gone.' })
  const removal = await db.remediation.findFirstOrThrow({ where: { item: { name: 'r1' }, droppedAt: null } })
  await claimApplied(ann, { id: removal.id, note: 'later' })
  const later = ROBOTS.filter(({ id }) => id !== 'r0').map((one) => ({ ...one, owner: 'sue' }))
  await look(to, { at: hoursAgo(1), streams: streams(later) })
  await look(to, {
    at: hoursAgo(0.5),
    streams: { main: { ...streams(later).main, fails: refused() } },
  })
  const campaign = await runningCampaign({
    name: 'Later',
    chain: [{ by: 'person', person: (await db.person.findFirstOrThrow({ where: { name: 'ann' } })).id }],
    policy: { secondLookShare: 0 },
  })
  await say(campaign, 'r2', 'remove')
  await wait()
}
