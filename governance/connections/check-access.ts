// A dry pass over a source: which permissions are there, which are not, and what is lost without them. Saves nothing.
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { collect } from '@/core/collect'
import type { Connector, Permission } from '@/core/connector'
import { ensure } from '@/core/errors'
import type { Why } from '@/core/fact'
import type { Limits } from '@/core/limits'
import { Session, type CallCount } from '@/core/session'
import type { Coverage } from '@/core/upstream'
import { command, followed, parseInput } from '../command'
import { connectorOf, manifestOf } from '../connector-registry'
import { openSettings } from '../crypto/seal-settings'
import { acceptSettings } from './settings-fields'

export type AccessLine = {
  name: string
  /** What is lost without it. */
  gives: string
  optional: boolean
  state: 'allowed' | 'denied' | 'failed' | 'not-tried'
  why?: Why
  detail?: string
  fix?: string
}
export type AccessReport = {
  /** Names of the scopes met before the pass ended. */
  scopes: string[]
  permissions: AccessLine[]
  /** Whether every permission that is not optional was tried and allowed. */
  complete: boolean
  /** Why not even the list of scopes could be read. */
  problem?: string
}

/** Enough to meet each permission once; a source of any size is answered in seconds. */
const LIMITS: Partial<Limits> = {
  pagesMax: 1,
  observationsMax: 25,
  callsMax: 500,
  attemptsMax: 2,
  callTimeoutMs: 10_000,
  waitMsMax: 2_000,
}
const TIMEOUT_MS = 60_000

const Input = z.union([
  z.strictObject({ connectionId: z.uuid() }),
  z.strictObject({ connectorId: z.string().min(1).max(100), settings: z.record(z.string(), z.unknown()) }),
])

const begin = command({
  name: 'connection.check-access',
  permission: 'source:manage',
  input: Input,
  async run({ input, tx }) {
    if ('connectorId' in input) {
      const manifest = manifestOf(input.connectorId)
      return { connectorId: manifest.id, settings: acceptSettings(manifest, input.settings) }
    }
    const connection = await tx.connection.findUnique({ where: { id: input.connectionId } })
    ensure(connection, 'not-found', 'There is no such connection, or no longer.')
    ensure(connection.mode === 'live', 'invalid', 'Only a live connection has access to check.')
    return { connectorId: connection.connectorId, settings: openSettings(connection.id, connection.settings) }
  },
  activity: (input, { connectorId }) =>
    'connectionId' in input ? { object: `connection:${input.connectionId}` } : { detail: { connectorId } },
})

export const checkAccess = followed(begin, async ({ begun, now }): Promise<AccessReport> => {
  const connector = await connectorOf(begun.connectorId)
  const transport = connector.open(parseInput(connector.manifest.settings, begun.settings, ['settings']))
  const session = new Session({
    transport,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    limits: LIMITS,
    sleep: (ms, signal) => wait(ms, undefined, { signal }),
    random: Math.random,
  })
  try {
    const { scopes, coverage } = await firstScope(connector, session, now)
    return report(connector.manifest.permissions, session.usage(), scopes, coverage)
  } finally {
    await transport.close?.()
  }
})

/** Reads one scope: the others need the same permissions. */
async function firstScope(connector: Connector, session: Session, now: Date) {
  const scopes: string[] = []
  let coverage: Coverage | undefined
  for await (const event of collect(connector, session, now.toISOString())) {
    if (event.type === 'scopes') coverage = event.coverage
    if (event.type === 'scope' && scopes.push(event.scope.name) > 1) break
  }
  return { scopes, coverage }
}

function report(
  permissions: readonly Permission[],
  calls: CallCount[],
  scopes: string[],
  coverage: Coverage | undefined,
): AccessReport {
  const lines = permissions.map((permission) =>
    toLine(
      permission,
      calls.find((call) => call.permission === permission.name),
    ),
  )
  const lost = !scopes.length && coverage?.state === 'partial'
  return {
    scopes,
    permissions: lines,
    complete: !lost && lines.every(({ optional, state }) => optional || state === 'allowed'),
    ...(lost && { problem: `${coverage.permission}: ${coverage.detail}` }),
  }
}

function toLine({ name, gives, optional = false }: Permission, call: CallCount | undefined): AccessLine {
  const line = { name, gives, optional }
  if (!call) return { ...line, state: 'not-tried' }
  // A limit of this pass says nothing about the permission; an answer does.
  if (call.ok > 0 && call.why !== 'denied') return { ...line, state: 'allowed' }
  const { why, detail } = call
  if (why === 'limited') return { ...line, state: 'not-tried' }
  const told = { ...(why && { why }), ...(detail !== undefined && { detail }) }
  if (why === 'denied') return { ...line, state: 'denied', ...told, fix: fixOf(name, optional) }
  return {
    ...line,
    state: 'failed',
    ...told,
    fix: 'The source did not answer this time. Check again in a moment.',
  }
}

const fixOf = (name: string, optional: boolean): string =>
  `Allow ${name} to the identity this connection signs in as: the setup document has it.` +
  (optional ? ' You can leave it out; what it gives is then unknown.' : '')
