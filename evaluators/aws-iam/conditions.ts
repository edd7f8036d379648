// Judges the conditions of a statement against what is known of a request, with three answers.
import { agree, all, any, depends, no, not, yes, type Answer } from '../three-valued'
import { OPERATORS, type Operator, type Partly, type Three, type Wanted } from './condition-operators'
import type { Context, Knowledge } from './context-keys'
import { isRecord } from './json'
import { filled, templateOf, type Template } from './variables'
import { conditionInWords } from './words'

export { contextOf, UNKNOWN, type Context } from './context-keys'

/** One line of a Condition element: all of a statement's have to hold. */
export type Condition = {
  /** As it is written. */
  operator: string
  /** In lower case. */
  key: string
  values: readonly Template[]
  words: string
}

const VARIABLES_SINCE = '2012-10-17'
export const knowsVariables = (version: unknown): boolean => version === VARIABLES_SINCE

/** The lines of a Condition element; undefined where it is in no form that is known. */
export function readConditions(raw: unknown, withVariables = true): Condition[] | undefined {
  if (raw === undefined) return []
  if (!isRecord(raw)) return undefined
  const conditions: Condition[] = []
  for (const [operator, keys] of Object.entries(raw)) {
    if (!isRecord(keys)) return undefined
    for (const [key, value] of Object.entries(keys)) {
      const values: unknown[] = Array.isArray(value) ? value : [value]
      if (!values.every(isScalar)) return undefined
      conditions.push({
        operator,
        key: key.toLowerCase(),
        values: values.map((one) => templateOf(String(one), withVariables)),
        words: conditionInWords(operator, key, values),
      })
    }
  }
  return conditions
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/**
 * Whether all conditions hold. Takes a Condition element as it is written, or what `readConditions` made of it.
 * A key that the context does not know is judged for both cases, absent and present, and depends where they differ.
 */
export function judgeConditions(
  conditions: readonly Condition[] | Readonly<Record<string, unknown>> | undefined,
  context: Context,
): Answer {
  const read = Array.isArray(conditions) ? (conditions as readonly Condition[]) : readConditions(conditions)
  if (!read) return depends('Its conditions are in a form that is not known.')
  return all(read.map((condition) => judge(condition, context)))
}

const QUALIFIED = /^(?:for(anyvalue|allvalues):)?(.*?)(ifexists)?$/

function judge(condition: Condition, context: Context): Answer {
  const [, qualifier, name = '', ifExists] = QUALIFIED.exec(condition.operator.toLowerCase()) ?? []
  const known = context(condition.key)
  if (name === 'null' && !qualifier && !ifExists) return isAbsent(condition, known)
  const operator = OPERATORS.get(name)
  if (!operator)
    return depends(`${condition.words}: the operator ${condition.operator.slice(0, 80)} is not known.`)
  if (!condition.values.length) return depends(`${condition.words}: there is no value to compare with.`)
  const cases: Answer[] = []
  if (mayBeAbsent(known)) cases.push(whenAbsent(condition, operator, qualifier, ifExists !== undefined))
  if (!isList(known) || known.length) cases.push(whenPresent(condition, operator, qualifier, known, context))
  return agree(cases, `${condition.words}: that is not known here.`)
}

const isList = (known: Knowledge): known is readonly string[] => Array.isArray(known)
const mayBeAbsent = (known: Knowledge): boolean =>
  known === undefined || (isList(known) ? !known.length : known.absent === 'maybe')

/** `Null`: "true" where the key has to be absent. */
function isAbsent({ values, words }: Condition, known: Knowledge): Answer {
  const is: Three = !mayBeAbsent(known) ? 'no' : isList(known) ? 'yes' : 'depends'
  return any(
    values.map(({ raw }) => {
      if (!/^(true|false)$/i.test(raw)) return depends(`${words}: that is neither true nor false.`)
      const absent = said(is, words)
      return raw.toLowerCase() === 'true' ? absent : not(absent)
    }),
  )
}

/** IAM user guide: a missing key makes an operator false, its negation true, `…IfExists` and `ForAllValues:` true. */
function whenAbsent(
  { words }: Condition,
  { negated }: Operator,
  qualifier: string | undefined,
  ifExists: boolean,
) {
  const key = `${words}: the key is not in the request`
  if (ifExists) return yes(`${key}, and …IfExists then lets it pass.`)
  if (qualifier === 'allvalues') return yes(`${key}, and ForAllValues is true of no values at all.`)
  if (qualifier === undefined && negated) return yes(`${key}, and a negated operator is then true.`)
  return no(`${key}.`)
}

function whenPresent(
  { values, words }: Condition,
  operator: Operator,
  qualifier: string | undefined,
  known: Knowledge,
  context: Context,
): Answer {
  const wanted = values.map((value) => wantedOf(value, operator, context))
  const one = (compare: (one: Wanted) => Three): Answer => {
    const matches = any(
      wanted.map((each) => said(each === undefined ? unresolved(operator) : compare(each), words)),
    )
    return operator.negated ? not(matches) : matches
  }
  if (!isList(known)) {
    const partly: Partly = { start: known?.start ?? '', least: known?.least }
    return one((each) => operator.may(partly, each))
  }
  const answers = known.map((value) => one((each) => operator.is(value, each)))
  if (qualifier === 'allvalues') return all(answers)
  if (qualifier === 'anyvalue') return any(answers)
  return agree(answers, `${words}: the request has several values, and the operator is made for one.`)
}

const wantedOf = (value: Template, operator: Operator, context: Context): Wanted | undefined =>
  operator.variables ? filled(value, context, operator.wild) : { pattern: value.raw, exact: true }

/** A variable that is absent makes its value match nothing; what AWS then says of a negation is not documented. */
const unresolved = (operator: Operator): Three => (operator.negated ? 'depends' : 'no')

const said = (is: Three, words: string): Answer =>
  is === 'yes'
    ? yes(`${words}: it is.`)
    : is === 'no'
      ? no(`${words}: it is not.`)
      : depends(`${words}: that is not known here.`)
