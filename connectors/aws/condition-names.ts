// The names that the conditions of a statement demand for one key, as exact texts or patterns.
import { fitsPattern } from '@/core/join'
import { isRecord, textsOf, type Document } from './policy-document'

/** What one operator demands of the key. Names of keys and operators have no case. */
export type Named = { how: 'exact' | 'pattern' | 'any-case' | 'not'; texts: string[] }
/** `sure`: whoever is not found by this text is certainly not meant. */
export type Name = { match: 'exact' | 'pattern'; text: string; sure: boolean }

const OPERATORS: ReadonlyMap<string, Named['how']> = new Map([
  ['stringequals', 'exact'],
  ['stringlike', 'pattern'],
  ['arnequals', 'pattern'],
  ['arnlike', 'pattern'],
  ['stringequalsignorecase', 'any-case'],
  ['stringnotequals', 'not'],
  ['stringnotlike', 'not'],
  ['stringnotequalsignorecase', 'not'],
  ['arnnotequals', 'not'],
  ['arnnotlike', 'not'],
])
/** `ForAnyValue:StringLikeIfExists` demands what `StringLike` does of a key that always has one value. */
const howOf = (operator: string): Named['how'] | undefined =>
  OPERATORS.get(
    operator
      .toLowerCase()
      .replace(/^for(anyvalue|allvalues):/, '')
      .replace(/ifexists$/, ''),
  )

/** All demands on the key, by whatever operator. */
export const conditionsOn = (conditions: Document | undefined, key: string): Named[] =>
  Object.entries(conditions ?? {}).flatMap(([operator, demands]) => {
    const how = howOf(operator)
    if (!how || !isRecord(demands)) return []
    return Object.entries(demands).flatMap(([name, value]) => {
      const texts = name.toLowerCase() === key.toLowerCase() ? textsOf(value)?.filter(Boolean) : undefined
      return texts ? [{ how, texts }] : []
    })
  })

/** Longest text that is kept whole, with room for what names its issuer. */
const TEXT_MAX = 400
const WILD = /[*?]/

function nameOf(how: Named['how'], given: string): Name {
  const variable = /\$\{[^}]*\}/g
  const isPattern = how === 'pattern' && WILD.test(given)
  if (how !== 'exact' && variable.test(given))
    return { match: 'pattern', text: given.replace(variable, '*'), sure: false }
  if (given.length > TEXT_MAX)
    return {
      match: 'pattern',
      text: `${[...given]
        .slice(0, TEXT_MAX)
        .join('')
        .replace(/[?*].*$/s, '')}*`,
      sure: false,
    }
  return { match: isPattern ? 'pattern' : 'exact', text: given, sure: how !== 'any-case' }
}

/** Whether what the name means can be let in by this demand as well. */
const alsoIn = (name: Name, names: readonly Name[]): boolean =>
  names.some((other) =>
    other.match === 'exact' ? other.text === name.text : fitsPattern(other.text, name.text),
  )

const EXCEPT = ' Who is excluded by a condition is not told apart here.'
const CASE = ' Case does not count there; only this spelling is looked for.'
const MORE = ' Only who fits all of its conditions on the name gets in.'

/**
 * What all demands together let in: every one has to hold. No names at all where none is demanded, an empty list where
 * nobody fits. `more` says in words what the names leave out.
 */
export function namedBy(demands: readonly Named[]): { names: Name[] | undefined; more: string } {
  const wanted = demands
    .filter(({ how }) => how !== 'not')
    .map(({ how, texts }) => texts.map((text) => nameOf(how, text)))
  const isExact = (names: Name[]): boolean => names.every(({ match }) => match === 'exact')
  const first = wanted.find(isExact) ?? wanted[0]
  const others = wanted.filter((names) => names !== first)
  const names =
    first && isExact(first) ? first.filter((name) => others.every((other) => alsoIn(name, other))) : first
  const more = [
    demands.some(({ how }) => how === 'not') ? EXCEPT : '',
    demands.some(({ how }) => how === 'any-case') ? CASE : '',
    first && others.length && !isExact(first) ? MORE : '',
  ].join('')
  return { names, more }
}
