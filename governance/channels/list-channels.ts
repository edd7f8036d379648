// Channels as people see them: how they do, what waits for them, and settings without their secrets.
import { ensure } from '@/core/errors'
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { compact, iso, isoOr, isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import type { Channel } from '@/prisma/generated/client'
import { authorise } from '../authorise'
import { settingsShape, type SettingsField } from '../connections/settings-shape'
import { settingsView, type SettingsView } from '../connections/settings-values'
import { canBePersonal, channelKind, channelKinds, kindTitleOf, reachesPeople } from './channel-kinds'
import { heldChannelSettings } from './channel-settings'

export type ChannelView = {
  id: string
  kind: string
  kindTitle: string
  name: string
  enabled: boolean
  /** Whether mail goes by it: the one of those for people that was added first, among those that are on. */
  mail: boolean
  takes: string[]
  /** Whose alone it is: of the directory. */
  person?: { id: string; name: string }
  createdAt: Instant
  createdBy: string
  lastSuccessAt?: Instant
  lastFailureAt?: Instant
  lastFailure?: string
  /** Set where it asked to be left alone until then. */
  notBefore?: Instant
  /** Notices that are to go by it. */
  waiting: number
}
export type ChannelDetail = ChannelView & {
  settings: SettingsView
  /** Why the settings cannot be read, when they cannot. */
  settingsProblem?: string
}

type Held = Channel & { person: { id: string; name: string } | null }

async function viewsOf(channels: readonly Held[]): Promise<ChannelView[]> {
  const mail = channels.find(({ kind, enabled }) => enabled && reachesPeople(kind))
  const places = await db.notice.groupBy({
    by: ['channelId'],
    where: { state: 'waiting', email: null },
    _count: true,
  })
  const people = await db.notice.count({ where: { state: 'waiting', email: { not: null } } })
  const waitingFor = (id: string) =>
    id === mail?.id ? people : (places.find(({ channelId }) => channelId === id)?._count ?? 0)
  return channels.map((row) =>
    compact({
      id: row.id,
      kind: row.kind,
      kindTitle: kindTitleOf(row.kind),
      name: row.name,
      enabled: row.enabled,
      mail: row.id === mail?.id,
      takes: row.takes,
      person: row.person ?? undefined,
      createdAt: iso(row.createdAt),
      createdBy: row.createdBy,
      lastSuccessAt: isoOr(row.lastSuccessAt),
      lastFailureAt: isoOr(row.lastFailureAt),
      lastFailure: row.lastFailure ?? undefined,
      notBefore: isoOr(row.notBefore),
      waiting: waitingFor(row.id),
    }),
  )
}

const all = () =>
  db.channel.findMany({
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { person: { select: { id: true, name: true } } },
  })

/** In the order in which they were added. */
export async function listChannels(actor: Actor | null): Promise<ChannelView[]> {
  authorise(actor, 'notice:read')
  return viewsOf(await all())
}

/** @throws RollcallError `not-found` */
export async function channelView(actor: Actor | null, id: string): Promise<ChannelDetail> {
  authorise(actor, 'notice:read')
  const rows = isUuid(id) ? await all() : []
  const [row, view] = [rows.find((one) => one.id === id), (await viewsOf(rows)).find((one) => one.id === id)]
  ensure(row && view, 'not-found', 'There is no such channel, or no longer.')
  const { settings, problem } = heldChannelSettings(row)
  return {
    ...view,
    settings: settingsView(channelFields(row.kind), settings),
    ...(problem !== undefined && { settingsProblem: problem }),
  }
}

/** The fields of the form. @throws RollcallError `not-found` for a kind there is not */
export const channelFields = (kind: string): SettingsField[] => settingsShape(channelKind(kind).settings)

export type ChannelKindView = {
  id: string
  title: string
  summary: string
  reachesPeople: boolean
  canBePersonal: boolean
}
export const channelKindViews = (): ChannelKindView[] =>
  channelKinds().map(({ id, title, summary }) => ({
    id,
    title,
    summary,
    reachesPeople: reachesPeople(id),
    canBePersonal: canBePersonal(id),
  }))
