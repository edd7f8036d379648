// Draws from a list that is read once: the rows whose hash with the seed is lowest, however long the list is. Pure.
import { hash } from 'node:crypto'

/** SHA-256 of `<seed>:<id>`, in hex: what puts the rows of a population in an order that nobody chose. */
export const drawHash = (seed: string, id: string): string => hash('sha256', `${seed}:${id}`)

export type Placed<R> = { hash: string; row: R }

/** Keeps the lowest of what it is given: a heap whose root is the highest that is kept. */
export class Lowest<R> {
  readonly #kept: Placed<R>[] = []
  /** @param size how many are kept; @param above only hashes after this one: those before it were drawn already */
  constructor(
    readonly size: number,
    readonly above = '',
  ) {}

  add(placed: Placed<R>): void {
    const kept = this.#kept
    if (placed.hash <= this.above) return
    if (kept.length < this.size) {
      kept.push(placed)
      this.#rise(kept.length - 1)
    } else if (placed.hash < this.#at(0).hash) {
      kept[0] = placed
      this.#sink(0)
    }
  }

  /** In the order of their hashes. */
  drawn(): Placed<R>[] {
    return [...this.#kept].sort((a, b) => (a.hash < b.hash ? -1 : 1))
  }

  #at(at: number): Placed<R> {
    return this.#kept[at] as Placed<R>
  }

  #swap(a: number, b: number): void {
    const held = this.#at(a)
    this.#kept[a] = this.#at(b)
    this.#kept[b] = held
  }

  #rise(from: number): void {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1
      if (this.#at(parent).hash >= this.#at(at).hash) return
      this.#swap(parent, at)
      at = parent
    }
  }

  #sink(from: number): void {
    for (let at = from; ;) {
      const children = [2 * at + 1, 2 * at + 2].filter((child) => child < this.#kept.length)
      const highest = children.reduce((a, b) => (this.#at(b).hash > this.#at(a).hash ? b : a), at)
      if (highest === at) return
      this.#swap(at, highest)
      at = highest
    }
  }
}
