// Reads a condition into a tree. What is not understood is a leaf of its own: whether it holds is then not known.
import { tokensOf, type Token } from './tokens'

export type Operand = { attribute: string } | { values: readonly string[] }
export type Expression =
  | { op: 'and' | 'or'; of: readonly Expression[] }
  | { op: 'not'; of: Expression }
  | { op: 'action'; patterns: readonly string[] }
  | { op: 'sub-operation'; names: readonly string[] }
  | { op: 'exists'; attribute: string }
  | { op: 'compare'; left: Operand; operator: string; right: Operand }
  | { op: 'unknown'; why: string }

const LENGTH_MAX = 50_000
const DEPTH_MAX = 200
const unknown = (why: string): Expression => ({ op: 'unknown', why })

/** Thrown inside this file only, and caught at its door. */
class NotUnderstood extends Error {}

class Reader {
  private at = 0
  private depth = 0
  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const expression = this.expression()
    if (this.at < this.tokens.length) throw new NotUnderstood()
    return expression
  }

  private peek(): Token | undefined {
    return this.tokens[this.at]
  }
  private mark(text: string): boolean {
    const token = this.peek()
    if (token?.kind !== 'mark' || token.text !== text) return false
    this.at++
    return true
  }
  private expect(text: string): void {
    if (!this.mark(text)) throw new NotUnderstood()
  }

  /** Which of AND and OR goes first is not said: Microsoft asks for parentheses, and so does this. */
  private expression(): Expression {
    if (++this.depth > DEPTH_MAX) throw new NotUnderstood()
    const of = [this.unary()]
    const joints = new Set<'and' | 'or'>()
    for (let kind = this.peek()?.kind; kind === 'and' || kind === 'or'; kind = this.peek()?.kind) {
      joints.add(kind)
      this.at++
      of.push(this.unary())
    }
    this.depth--
    const [first] = of
    const [joint] = joints
    if (joint === undefined || !first) return first ?? unknown('an empty part')
    return joints.size > 1 ? unknown('AND and OR stand side by side without parentheses') : { op: joint, of }
  }

  private unary(): Expression {
    if (this.peek()?.kind !== 'not') return this.primary()
    if (++this.depth > DEPTH_MAX) throw new NotUnderstood()
    this.at++
    const of = this.unary()
    this.depth--
    return { op: 'not', of }
  }

  private primary(): Expression {
    if (this.mark('(')) {
      const inner = this.expression()
      this.expect(')')
      return inner
    }
    const token = this.peek()
    if (token?.kind === 'word') {
      const name = token.text.toLowerCase()
      if (name === 'actionmatches' || name === 'suboperationmatches') return this.matches(name)
      if (name === 'exists' || name === 'notexists') return this.exists(name)
    }
    return this.comparison()
  }

  private matches(name: string): Expression {
    this.at++
    this.expect('{')
    const values = this.listed()
    return name === 'actionmatches'
      ? { op: 'action', patterns: values }
      : { op: 'sub-operation', names: values }
  }

  private exists(name: string): Expression {
    this.at++
    const token = this.peek()
    if (token?.kind !== 'attribute') throw new NotUnderstood()
    this.at++
    const exists: Expression = { op: 'exists', attribute: token.text }
    return name === 'exists' ? exists : { op: 'not', of: exists }
  }

  private comparison(): Expression {
    const left = this.operand()
    const operator = this.peek()
    if (operator?.kind !== 'word') throw new NotUnderstood()
    this.at++
    return { op: 'compare', left, operator: operator.text.toLowerCase(), right: this.operand() }
  }

  private operand(): Operand {
    const token = this.peek()
    if (!token) throw new NotUnderstood()
    this.at++
    if (token.kind === 'attribute') return { attribute: token.text }
    if (token.kind === 'text' || token.kind === 'word') return { values: [token.text] }
    if (token.kind === 'mark' && token.text === '{') return { values: this.listed() }
    throw new NotUnderstood()
  }

  /** Behind an opening brace, up to the closing one. */
  private listed(): string[] {
    const values: string[] = []
    if (this.mark('}')) return values
    for (;;) {
      const token = this.peek()
      if (token?.kind !== 'text' && token?.kind !== 'word') throw new NotUnderstood()
      values.push(token.text)
      this.at++
      if (this.mark('}')) return values
      this.expect(',')
    }
  }
}

export function parse(condition: string): Expression {
  if (condition.length > LENGTH_MAX) return unknown('it is too long')
  const tokens = tokensOf(condition)
  if (!tokens || tokens.length === 0) return unknown('it is not written as conditions are')
  try {
    return new Reader(tokens).whole()
  } catch (error) {
    if (error instanceof NotUnderstood) return unknown('it is not written as conditions are')
    throw error
  }
}
