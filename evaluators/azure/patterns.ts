// Patterns of actions: a star stands for any characters, slashes too, anywhere; upper and lower case mean the same
// ("Understand Azure role definitions": actions format and wildcards; ActionMatches of conditions is documented as the same).
import { REMOVED } from '@/core/secret-like'

/** Whether a text in lower case fits. */
export type Fits = (text: string) => boolean

const CACHE_MAX = 50_000
const compiled = new Map<string, Fits>()

/** Linear in the length of the text for each part between stars: no pattern can make it slow. */
function compile(pattern: string): Fits {
  const [head = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return (text) => text === pattern
  const tail = rest[rest.length - 1] ?? ''
  const middle = rest.slice(0, -1).filter((part) => part !== '')
  return (text) => {
    if (text.length < head.length + tail.length) return false
    if (!text.startsWith(head) || !text.endsWith(tail)) return false
    let at = head.length
    const end = text.length - tail.length
    for (const part of middle) {
      const found = text.indexOf(part, at)
      if (found < 0 || found + part.length > end) return false
      at = found + part.length
    }
    return true
  }
}

/** Compiled once for each text: the same patterns stand in hundreds of roles. */
export function fits(pattern: string): Fits {
  const key = pattern.toLowerCase()
  const found = compiled.get(key)
  if (found) return found
  const made = compile(key)
  if (compiled.size >= CACHE_MAX) compiled.clear()
  compiled.set(key, made)
  return made
}

/** A list of patterns as a document holds it. */
export type Patterns = {
  texts: readonly string[]
  /** Something stands there that is no list of texts, or a text that was taken out: it may hold anything. */
  unreadable: boolean
}

export function patternsOf(value: unknown): Patterns {
  if (value === undefined || value === null) return { texts: [], unreadable: false }
  if (!Array.isArray(value)) return { texts: [], unreadable: true }
  const texts = value.filter((one): one is string => typeof one === 'string' && !one.includes(REMOVED))
  return { texts, unreadable: texts.length !== value.length }
}

export const anyFits = ({ texts }: Patterns, action: string): boolean =>
  texts.some((text) => fits(text)(action))

// The role Managed Identity Operator may assign identities ("Read and Assign User Assigned Identity") by the pattern
// `…/userAssignedIdentities/*/assign/action`, where the action is `…/userAssignedIdentities/assign/action`: there a star between
// slashes stands for nothing as well. Whether it does everywhere is not documented.
const STANDS_FOR_NOTHING = 'microsoft.managedidentity/userassignedidentities/*/'

/** Whether an action fits where a star between slashes stands for nothing. */
export function looselyFits({ texts }: Patterns, action: string): 'yes' | 'no' | 'depends' {
  const found = texts.filter((text) => text.includes('/*/') && fits(text.replaceAll('/*/', '/'))(action))
  if (found.length === 0) return 'no'
  return found.some((text) => text.toLowerCase().startsWith(STANDS_FOR_NOTHING)) ? 'yes' : 'depends'
}
