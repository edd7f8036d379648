// Keeps equal parts of objects once: the pods of a controller differ by their names and nodes only.
import type { KeptObject } from './watch'

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export class Interned {
  private readonly parts = new Map<string, unknown>()
  /** Above this what nobody uses any more is let go. */
  private limit = 1000

  /** The same object, made of parts that it has in common with others. */
  slim<T extends KeptObject>(object: T): T {
    const fields = Object.entries(object).map(([name, field]) => [
      name,
      isFields(field)
        ? Object.fromEntries(Object.entries(field).map(([key, part]) => [key, this.one(part)]))
        : this.one(field),
    ])
    return Object.fromEntries(fields) as T
  }

  tidy(objects: Iterable<KeptObject>): void {
    if (this.parts.size <= this.limit) return
    this.parts.clear()
    for (const { metadata, ...rest } of objects as Iterable<KeptObject & Fields>)
      for (const field of [metadata, ...Object.values(rest)])
        for (const part of isFields(field) ? Object.values(field) : [field]) this.one(part)
    this.limit = Math.max(1000, this.parts.size * 2)
  }

  clear(): void {
    this.parts.clear()
  }

  private one(part: unknown): unknown {
    if (typeof part !== 'object' || part === null) return part
    const text = JSON.stringify(part)
    const held = this.parts.get(text)
    if (held !== undefined) return held
    this.parts.set(text, part)
    return part
  }
}
