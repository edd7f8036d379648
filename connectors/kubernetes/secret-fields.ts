// Counts the fields of an imported object that hold or may hold a secret. They are left out; only that they were there is told.
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const TEXTS = new Set(['args', 'command'])

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function countSecrets(object: unknown, kind: string, into: Map<string, number>): void {
  const count = (path: string): void => void into.set(path, (into.get(path) ?? 0) + 1)
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      for (const item of value) walk(item, `${path}[]`)
      return
    }
    if (!isRecord(value)) return
    for (const [key, inner] of Object.entries(value)) {
      const at = `${path}.${key}`
      if (key === 'annotations' && isRecord(inner) && LAST_APPLIED in inner) count(`${at}[${LAST_APPLIED}]`)
      else if (TEXTS.has(key) || (key === 'value' && path.endsWith('.env[]'))) count(at)
      else if (kind === 'Secret' && (key === 'data' || key === 'stringData')) count(at)
      else if (key !== 'managedFields') walk(inner, at)
    }
  }
  walk(object, kind)
}
