// Some of several things, in words: for messages, which have to stay short and the same while nothing has changed.
import type { Named } from './subject'

/** So many are named, the rest is counted. */
const FEW = 3
const list = new Intl.ListFormat('en')

/** @example `ann, bob, cy, and 4 more` */
export function nameFew({ count, names }: Named): string {
  const few = names.slice(0, FEW)
  const others = count - few.length
  if (!few.length) return `${count} without a name`
  return list.format(others > 0 ? [...few, `${others} more`] : few)
}
