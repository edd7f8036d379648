// The moment a page is about stands in its address; every address made from it carries the moment on. Pure.

/** The parameters of core/moment.ts. They belong to the whole console, not to the filter of a list. */
export const MOMENT_NAMES = ['asOf', 'known'] as const

type Search = { get: (name: string) => string | null }

/** Readable in the address bar: dates and instants hold colons only. */
const written = (value: string) => encodeURIComponent(value).replaceAll('%3A', ':')

/** The parameters of a moment in the past, as they stand in the address; empty for the present. */
export function momentParams(search: Search): { asOf?: string; known?: string } {
  const [asOf, known] = [search.get('asOf')?.trim(), search.get('known')?.trim()]
  // `known` alone is a parameter of somebody else: of a comparison of two moments.
  if (!asOf || asOf === 'now') return {}
  return { asOf, ...(known && { known }) }
}

function parts(href: string): { path: string; query: string; hash: string } {
  const [address = '', ...hash] = href.split('#')
  const [path = '', ...query] = address.split('?')
  return { path, query: query.join('?'), hash: hash.length ? `#${hash.join('#')}` : '' }
}

/** A comparison names its moments itself: it ends at the moment it is opened from. */
export const isComparison = (path: string) => path === '/diff' || /^\/identities\/[^/]+\/diff$/.test(path)

const isOfHere = (href: string) => href.startsWith('/') && !href.startsWith('//')

/** An address of this site that shows the same moment as the page it stands on. One that names a moment itself keeps it. */
export function keepMoment(href: string, search: Search): string {
  const kept = Object.entries(momentParams(search))
  if (!kept.length || !isOfHere(href)) return href
  const { path, query, hash } = parts(href)
  const own = new URLSearchParams(query)
  if (own.has('asOf')) return href
  if (isComparison(path)) {
    const to = momentParams(search).asOf ?? ''
    return own.has('to') ? href : `${path}?${[query, `to=${written(to)}`].filter(Boolean).join('&')}${hash}`
  }
  const added = kept.map(([name, value]) => `${name}=${written(value)}`)
  return `${path}?${[query, ...added].filter(Boolean).join('&')}${hash}`
}

/** The same page about another moment, or about the present; a list goes back to its start. */
export function atOtherMoment(
  path: string,
  query: string,
  moment: { asOf?: string; known?: string } = {},
): string {
  const dropped = new Set<string>([...MOMENT_NAMES, 'after', 'before'])
  const readable = query.replaceAll('%2C', ',').replaceAll('%3A', ':')
  const rest = readable.split('&').filter((pair) => pair && !dropped.has(pair.split('=')[0] ?? ''))
  const added = Object.entries(moment).flatMap(([name, value]) =>
    value ? [`${name}=${written(value)}`] : [],
  )
  const whole = [...rest, ...added].join('&')
  return whole ? `${path}?${whole}` : path
}
