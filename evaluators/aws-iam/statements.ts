// Reads policy documents into statements. What is not understood stays in as a statement that may do anything.
import { knowsVariables, readConditions, type Condition } from './conditions'
import { isRecord } from './json'
import { readPrincipals, type Principals } from './principal-element'
import { templateOf, type Template } from './variables'
import { statementInWords } from './words'

export type Patterns = {
  patterns: readonly string[]
  /** NotAction, NotResource: everything that none of the patterns covers. */
  except: boolean
}
export type Statement = {
  effect: 'Allow' | 'Deny' | 'either'
  /** Lower case: actions are compared without regard to case. */
  actions: Patterns
  resources: { patterns: readonly Template[]; except: boolean }
  /** Only in policies of resources; undefined where a statement is about whoever holds it. */
  principals?: Principals
  conditions: readonly Condition[]
  /** False where something in it was not understood: it may then do anything. */
  understood: boolean
  /** Whether it says the same of everybody and every request: it has neither conditions nor variables. */
  plain: boolean
  /** What it says, for a person; empty where nobody wrote it. */
  words: string
}
/** `resource`: a policy of a resource, which says whom it is about. */
export type Kind = 'identity' | 'resource'

const ANYTHING: Pick<Statement, 'actions' | 'resources' | 'conditions'> = {
  actions: { patterns: ['*'], except: false },
  resources: { patterns: [templateOf('*', false)], except: false },
  conditions: [],
}

/** A statement that allows everything, as one has who gave it to oneself. */
export const ALLOW_EVERYTHING: Statement = {
  effect: 'Allow',
  ...ANYTHING,
  understood: true,
  plain: true,
  words: '',
}

const FIELDS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']
const PRINCIPAL_FIELDS = ['Principal', 'NotPrincipal']
const VERSIONS: readonly unknown[] = [undefined, '2008-10-17', '2012-10-17']

/** @param name what to call the document in words */
export function readStatements(
  name: string,
  document: Readonly<Record<string, unknown>> | undefined,
  kind: Kind = 'identity',
): Statement[] {
  if (document === undefined) return [mystery(`${name} could not be read.`)]
  const { Statement: listed, Version: version } = document
  if (!VERSIONS.includes(version)) return [mystery(`${name} is in a version that is not known.`)]
  const statements: unknown[] = Array.isArray(listed) ? listed : [listed]
  return statements.map((one, at) => {
    const where = `${name}, statement ${at + 1}`
    return (
      read(one, where, kind, knowsVariables(version)) ??
      mystery(`${where} was not understood.`, effectOf(one))
    )
  })
}

/** A statement that may do anything: something of it was not understood. */
export const mystery = (words: string, effect: Statement['effect'] = 'either'): Statement => ({
  effect,
  ...ANYTHING,
  understood: false,
  plain: true,
  words,
})

const effectOf = (statement: unknown): Statement['effect'] => {
  if (!isRecord(statement)) return 'either'
  return statement.Effect === 'Allow' || statement.Effect === 'Deny' ? statement.Effect : 'either'
}

/** The statement as written, or undefined where any part of it is not understood. */
function read(raw: unknown, where: string, kind: Kind, withVariables: boolean): Statement | undefined {
  if (!isRecord(raw)) return undefined
  const fields = kind === 'resource' ? [...FIELDS, ...PRINCIPAL_FIELDS] : FIELDS
  if (Object.keys(raw).some((field) => !fields.includes(field))) return undefined
  const effect = effectOf(raw)
  const actions = oneOf(raw.Action, raw.NotAction)
  const resources = oneOf(raw.Resource, raw.NotResource)
  const conditions = readConditions(raw.Condition, withVariables)
  const principals = kind === 'resource' ? readPrincipals(raw.Principal, raw.NotPrincipal) : undefined
  if (effect === 'either' || !actions || !resources || !conditions) return undefined
  if (kind === 'resource' && !principals) return undefined
  const patterns = resources.patterns.map((one) => templateOf(one, withVariables))
  return {
    effect,
    actions: { ...actions, patterns: actions.patterns.map((action) => action.toLowerCase()) },
    resources: { patterns, except: resources.except },
    ...(principals && { principals }),
    conditions,
    understood: true,
    plain: !conditions.length && !patterns.some(({ hasVariables }) => hasVariables),
    words: statementInWords({
      where,
      sid: raw.Sid,
      effect,
      actions,
      resources,
      conditions: conditions.map(({ words }) => words),
    }),
  }
}

/** Exactly one of an element and its negation, as a list of at least one text. */
function oneOf(listed: unknown, excepted: unknown): Patterns | undefined {
  const except = listed === undefined
  const value = except ? excepted : listed
  if (!except && excepted !== undefined) return undefined
  const patterns: unknown[] = Array.isArray(value) ? value : [value]
  if (!patterns.length || !patterns.every((one): one is string => typeof one === 'string')) return undefined
  return { patterns, except }
}
