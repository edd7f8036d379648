// Sorts all names a role or user can have into classes that a set of patterns cannot tell apart.
import type { Budget } from '../budget'
import { accepts, acceptsAll, covers, start, step, type Positions } from './glob'

/** Names that are covered by exactly the same patterns. */
export type NameClass = {
  /** A resource of this class, the shortest there is. */
  example: string
  /** The patterns that cover it. */
  matched: ReadonlySet<string>
}

/** Characters of IAM names and paths; those that stand for "any other" first. */
const ALPHABET = [...'xyzqkjvwabcdefghilmnoprstuXYZQKJVWABCDEFGHILMNOPRSTU0123456789-_.@,=+/']
const IN_ALPHABET = new Set(ALPHABET)
/** A path and a name at their longest. */
const LENGTH_MAX = 512 + 64

/** A pattern by its number, what of it is still to be followed, and where in that one is. */
type Track = [number: number, rest: string, positions: Positions]
/** Patterns still undecided, and patterns decided to match whatever follows. */
type Point = { name: string; open: Track[]; decided: number[] }
/** Fields of a resource before its kind and name: `arn`, partition, service, region, account. */
const HEAD_FIELDS = 5

/**
 * Every class of names that begin with `prefix`, exactly: patterns are followed side by side, one character at a time,
 * like automata. Characters that no open pattern names next are interchangeable, so one of them is enough.
 * @throws TooMuch when the patterns are too tangled to be followed within the budget
 */
export function nameClasses(prefix: string, patterns: Iterable<string>, budget: Budget): NameClass[] {
  const classes = new Map<string, NameClass>()
  const seen = new Set<string>()
  const all = [...new Set(patterns)]
  const queue: Point[] = [begin(prefix, all, budget)]
  // A queue that grows while it is walked: shorter names come first.
  for (const point of queue) {
    const { name } = point
    if (name !== '' && !name.endsWith('/')) {
      const accepting = point.open.filter(([, rest, at]) => accepts(rest, at)).map(([number]) => number)
      const matched = [...point.decided, ...accepting].sort((a, b) => a - b)
      const key = matched.join()
      if (!classes.has(key))
        classes.set(key, {
          example: prefix + name,
          matched: new Set(matched.map((number) => all[number] ?? '')),
        })
      if (!point.open.length) continue
    }
    if (name.length >= LENGTH_MAX) continue
    for (const [character, tracks] of nextTracks(point, budget)) {
      const next = advance(point, character, tracks, budget)
      const key = keyOf(next)
      if (seen.has(key)) continue
      seen.add(key)
      queue.push(next)
    }
  }
  return [...classes.values()]
}

/**
 * The patterns after `prefix`. Names hold no colon, so a pattern with as many colons as the prefix has to cover it field
 * by field; its head is looked at once for all patterns that share it.
 */
function begin(prefix: string, patterns: readonly string[], budget: Budget): Point {
  const point: Point = { name: '', open: [], decided: [] }
  const fields = prefix.split(':')
  const kind = fields.slice(HEAD_FIELDS).join(':')
  const coversHead = new Map<string, boolean>()
  patterns.forEach((pattern, number) => {
    const given = pattern.split(':')
    if (given.length !== fields.length) {
      follow(point, number, pattern, prefix, budget)
      return
    }
    const head = given.slice(0, HEAD_FIELDS).join(':')
    const isCovered =
      coversHead.get(head) ??
      fields.slice(0, HEAD_FIELDS).every((field, at) => covers(given[at] ?? '', field))
    coversHead.set(head, isCovered)
    if (isCovered) follow(point, number, given.slice(HEAD_FIELDS).join(':'), kind, budget)
  })
  return point
}

function follow(point: Point, number: number, rest: string, text: string, budget: Budget): void {
  let positions = start(rest)
  for (const character of text) {
    if (!positions.length) return
    budget.spend(positions.length)
    positions = step(rest, positions, character)
  }
  place(point, number, rest, positions)
}

function advance(point: Point, character: string, tracks: readonly Track[], budget: Budget): Point {
  const next: Point = { name: point.name + character, open: [], decided: [...point.decided] }
  for (const [number, rest, positions] of tracks) {
    budget.spend(positions.length)
    place(next, number, rest, step(rest, positions, character))
  }
  return next
}

function place(point: Point, number: number, rest: string, positions: Positions): void {
  if (acceptsAll(rest, positions)) point.decided.push(number)
  else if (positions.length) point.open.push([number, rest, positions])
}

/** Each character worth following, with the patterns that can go on with it; one character stands for all not named. */
function nextTracks({ name, open }: Point, budget: Budget): Map<string, Track[]> {
  const wild: Track[] = []
  const named = new Map<string, Track[]>()
  for (const track of open) {
    const [, rest, positions] = track
    budget.spend(positions.length)
    const tokens = new Set(positions.map((at) => rest[at]))
    const isWild = tokens.has('*') || tokens.has('?')
    if (isWild) wild.push(track)
    for (const token of tokens) {
      if (token === undefined || !IN_ALPHABET.has(token)) continue
      const tracks = named.get(token) ?? []
      named.set(token, tracks)
      if (!isWild) tracks.push(track)
    }
  }
  const other = ALPHABET.find((character) => !named.has(character) && character !== '/')
  if (other !== undefined) named.set(other, [])
  if (name === '' || name.endsWith('/')) named.delete('/')
  if (wild.length)
    for (const [character, tracks] of named) named.set(character, byNumber([...tracks, ...wild]))
  return named
}

const byNumber = (tracks: Track[]): Track[] => tracks.sort(([a], [b]) => a - b)

/** Equal for points from which the same follows; the order of open patterns is that of their numbers. */
function keyOf({ name, open, decided }: Point): string {
  let key = name.endsWith('/') ? '/' : ''
  for (const [number, , positions] of open) key += `${number}:${positions.join('.')} `
  return `${key}| ${decided.length > 1 ? [...decided].sort((a, b) => a - b).join() : decided.join()}`
}
