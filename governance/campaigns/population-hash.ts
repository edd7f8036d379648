// The hash of a population, so that anybody who has the rows can find that they are the ones that were frozen. Pure.
import { createHash } from 'node:crypto'
import { contentHash } from '@/inventory/content-hash'

/** SHA-256 of the canonical JSON of a card: keys sorted, no white space, in hex. */
export const cardHash = (card: unknown): string => contentHash(card)

/**
 * Takes rows in the order of their identity ids (as lower-case text) and digests a line for each:
 * `<identity id> <hash of the card>` and a line feed.
 */
export class PopulationHash {
  private readonly hash = createHash('sha256')
  private last = ''
  rows = 0

  /** @throws Error for a row that is out of order or there twice: the hash would not be that of the population */
  add(row: { identityId: string; cardHash: string }): void {
    const id = row.identityId.toLowerCase()
    if (id <= this.last) throw new Error(`${id} comes after ${this.last}: the population is out of order`)
    this.last = id
    this.rows++
    this.hash.update(`${id} ${row.cardHash}\n`)
  }

  /** In hex. Ends it. */
  digest(): string {
    return this.hash.digest('hex')
  }
}
