// JSON text from outside as a value or nothing, so that what cannot be read becomes an answer and not an exception.

export type ParsedJson = { ok: true; value: unknown } | { ok: false }

export function parseJson(text: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) as unknown }
  } catch {
    return { ok: false }
  }
}
