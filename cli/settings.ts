// Settings of a connection from options: --set key=value, and --from-env key=VARIABLE for what must not stand in a command.
import { RollcallError } from '@/core/errors'

type Given = { set: readonly string[]; fromEnv: readonly string[] }
type Settings = Record<string, unknown>

function pairOf(text: string, option: string): [path: string, value: string] {
  const at = text.indexOf('=')
  // The text may hold a secret: it is not repeated.
  if (at < 1) throw new RollcallError('invalid', `${option} takes key=value.`)
  return [text.slice(0, at), text.slice(at + 1)]
}

/** Numbers and yes or no are written as they are; where a field wants text they stay text. */
function typed(value: string, type: string): unknown {
  if (type === 'number' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value)
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  if (type === 'list')
    return value
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)
  return value
}

function put(settings: Settings, path: string, value: unknown): void {
  const keys = path.split('.')
  const last = keys.pop() ?? path
  let place = settings
  for (const key of keys) place = (place[key] ??= {}) as Settings
  place[last] = value
}

/**
 * @param environment the variables of this process
 * @throws RollcallError `invalid` for keys that the connector does not have and variables that are not set
 */
export function settingsFrom(
  { set, fromEnv }: Given,
  fields: readonly { path: string; type: string }[],
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const settings: Settings = Object.create(null) as Settings
  const add = (path: string, value: string) => {
    const field = fields.find((one) => one.path === path)
    if (!field)
      throw new RollcallError(
        'invalid',
        `There is no setting ${path}. There are: ${fields.map((f) => f.path).join(', ')}.`,
      )
    put(settings, path, typed(value, field.type))
  }
  for (const text of set) add(...pairOf(text, '--set'))
  for (const text of fromEnv) {
    const [path, variable] = pairOf(text, '--from-env')
    const value = environment[variable]
    if (value === undefined) throw new RollcallError('invalid', `The variable ${variable} is not set.`)
    add(path, value)
  }
  return { ...settings }
}
