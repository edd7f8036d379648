// The settings of a channel as they are held: opened where something is changed or shown without its secrets.
import { openSettings } from '../crypto/seal-settings'

export function heldChannelSettings(channel: { id: string; settings: Uint8Array }): {
  settings?: unknown
  problem?: string
} {
  try {
    return { settings: openSettings(channel.id, channel.settings, 'channel') }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'The settings cannot be read.' }
  }
}
