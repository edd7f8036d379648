// Reads permission documents into statements. What is not understood stays in as a statement that may do anything.
import type { HeldDocument } from '@/core/evaluator'
import { conditionsInWords, statementInWords } from './words'

export type Patterns = {
  patterns: readonly string[]
  /** NotAction, NotResource: everything that none of the patterns covers. */
  except: boolean
}
export type ResourcePattern = {
  /** What is matched, with everything nobody knows widened to `*`. */
  glob: string
  /** False where the glob is wider than what is meant: a match is then only possible. */
  exact: boolean
}
export type Statement = {
  effect: 'Allow' | 'Deny' | 'either'
  /** Lower case: actions are compared without regard to case. */
  actions: Patterns
  resources: { patterns: readonly ResourcePattern[]; except: boolean }
  /** Whether it applies only under a condition, or was not understood. */
  open: boolean
  /** Whether it is held through a group. */
  fromGroup: boolean
  /** What it says, for a person; empty where nobody wrote it. */
  words: string
}
export type Held = {
  /** Statements of what is attached, inline or through a group. */
  own: readonly Statement[]
  /** Statements of each document that caps the others. */
  limits: readonly { name: string; statements: readonly Statement[] }[]
}

const EVERYTHING = {
  actions: { patterns: ['*'], except: false },
  resources: { patterns: [{ glob: '*', exact: true }], except: false },
} as const

/** A statement that allows everything, as one has who gave it to oneself. */
export const ALLOW_EVERYTHING: Statement = {
  effect: 'Allow',
  ...EVERYTHING,
  open: false,
  fromGroup: false,
  words: '',
}

const FIELDS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']
const VERSIONS: readonly unknown[] = [undefined, '2008-10-17', '2012-10-17']

export function readHeld(held: readonly HeldDocument[]): Held {
  return {
    own: held.filter(({ effect }) => effect !== 'limit').flatMap(statementsOf),
    limits: held
      .filter(({ effect }) => effect === 'limit')
      .map((document) => ({ name: nameOf(document), statements: statementsOf(document) })),
  }
}

const nameOf = ({ name, via }: HeldDocument): string => `${name.slice(0, 120)} (${via})`

function statementsOf(held: HeldDocument): Statement[] {
  const { document, via } = held
  const name = nameOf(held)
  const fromGroup = via.includes('group')
  if (document === undefined) return [mystery(`${name} could not be read.`, fromGroup)]
  const { Statement: listed, Version: version } = document
  if (!VERSIONS.includes(version)) return [mystery(`${name} is in a version that is not known.`, fromGroup)]
  const statements: unknown[] = Array.isArray(listed) ? listed : [listed]
  return statements.map((one, at) => {
    const where = `${name}, statement ${at + 1}`
    return read(one, where, fromGroup) ?? mystery(`${where} was not understood.`, fromGroup, effectOf(one))
  })
}

const mystery = (words: string, fromGroup: boolean, effect: Statement['effect'] = 'either'): Statement => ({
  effect,
  ...EVERYTHING,
  open: true,
  fromGroup,
  words,
})

const effectOf = (statement: unknown): Statement['effect'] => {
  if (!isRecord(statement)) return 'either'
  return statement.Effect === 'Allow' || statement.Effect === 'Deny' ? statement.Effect : 'either'
}

/** The statement as written, or undefined where any part of it is not understood. */
function read(raw: unknown, where: string, fromGroup: boolean): Statement | undefined {
  if (!isRecord(raw) || Object.keys(raw).some((field) => !FIELDS.includes(field))) return undefined
  const effect = effectOf(raw)
  const actions = oneOf(raw.Action, raw.NotAction)
  const resources = oneOf(raw.Resource, raw.NotResource)
  const conditions = conditionsInWords(raw.Condition)
  if (effect === 'either' || !actions || !resources || conditions === undefined) return undefined
  return {
    effect,
    actions: { ...actions, patterns: actions.patterns.map((action) => action.toLowerCase()) },
    resources: { ...resources, patterns: resources.patterns.map(widened) },
    open: conditions.length > 0,
    fromGroup,
    words: statementInWords({ where, sid: raw.Sid, effect, actions, resources, conditions }),
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

/** Policy variables, and accounts or partitions given in part, could stand for anything. */
function widened(resource: string): ResourcePattern {
  const fields = resource.replace(/\$\{[^}]*\}/g, '*').split(':')
  const [arn, partition, , , account] = fields
  if (arn === 'arn' && partition !== 'aws*' && isPart(partition)) fields[1] = '*'
  if (arn === 'arn' && isPart(account)) fields[4] = '*'
  const glob = fields.join(':')
  return { glob, exact: glob === resource }
}

const isPart = (field = ''): boolean => /[*?]/.test(field) && field !== '*'

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
