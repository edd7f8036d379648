// One fact in words, with where it can be looked at. Generated from counts; the same on pages, in the API and on the command line.
import type { Named } from '@/inventory/queries/changes-since'

export type Sentence = { text: string; href?: string }

export const number = (n: number): string => n.toLocaleString('en')
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${number(n)} ${n === 1 ? one : many}`
/** A few names, and how many more. */
export function names(named: readonly Named[], count = named.length): string {
  const said = named.slice(0, 3).map(({ name }) => name)
  const more = count - said.length
  return more > 0 ? `${said.join(', ')} and ${number(more)} more` : said.join(', ')
}
