// What manifests say of all things of a type, for whoever has a type and a name in hand.
import type { OfType } from '@/core/connector'
import { absent, known, unknown, type Fact } from '@/core/fact'
import { fitsPattern } from '@/core/join'
import { manifests } from '../../connector-registry'

type Said = Record<string, OfType>
let said: { types: ReadonlySet<string>; words: Said } | undefined
const allSaid = () => {
  if (said) return said
  const all = manifests()
  said = {
    types: new Set(all.flatMap(({ types }) => Object.keys(types))),
    words: Object.assign({}, ...all.map(({ ofType }) => ofType ?? {})) as Said,
  }
  return said
}

/** What is said of a type: nothing but that it is known, mostly. Undefined for types of no connector of this installation. */
export function wordsOf(type: string): OfType | undefined {
  const { types, words } = allSaid()
  return types.has(type) ? (words[type] ?? {}) : undefined
}

const saying = new Map<keyof OfType, string[]>()
/** The types of which something is said. */
export function typesWith(word: keyof OfType): string[] {
  const before = saying.get(word)
  if (before) return before
  const types = Object.entries(allSaid().words).flatMap(([type, words]) =>
    words[word] === undefined ? [] : [type],
  )
  saying.set(word, types.sort())
  return types
}

export const fitsAny = (patterns: readonly string[] | undefined, text: string): boolean =>
  (patterns ?? []).some((pattern) => fitsPattern(pattern, text))

/** Expressions are few and their texts many. */
const compiled = new Map<string, RegExp>()
function expression(source: string): RegExp {
  const held = compiled.get(source) ?? new RegExp(source)
  compiled.set(source, held)
  return held
}

/** The part of its scope that one of its names tells; empty where none does. */
export function partOf(type: string, names: readonly string[]): string[] {
  for (const source of wordsOf(type)?.place ?? [])
    for (const name of names) {
      const found = expression(source).exec(name)
      if (found) return found.slice(1).filter((part) => part !== undefined && part !== '')
    }
  return []
}

const SOURCE = 'rules of the platform'

/** A word on a sort of credential, as a fact: absent where its platform has none, unknown where nobody knows the type. */
export function wordFact(type: string, word: 'supersededBy' | 'alternative'): Fact<string> {
  const words = wordsOf(type)
  if (!words) return unknown('not-offered', SOURCE, `nothing is known of the type ${type}`)
  const text = words[word]
  return text === undefined ? absent(SOURCE) : known(text, SOURCE)
}

/** Whether it is the one that the platform gives to whatever names none. */
export function defaultFact(type: string, name: string): Fact<boolean> {
  const words = wordsOf(type)
  return words
    ? known(fitsAny(words.defaults, name), SOURCE)
    : unknown('not-offered', SOURCE, `nothing is known of the type ${type}`)
}
