// Deliveries for tests: a folder that is allowed, members who set them up, and everything that time and the worker would do.
import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildPack } from '@/governance/packs/building/build-pack'
import { askDue } from '@/governance/packs/delivery/asking/ask-due'
import { deliverDue, type DeliverAt } from '@/governance/packs/delivery/delivering/deliver-due'
import { addDelivery } from '@/governance/packs/delivery/setting-up/add-delivery'
import { db } from '@/prisma/client'
import { actorOf } from './queried-estate'

export const ada = { ...actorOf('administrator'), id: 'test-ada', name: 'Ada', email: 'ada@example.com' }
export const bo = { ...actorOf('administrator'), id: 'test-bo', name: 'Bo', email: 'bo@example.com' }

const DAY_MS = 86_400_000
export const daysAgo = (n: number): Date => new Date(Date.now() - n * DAY_MS)

export async function deliveryWorld(): Promise<{ packs: string; allowed: string }> {
  const root = await mkdtemp(path.join(tmpdir(), 'rollcall-deliveries-'))
  const [packs, allowed] = [path.join(root, 'packs'), await mkdtemp(path.join(root, 'allowed-'))]
  process.env.PACKS_FOLDER = packs
  process.env.DELIVERIES_FOLDER = allowed
  for (const { id, name, email } of [ada, bo])
    await db.user.create({ data: { id, name, email, role: 'administrator' } })
  return { packs, allowed }
}

let made = 0
/** Of the sources alone, every week, since so many days ago: one file, and little of it. */
export async function weekly(folder: string, days: number, more: object = {}): Promise<string> {
  const input = {
    title: `Weekly ${++made}`,
    question: { contents: ['sources'] },
    every: 'week',
    waitHours: 0,
    kind: 'folder',
    settings: { folder },
    ...more,
  } as Parameters<typeof addDelivery>[1]
  return (await addDelivery(ada, input, { now: daysAgo(days) })).id
}

const signal = new AbortController().signal
export const periodsOf = (deliveryId: string) =>
  db.deliveryPeriod.findMany({ where: { deliveryId }, orderBy: { periodTo: 'asc' } })
export const rowOf = (id: string) => db.delivery.findUniqueOrThrow({ where: { id } })

/** Builds what waits to be built. */
export async function buildAll(): Promise<void> {
  const waiting = await db.pack.findMany({ where: { state: 'queued' }, select: { id: true } })
  for (const { id } of waiting) await buildPack(id, { signal })
}
export const deliver = (more: Partial<DeliverAt> = {}) => deliverDue({ signal, random: () => 0, ...more })

/** One round of what time and the worker bring about. */
export async function round(more: Partial<DeliverAt> = {}): Promise<number> {
  await askDue(new Date())
  await buildAll()
  return deliver(more)
}
export const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).sort()
