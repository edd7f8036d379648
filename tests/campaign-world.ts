// An organisation for tests of campaigns: people, teams, and identities that the real pipeline has brought in.
import type { Choice } from '@/core/campaign'
import type { Instant } from '@/core/fact'
import type { Observed } from '@/core/observation'
import type { Actor, Role } from '@/core/permissions'
import { known } from '@/core/fact'
import { createCampaign } from '@/governance/campaigns/create-campaign'
import { prepareCampaign as prepare } from '@/governance/campaigns/prepare'
import { publishCampaign } from '@/governance/campaigns/publish-campaign'
import { prepareCampaign } from '@/governance/campaigns/start-preparing'
import { db } from '@/prisma/client'
import { look, ownerHint } from './queried-estate'
import { connection, grant, identity } from './scripted-source'

export const AT: Instant = '2026-06-01T00:00:00.000Z'
export const actorFor = (name: string, role: Role = 'owner', more: Partial<Actor> = {}): Actor => ({
  kind: 'user',
  id: `user-${name}`,
  name,
  role,
  email: `${name}@Example.com`,
  ...more,
})
/** Manages campaigns, and is somebody of the directory. */
export const manager = actorFor('mia', 'analyst')

export const person = (name: string, more: { managerId?: string; standing?: string } = {}) =>
  db.person.create({ data: { name, email: `${name}@example.com`, ...more } })
export async function team(name: string, leadId: string, members: string[]) {
  const { id } = await db.team.create({ data: { name, leadId, source: 'test' } })
  await db.teamMember.createMany({
    data: members.map((personId) => ({ teamId: id, personId, source: 'test' })),
  })
  return id
}

const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString()
export type Robot = { id: string; owner?: string; grants?: string[]; administrator?: boolean }

/** Seen whole, used yesterday, owned as it says. */
export const observed = ({ id, owner, grants = ['reader'] }: Robot): Observed[] => [
  identity(id, { lastUsedAt: known(YESTERDAY, 'demo:List') }),
  ...(owner ? [ownerHint(id, owner.includes('@') ? owner : `${owner}@example.com`)] : []),
  ...grants.map((name) => grant(`${id}/${name}`, id, { entitlement: name, entitlementName: name })),
]

export type World = { to: Awaited<ReturnType<typeof connection>>; robots: Robot[] }

export async function seen(world: World, at: Instant = AT): Promise<void> {
  await look(world.to, { at, streams: { main: { observations: world.robots.flatMap(observed) } } })
  await asAdministrators(world.robots.filter(({ administrator }) => administrator).map(({ id }) => id))
}

export async function worldOf(robots: Robot[]): Promise<World> {
  const world = { to: await connection(), robots }
  await seen(world)
  return world
}

/** As an analysis would have said it. */
export async function asAdministrators(nativeIds: readonly string[]): Promise<void> {
  const fact = known({ class: 'administrator', because: ['It may do everything.'] }, 'grants')
  await db.$executeRaw`
    UPDATE posture p SET privilege = ${JSON.stringify(fact)}::jsonb, privilege_class = 'administrator'
    FROM identity i WHERE i.id = p.identity_id AND i.native_id = ANY(${[...nativeIds]}::text[])`
  await db.$executeRaw`
    UPDATE posture p SET privilege = ${JSON.stringify(known({ class: 'read', because: ['It reads.'] }, 'grants'))}::jsonb, privilege_class = 'read'
    FROM identity i WHERE i.id = p.identity_id AND NOT i.native_id = ANY(${[...nativeIds]}::text[])`
}

type Draft = Partial<Parameters<typeof createCampaign>[1]>
const soon = () => new Date(Date.now() + 14 * 86_400_000).toISOString()

/** Made and frozen, as the worker does. */
export async function readyCampaign(
  more: Draft = {},
  actor = manager,
): Promise<{ id: string; version: number }> {
  const { id, version } = await createCampaign(actor, { name: 'Spring', dueAt: soon(), ...more })
  await prepareCampaign(actor, { id, version })
  await prepare(id, new AbortController().signal)
  const row = await db.campaign.findUniqueOrThrow({ where: { id } })
  return { id, version: row.version }
}
export async function runningCampaign(more: Draft = {}, actor = manager): Promise<string> {
  const { id, version } = await readyCampaign(more, actor)
  await publishCampaign(actor, { id, version })
  return id
}

export const itemOf = (campaignId: string, name: string) =>
  db.campaignItem.findFirstOrThrow({ where: { campaignId, name } })
/** A row of a request to decide, as somebody who has just seen the item. */
export async function rowFor(campaignId: string, name: string, decision: Choice, more: object = {}) {
  const { id, version } = await itemOf(campaignId, name)
  return { item: id, version, decision, ...more }
}
export const KEPT = {
  reasonCode: 'still-needed',
  reason: 'deploys payments every night',
  keepUntil: new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10),
} as const
