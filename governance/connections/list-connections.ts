// Connections as people see them: where they read, how the last sync went, and settings without their secrets.
import { z } from 'zod'
import { ensure } from '@/core/errors'
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { currentMoment, reader } from '@/inventory/moment/at-moment'
import type { Prisma } from '@/prisma/client'
import { authorise } from '../authorise'
import { manifests } from '../connector-registry'
import { RUN_WITH_CONNECTION, toRunView, type RunView } from '../runs/list-runs'
import { isUnderWay, NO_SYNC, UNDER_WAY } from '../runs/run-state'
import { heldSettings } from './settings-fields'
import { settingsShape } from './settings-shape'
import { settingsView, type SettingsView } from './settings-values'

export type ConnectionView = {
  id: string
  connectorId: string
  connectorTitle: string
  name: string
  mode: 'live' | 'import' | 'sample'
  paused: boolean
  intervalMinutes: number
  createdAt: Instant
  createdBy: string
  /** `goneAt`: a complete list no longer named it; what was known of it stays. */
  scopes: { id: string; nativeId: string; name: string; type: string; goneAt?: Instant }[]
  lastRun?: RunView
  activeRun?: RunView
  nextSyncAt?: Instant
}
export type ConnectionDetail = ConnectionView & {
  settings: SettingsView
  /** Why the settings cannot be read, when they cannot. */
  settingsProblem?: string
}

const INCLUDE = {
  scopes: { include: { scope: true }, orderBy: { scope: { name: 'asc' } } },
  runs: {
    where: { trigger: { notIn: NO_SYNC } },
    include: RUN_WITH_CONNECTION,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 1,
  },
} satisfies Prisma.ConnectionInclude
type Row = Prisma.ConnectionGetPayload<{ include: typeof INCLUDE }>
type Run = Prisma.RunGetPayload<{ include: typeof RUN_WITH_CONNECTION }>

const titleOf = (connectorId: string): string =>
  manifests().find(({ id }) => id === connectorId)?.title ?? connectorId

const activeRuns = (connectionIds: string[]): Promise<Run[]> =>
  reader.run.findMany({
    where: { connectionId: { in: connectionIds }, state: { in: UNDER_WAY } },
    include: RUN_WITH_CONNECTION,
  })

function toView(row: Row, active: Run | undefined): ConnectionView {
  const [last] = row.runs
  const waits = row.mode === 'live' && !row.paused && !active
  const due = last ? last.createdAt.getTime() + row.intervalMinutes * 60_000 : row.createdAt.getTime()
  return {
    id: row.id,
    connectorId: row.connectorId,
    connectorTitle: titleOf(row.connectorId),
    name: row.name,
    mode: row.mode as ConnectionView['mode'],
    paused: row.paused,
    intervalMinutes: row.intervalMinutes,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    scopes: row.scopes.map(({ scope: { id, nativeId, name, type }, goneAt }) => ({
      id,
      nativeId,
      name,
      type,
      ...(goneAt && { goneAt: goneAt.toISOString() }),
    })),
    ...(last && !isUnderWay(last.state) && { lastRun: toRunView(last) }),
    ...(active && { activeRun: toRunView(active) }),
    ...(waits && { nextSyncAt: new Date(due).toISOString() }),
  }
}

export async function listConnections(actor: Actor | null): Promise<ConnectionView[]> {
  authorise(actor, 'source:read')
  const rows = await reader.connection.findMany({ include: INCLUDE, orderBy: { name: 'asc' } })
  const active = await activeRuns(rows.map(({ id }) => id))
  return rows.map((row) =>
    toView(
      row,
      active.find(({ connectionId }) => connectionId === row.id),
    ),
  )
}

/** @throws RollcallError `not-found` */
export async function connectionView(actor: Actor | null, connectionId: string): Promise<ConnectionDetail> {
  authorise(actor, 'source:read')
  const row = z.uuid().safeParse(connectionId).success
    ? await reader.connection.findUnique({ where: { id: connectionId }, include: INCLUDE })
    : null
  ensure(row, 'not-found', 'There is no such connection, or no longer.')
  const [active] = await activeRuns([row.id])
  const manifest = manifests().find(({ id }) => id === row.connectorId)
  // Settings hold secrets, so no earlier ones are kept.
  const { settings, problem } = currentMoment() ? {} : heldSettings(row)
  return {
    ...toView(row, active),
    settings: manifest ? settingsView(settingsShape(manifest.settings), settings) : {},
    ...(problem !== undefined && { settingsProblem: problem }),
  }
}
