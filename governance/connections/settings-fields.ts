// The fields a person fills in to connect a source, and how what they send is checked and kept.
import type { Manifest } from '@/core/connector'
import type { Issue } from '@/core/errors'
import { invalid, parseInput } from '../command'
import { manifestOf } from '../connector-registry'
import { openSettings } from '../crypto/seal-settings'
import { settingsShape, type SettingsField } from './settings-shape'
import { keepSecrets, valueAt, withoutEmpty } from './settings-values'

/** What says what its settings are: a connector, or a sender. */
type Described = Pick<Manifest, 'settings'>

/** @throws RollcallError `not-found` when there is no such connector */
export const settingsFields = (connectorId: string): SettingsField[] =>
  settingsShape(manifestOf(connectorId).settings)

/** Settings as they are kept: as given, without what was left empty. @throws RollcallError `invalid` per field */
export function acceptSettings(manifest: Described, given: unknown): unknown {
  const settings = withoutEmpty(given)
  parseInput(manifest.settings, settings, ['settings'])
  return settings
}

/**
 * Settings after a change: a secret left empty stays as it is, unless the address it is sent to has changed.
 * Otherwise whoever may change an address could have the secret sent to themselves.
 */
export function acceptChangedSettings(manifest: Described, held: unknown, given: unknown): unknown {
  const fields = settingsShape(manifest.settings)
  const settings = keepSecrets(fields, held, given)
  parseInput(manifest.settings, settings, ['settings'])
  const moved = fields.filter(
    ({ path, address }) => address && valueAt(settings, path) !== valueAt(held, path),
  )
  const typed = withoutEmpty(given)
  const kept = fields.filter(
    ({ path, secret }) =>
      secret && valueAt(settings, path) !== undefined && valueAt(typed, path) === undefined,
  )
  if (moved.length && kept.length) throw invalid(kept.map(({ path }) => enterAgain(path, moved[0]?.title)))
  return settings
}

const enterAgain = (path: string, title: string | undefined): Issue => ({
  path: `settings.${path}`,
  message: `Enter it again: ${title ?? 'the address'} has changed, and it would be sent there.`,
})

/** The settings that are held, or nothing where they cannot be read any more. */
export function heldSettings(connection: { id: string; settings: Uint8Array }): {
  settings?: unknown
  problem?: string
} {
  try {
    return { settings: openSettings(connection.id, connection.settings) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'The settings cannot be read.' }
  }
}
