// What a scope holds while it is read: the id of every row and the fingerprint of what made it, and which were seen.
import type { Kind } from '@/core/observation'

/** Rows of one kind that came from one stream: id and fingerprint of each, 32 bytes a row. */
export type HeldPart = { kind: Kind; stream: string; rows: Buffer }
/**
 * What the look has said of a row so far: nothing, that it is as it was, or something that had to be written down.
 * Only the first word that changes nothing is kept by a mark alone.
 */
export type Said = 'nothing' | 'same' | 'written'
export type HeldRow = { at: number; kind: Kind; stream: string; fingerprint: string }

const ID = 16
const ROW = 32
const MARKS: readonly Said[] = ['nothing', 'same', 'written']

const uuid = (rows: Buffer, from: number): string => {
  const hex = rows.toString('hex', from, from + ID)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
/** Ids are halves of hashes: their first digits are as good as a hash of them. */
const slotOf = (id: string): number => parseInt(id.slice(0, 8), 16)

/** About forty bytes a row, outside the heap: a scope of a million rows takes forty megabytes. */
export class HeldRows {
  private readonly parts: readonly (HeldPart & { from: number })[]
  private readonly marks: Uint8Array
  /** Open addressing: a place holds the number of a row and one, or nothing. */
  private readonly slots: Int32Array
  readonly size: number

  constructor(parts: readonly HeldPart[]) {
    let from = 0
    this.parts = parts.map((part) => {
      const placed = { ...part, from }
      from += part.rows.length / ROW
      return placed
    })
    this.size = from
    this.marks = new Uint8Array(from)
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, from * 2))))
    for (const { rows, from: first } of this.parts)
      for (let at = 0; at * ROW < rows.length; at++) this.place(rows.readUInt32BE(at * ROW), first + at)
  }

  /** The row that is held under an id. */
  find(id: string): HeldRow | undefined {
    const mask = this.slots.length - 1
    for (let slot = slotOf(id) & mask; ; slot = (slot + 1) & mask) {
      const taken = this.slots[slot]
      if (!taken) return undefined
      const { part, offset } = this.partOf(taken - 1)
      if (uuid(part.rows, offset) === id)
        return {
          at: taken - 1,
          kind: part.kind,
          stream: part.stream,
          fingerprint: uuid(part.rows, offset + ID),
        }
    }
  }

  said(at: number): Said {
    return MARKS[this.marks[at] ?? 0] ?? 'nothing'
  }

  say(at: number, said: Said): void {
    this.marks[at] = MARKS.indexOf(said)
  }

  /** Rows of which the look has said nothing, of the kinds and streams that are asked for. */
  *unseen(
    asked: (part: Pick<HeldPart, 'kind' | 'stream'>) => boolean,
  ): Generator<{ kind: Kind; stream: string; id: string }> {
    for (const { kind, stream, rows, from } of this.parts)
      if (asked({ kind, stream }))
        for (let at = 0; at * ROW < rows.length; at++)
          if (!this.marks[from + at]) yield { kind, stream, id: uuid(rows, at * ROW) }
  }

  private place(hash: number, at: number): void {
    const mask = this.slots.length - 1
    let slot = hash & mask
    while (this.slots[slot]) slot = (slot + 1) & mask
    this.slots[slot] = at + 1
  }

  private partOf(at: number) {
    const part = this.parts.findLast(({ from }) => from <= at)
    if (!part) throw new Error(`no row has the number ${at}`)
    return { part, offset: (at - part.from) * ROW }
  }
}
