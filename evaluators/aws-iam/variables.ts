// Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, `${*}`.
import type { Context } from './context-keys'
import { literal, type Wanted } from './condition-operators'

type Part = { text: string } | { key: string; otherwise: string | undefined }
/** A text of a policy with its variables found. */
export type Template = { raw: string; parts: readonly Part[]; hasVariables: boolean }

const VARIABLE = /\$\{([^{}]*)\}/g
const NAMED = /^\s*([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/

/** @param withVariables false for documents of version 2008-10-17, which know no variables: `${` is plain text there */
export function templateOf(raw: string, withVariables: boolean): Template {
  const parts: Part[] = []
  let at = 0
  let hasVariables = false
  if (withVariables && raw.includes('${'))
    for (const found of raw.matchAll(VARIABLE)) {
      parts.push({ text: raw.slice(at, found.index) })
      at = found.index + found[0].length
      const inside = found[1] ?? ''
      // `${*}`, `${?}` and `${$}` stand for the characters themselves.
      if (inside === '*' || inside === '?' || inside === '$') parts.push({ text: literal(inside) })
      else {
        const [, key = '', otherwise] = NAMED.exec(inside) ?? []
        parts.push({ key: key.toLowerCase(), otherwise })
        hasVariables = true
      }
    }
  parts.push({ text: raw.slice(at) })
  return { raw, parts, hasVariables }
}

/**
 * The text with its variables filled in, which are never wildcards. What is not known is widened to `*`; undefined where
 * a variable is certainly absent and has no default: the text then stands for nothing.
 * @param wild whether `*` and `?` in the text itself stand for other text
 */
export function filled({ parts }: Template, context: Context, wild: boolean): Wanted | undefined {
  let pattern = ''
  let exact = true
  for (const part of parts) {
    if ('text' in part) {
      pattern += wild ? part.text : literal(part.text)
      continue
    }
    const known = context(part.key)
    if (Array.isArray(known) && known.length <= 1) {
      const value: string | undefined = known[0] ?? part.otherwise
      if (value === undefined) return undefined
      pattern += literal(value)
    } else {
      const start =
        known !== undefined && 'start' in known && known.absent === 'no' ? (known.start ?? '') : ''
      pattern += `${literal(start)}*`
      exact = false
    }
  }
  return { pattern, exact }
}
