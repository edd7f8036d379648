// Evaluates conditions of Google Cloud (Common Expression Language) while some of what they ask about is not known: the tree comes
// from the parser, the logic is three-valued. Source of the language: github.com/google/cel-spec, doc/langdef.md.
import { parse, ParseError, type ASTNode } from '@marcbachmann/cel-js'
import { Budget, TooMuch } from '../budget'
import { call, method } from './cel-functions'
import {
  and,
  equal,
  failed,
  Given,
  Instant,
  isList,
  isScope,
  known,
  negated,
  or,
  unknown,
  unsettled,
  within,
  type Known,
  type Value,
} from './cel-values'

/** What the names in an expression mean. */
export type Names = {
  /** Of a name that stands by itself. */
  root: (name: string) => Value
  /** Of a method of such a name, where it is one of its own: `api.getAttribute`, `resource.matchTag`. */
  own?: (root: string, name: string, args: readonly Value[]) => Value | undefined
}

/** Google Cloud takes no longer ones (4096 characters for providers, fewer for bindings). */
const TEXT_MAX = 8000
const DEPTH_MAX = 300
const STEPS_MAX = 20_000

export type Expression = { text: string; tree: ASTNode | undefined }

/** The tree is undefined where the text does not parse. */
export function compiled(text: string): Expression {
  if (text.length > TEXT_MAX) return { text, tree: undefined }
  try {
    return { text, tree: parse(text).ast }
  } catch (error) {
    // Thousands of signs in a row nest deeper than the parser can go.
    if (error instanceof ParseError || error instanceof RangeError) return { text, tree: undefined }
    throw error
  }
}

export function evaluate({ text, tree }: Expression, names: Names): Value {
  if (!tree) return unknown(`the expression ${text.slice(0, 120)} cannot be read`)
  try {
    return new Evaluation(names, new Budget(STEPS_MAX)).of(tree, 0)
  } catch (error) {
    if (error instanceof TooMuch) return unknown('the expression is too large to be judged')
    throw error
  }
}

const COMPARES: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

function literal(value: unknown): Value {
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? known(number) : unknown('a number is too large')
  }
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return known(value)
  return unknown('a literal is not judged here')
}

const orderOf = (a: Known, b: Known): number | undefined => {
  if (a instanceof Instant && b instanceof Instant) return a.ms - b.ms
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  return undefined
}

class Evaluation {
  private readonly bound = new Map<string, Value>()

  constructor(
    private readonly names: Names,
    private readonly budget: Budget,
  ) {}

  of(node: ASTNode, depth: number): Value {
    this.budget.spend(1)
    if (depth > DEPTH_MAX) throw new TooMuch()
    const at = (inner: ASTNode): Value => this.of(inner, depth + 1)
    switch (node.op) {
      case 'value':
        return literal(node.args)
      case 'id':
        return this.bound.get(node.args) ?? this.names.root(node.args)
      case '&&': {
        const left = at(node.args[0])
        return left.is === 'known' && left.value === false ? left : and(left, at(node.args[1]))
      }
      case '||': {
        const left = at(node.args[0])
        return left.is === 'known' && left.value === true ? left : or(left, at(node.args[1]))
      }
      case '!_':
        return negated(at(node.args))
      case '?:':
        return this.chosen(
          at(node.args[0]),
          () => at(node.args[1]),
          () => at(node.args[2]),
        )
      case '==':
        return equal(at(node.args[0]), at(node.args[1]))
      case '!=':
        return negated(equal(at(node.args[0]), at(node.args[1])))
      case 'in':
        return within(at(node.args[0]), at(node.args[1]))
      case '.':
        return selected(at(node.args[0]), known(node.args[1]))
      case '[]':
        return selected(at(node.args[0]), at(node.args[1]))
      case 'list':
        return known(node.args.map(at))
      case 'map':
        return mapOf(node.args.map(([key, value]) => [at(key), at(value)]))
      case 'call':
        return this.called(node.args[0], node.args[1], depth)
      case 'rcall':
        return this.asked(node.args, depth)
      case '<':
      case '<=':
      case '>':
      case '>=':
        return compared(node.op, at(node.args[0]), at(node.args[1]), node.input.slice(node.start, node.end))
      case '+':
        return added(at(node.args[0]), at(node.args[1]))
      default:
        return unknown(`the operator ${node.op} is not judged here`)
    }
  }

  private chosen(test: Value, yes: () => Value, no: () => Value): Value {
    if (test.is === 'known')
      return typeof test.value === 'boolean' ? (test.value ? yes() : no()) : failed('no truth')
    if (test.is === 'error') return test
    const [a, b] = [yes(), no()]
    const same = equal(a, b)
    return same.is === 'known' && same.value === true ? a : unsettled(test, a, b)
  }

  private called(name: string, args: readonly ASTNode[], depth: number): Value {
    const [first] = args
    if (name === 'has' && first?.op === '.') {
      const receiver = this.of(first.args[0], depth + 1)
      if (receiver.is !== 'known') return receiver
      return isScope(receiver.value) ? receiver.value.has(first.args[1]) : failed('"has" asks for a field')
    }
    const values = args.map((one) => this.of(one, depth + 1))
    if (values.every((value) => value.is === 'known'))
      return call(
        name,
        values.map(({ value }) => value),
      )
    return unsettled(...values)
  }

  private asked([name, on, args]: [string, ASTNode, ASTNode[]], depth: number): Value {
    if ((name === 'exists' || name === 'all') && args.length === 2) return this.overall(name, on, args, depth)
    if (on.op === 'id' && !this.bound.has(on.args)) {
      const own = this.names.own?.(
        on.args,
        name,
        args.map((one) => this.of(one, depth + 1)),
      )
      if (own) return own
    }
    const receiver = this.of(on, depth + 1)
    const values = args.map((one) => this.of(one, depth + 1))
    const all = [receiver, ...values]
    if (receiver.is === 'known' && values.every((value) => value.is === 'known'))
      return method(
        name,
        receiver.value,
        values.map(({ value }) => value),
      )
    return unsettled(...all)
  }

  private overall(
    name: 'exists' | 'all',
    on: ASTNode,
    [variable, test]: readonly ASTNode[],
    depth: number,
  ): Value {
    const list = this.of(on, depth + 1)
    if (list.is !== 'known') return list
    if (!isList(list.value) || variable?.op !== 'id' || !test)
      return unknown(`the macro ${name} is not judged here`)
    const before = this.bound.get(variable.args)
    let so = known(name === 'all')
    for (const item of list.value) {
      this.bound.set(variable.args, item)
      const one = this.of(test, depth + 1)
      so = name === 'all' ? and(so, one) : or(so, one)
    }
    if (before) this.bound.set(variable.args, before)
    else this.bound.delete(variable.args)
    return so
  }
}

function selected(receiver: Value, key: Value): Value {
  if (receiver.is !== 'known' || key.is !== 'known') return unsettled(receiver, key)
  if (isScope(receiver.value))
    return typeof key.value === 'string' ? receiver.value.select(key.value) : failed('no key')
  if (isList(receiver.value) && typeof key.value === 'number')
    return receiver.value[key.value] ?? failed('a list is shorter than that')
  return failed('it has no fields')
}

function compared(op: string, left: Value, right: Value, text: string): Value {
  if (left.is !== 'known' || right.is !== 'known') {
    if (left.is === 'error' || right.is === 'error') return unsettled(left, right)
    return /^request\.time\b/.test(text)
      ? unknown(`it holds while ${text.slice(0, 120)}`)
      : unsettled(left, right)
  }
  const order = orderOf(left.value, right.value)
  return order === undefined
    ? failed('values of these kinds have no order')
    : known(COMPARES[op]?.(order) === true)
}

function added(left: Value, right: Value): Value {
  if (left.is !== 'known' || right.is !== 'known') return unsettled(left, right)
  const [a, b] = [left.value, right.value]
  if (typeof a === 'string' && typeof b === 'string') return known(a + b)
  if (typeof a === 'number' && typeof b === 'number') return known(a + b)
  if (isList(a) && isList(b)) return known([...a, ...b])
  return unknown('a sum is not judged here')
}

function mapOf(entries: readonly (readonly [Value, Value])[]): Value {
  const map = new Map<string, Value>()
  for (const [key, value] of entries) {
    if (key.is !== 'known') return unsettled(key)
    if (typeof key.value !== 'string') return unknown('a map is not judged here')
    map.set(key.value, value)
  }
  return known(new Given('the map', map, true))
}
