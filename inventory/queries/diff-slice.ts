// The next differences of a comparison, kind after kind: what the page, the export and the command line have in common.
import { DIFF_KINDS, type DiffFilter, type DiffKind, type DiffRow, type DiffWord } from '@/core/diff'
import { RollcallError } from '@/core/errors'
import { may, type Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { decodeCursor, encodeCursor } from './cursor'
import { betweenParams, diffBetween, type Between } from './diff-between'
import { diffNews, type News } from './diff-news'
import { diffRowsOf, type Found } from './diff-row'
import { diffRows, type Place, type RawDiff } from './diff-sql'
import { diffConditions, scopesOf, type Scopes } from './diff-where'
import { mustSeeDiff } from './must-see-diff'
import { isUuid } from './sql'
import type { Slice } from './keyset'

const SORT = 'diff'
export type Asked = {
  filter: Omit<DiffFilter, 'size'>
  between: Between
  scopes: Scopes
  kinds: DiffKind[]
  what: DiffWord[]
  /** What can differ at all, of any kind. */
  news: ReadonlyMap<DiffKind, News>
}

/** Where sources and their scopes stand is told to those who may read them; the other kinds go with the identities. */
const readable = (actor: Actor, kind: DiffKind): boolean =>
  // What findings say may name what lies in other scopes.
  !(actor.within && kind === 'finding') &&
  may(actor, kind === 'source' || kind === 'scope' ? 'source:read' : 'identity:read')

/** The kinds that can be asked about: of one identity, sources and scopes are no part. */
export const kindsFor = (actor: Actor, { identity }: Pick<DiffFilter, 'identity'>): DiffKind[] =>
  DIFF_KINDS.filter((kind) => readable(actor, kind) && !(identity && (kind === 'source' || kind === 'scope')))

/** @throws RollcallError `invalid` for instants or a place that cannot be asked about, `forbidden`, or `not-found` */
export async function askedDiff(actor: Actor, filter: Omit<DiffFilter, 'size'>): Promise<Asked> {
  const between = await diffBetween(filter.after === undefined ? filter : pinned(filter, filter.after))
  await mustSeeDiff(actor, filter, between)
  const kinds = kindsFor(actor, filter)
  const { kind = ['any'], what = ['any'] } = filter
  const words = what.includes('any') ? [] : what.filter((word) => word !== 'any')
  const [scopes, news] = await Promise.all([scopesOf(filter, between), diffNews(kinds, between, words)])
  return {
    filter,
    between,
    scopes,
    news,
    kinds: kind.includes('any') ? kinds : kinds.filter((one) => kind.includes(one)),
    what: words,
  }
}

type At = { part: number; place?: Place; between: ReturnType<typeof betweenParams> }
const lost = () =>
  new RollcallError('invalid', 'This page of the list cannot be found. Start again from the first page.')

function decode(after: string): At {
  const { part, value, id } = decodeCursor(after, SORT)
  const [from, to, known, at] = value.split(' ')
  if (!from || !to || !at || !isUuid(id) || !DIFF_KINDS[part]) throw lost()
  return { part, place: { at, id }, between: { from, to, ...(known && { known }) } }
}

/** A place in the list knows its instants: the next page is about the same ones, whatever now is. */
function pinned(filter: Pick<DiffFilter, 'from' | 'to' | 'known'>, after: string): At['between'] {
  const { between } = decode(after)
  for (const name of ['from', 'to', 'known'] as const) {
    const asked = filter[name]
    if (asked !== undefined && asked !== 'now' && asked !== between[name])
      throw new RollcallError(
        'invalid',
        `${name} is not the one this page belongs to. Start again from the first page.`,
      )
  }
  return between
}

const encode = (between: Between, kind: DiffKind, { at, id }: { at: Date; id: string }): string => {
  const { from, to, known = '' } = betweenParams(between)
  const value = [from, to, known, at.toISOString()].join(' ')
  return encodeCursor({ sort: SORT, part: DIFF_KINDS.indexOf(kind), value, id })
}

/** Versions looked at for one page: where few of many differ, a page ends short of its size and goes on with the next one. */
const LOOKED_MAX = 20_000

/** The last version that was looked at need not differ. */
function wantedOf(kind: DiffKind, raw: RawDiff, words: readonly DiffWord[]): Found[] {
  const { what } = raw
  return what !== null && (!words.length || words.includes(what)) ? [{ kind, raw: { ...raw, what } }] : []
}

/** The next rows; `next` is there as long as there is anything left to look at, also where a page found less than asked. */
export async function diffSlice(
  actor: Actor,
  asked: Asked,
  size: number,
  after?: string,
): Promise<Slice<DiffRow>> {
  const { filter, between, scopes, kinds, what } = asked
  const start: Partial<At> = after === undefined ? {} : decode(after)
  const found: Found[] = []
  let next: string | undefined
  for (const kind of kinds) {
    const part = DIFF_KINDS.indexOf(kind)
    const news = asked.news.get(kind)
    if (!news || part < (start.part ?? 0)) continue
    const where = (alias: 'n' | 'o') => diffConditions(actor, kind, alias, { filter, between, scopes })
    const of = { kind, between, news, what, where, after: part === start.part ? start.place : undefined }
    const limit = size + 1 - found.length
    const rows = await reader.$queryRaw<RawDiff[]>(diffRows(of, limit, LOOKED_MAX))
    // What is older than the last version looked at belongs to the next page.
    const last = rows.findIndex((raw) => raw.last)
    const seen = last === -1 ? rows : rows.slice(0, last + 1)
    found.push(...seen.flatMap((raw) => wantedOf(kind, raw, what)))
    const end = rows[last]
    if (end) next = encode(between, kind, end)
    if (end || rows.length === limit) break
  }
  const shown = found.slice(0, size)
  const last = shown.at(-1)
  if (last && found.length > size) next = encode(between, last.kind, last.raw)
  const rows = await diffRowsOf(shown, between)
  return next === undefined ? { rows } : { rows, next }
}
