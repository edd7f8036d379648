// Whether a condition of a role assignment holds for one request: yes, no, or it depends on what is not known of the request.
import { all, any, depends, no, not, yes, type Answer } from '../../three-valued'
import { fits } from '../patterns'
import { namesOf } from '../scopes'
import { short } from '../words'
import { compare } from './compare'
import { parse, type Expression, type Operand } from './parse'

export type Request = {
  action: string
  /** As it was asked, with upper and lower case. */
  resource?: string | undefined
  /** By attribute, in lower case, with or without its source: `@request[…]` or what stands in the brackets. */
  attributes: ReadonlyMap<string, readonly string[]>
}

export type Condition = { text: string; expression: Expression }

/** The format has one version that conditions can be given in; where none is told it is that one. */
const VERSION = '2.0'

const CACHE_MAX = 10_000
const compiled = new Map<string, Condition>()

/** Compiled once for each text: the same few conditions are given over and over. */
export function conditionOf(text: string, version: string): Condition {
  const key = `${version} ${text}`
  const found = compiled.get(key)
  if (found) return found
  const expression: Expression =
    version === '' || version === VERSION
      ? parse(text)
      : { op: 'unknown', why: `it is written in version ${short(version)}` }
  const made = { text, expression }
  if (compiled.size >= CACHE_MAX) compiled.clear()
  compiled.set(key, made)
  return made
}

/** What a question says of its request, ready to be looked up. */
export const attributesOf = (
  context: Readonly<Record<string, string | readonly string[]>> = {},
): ReadonlyMap<string, readonly string[]> =>
  new Map(
    Object.entries(context).map(([key, value]) => [
      key.toLowerCase().replace(/\s+/g, ''),
      typeof value === 'string' ? [value] : value,
    ]),
  )

const inBrackets = (attribute: string): string => attribute.slice(attribute.indexOf('[') + 1, -1)

function valuesOf(attribute: string, request: Request): readonly string[] | undefined {
  const told = request.attributes.get(attribute) ?? request.attributes.get(inBrackets(attribute))
  if (told) return told
  const named = /^@resource\[(.+):name\]$/.exec(attribute)?.[1]
  const name =
    named === undefined || request.resource === undefined ? undefined : namesOf(request.resource).get(named)
  return name === undefined ? undefined : [name]
}

const sides = (operand: Operand, request: Request): readonly string[] | undefined =>
  'values' in operand ? operand.values : valuesOf(operand.attribute, request)
const wordsOf = (operand: Operand): string =>
  'values' in operand ? `{${short(operand.values.join(', '))}}` : operand.attribute

function compared({ left, operator, right }: Expression & { op: 'compare' }, request: Request): Answer {
  const words = `${wordsOf(left)} ${operator} ${wordsOf(right)}`
  const [one, other] = [sides(left, request), sides(right, request)]
  const holds = one && other && compare(operator, one, other)
  if (holds === undefined) return depends(`if ${words}`)
  return holds ? yes() : no(`not ${words}`)
}

function judge(expression: Expression, request: Request): Answer {
  switch (expression.op) {
    case 'and':
      return all(expression.of.map((one) => judge(one, request)))
    case 'or':
      return any(expression.of.map((one) => judge(one, request)))
    case 'not':
      return not(judge(expression.of, request))
    case 'action':
      return expression.patterns.some((pattern) => fits(pattern)(request.action)) ? yes() : no()
    case 'sub-operation': {
      const told = request.attributes.get('suboperation') ?? request.attributes.get('@request[suboperation]')
      const names = expression.names.map((name) => name.toLowerCase())
      if (!told) return depends(`if the request is not ${short(names.join(', '))}`)
      return told.some((one) => names.includes(one.toLowerCase())) ? yes() : no()
    }
    case 'exists': {
      const values = valuesOf(expression.attribute, request)
      if (!values) return depends(`if there is ${expression.attribute}`)
      return values.length ? yes() : no()
    }
    case 'compare':
      return compared(expression, request)
    case 'unknown':
      return depends(`if its condition holds, which is not understood here: ${expression.why}`)
  }
}

export const holds = ({ expression }: Condition, request: Request): Answer => judge(expression, request)
