// Remembers every element of one list of a file in little room: its id, and a digest of what it says.
import { hash } from 'node:crypto'

const DIGEST_BYTES = 20
const FIRST_ROOM = 1024

export class SeenElements {
  private readonly indexes = new Map<string, number>()
  /** By index. An object and three texts an element took more room than the parser and all it holds. */
  private digests = Buffer.alloc(FIRST_ROOM * DIGEST_BYTES)

  /** Takes an element down, or names the earlier one of its id and whether that says the same. */
  add(id: string, index: number, text: string): { index: number; same: boolean } | undefined {
    const digest = hash('sha1', text, 'buffer')
    const before = this.indexes.get(id)
    if (before !== undefined) return { index: before, same: digest.equals(this.digestAt(before)) }
    const at = index * DIGEST_BYTES
    if (at + DIGEST_BYTES > this.digests.length) this.grow(at + DIGEST_BYTES)
    this.digests.set(digest, at)
    this.indexes.set(id, index)
    return undefined
  }

  private digestAt(index: number): Buffer {
    return this.digests.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES)
  }

  private grow(bytes: number): void {
    const larger = Buffer.alloc(Math.max(bytes, this.digests.length * 2))
    larger.set(this.digests)
    this.digests = larger
  }
}
