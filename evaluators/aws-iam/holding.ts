// What a set of documents says, compiled once for all who hold exactly these.
import type { Held } from '@/core/access'
import { actionOf } from './applies'
import { isChosen } from './chosen'
import type { Condition } from './conditions'
import { askedOf } from './match'
import { nameOf } from './settled'
import { readStatements, type Statement } from './statements'

/** `chosen`: conditions on what whoever asks chooses. */
export type Sides = {
  allow: readonly Statement[]
  deny: readonly Statement[]
  chosen: readonly Condition[]
}
const NOTHING: Sides = { allow: [], deny: [], chosen: [] }

/** Statements of one layer: what allows in it, together. */
export class Layer {
  private readonly speaking = new Map<string, Sides>()

  /** @param parts layers that it is put together of, where others are put together of them too */
  constructor(
    readonly name: string,
    readonly statements: readonly Statement[],
    private readonly parts?: readonly Layer[],
  ) {}

  /** The statements that are about the action, which is in lower case. */
  of(action: string): Sides {
    const found = this.speaking.get(action)
    if (found) return found
    const sides = this.parts ? joined(this.parts.map((part) => part.of(action))) : this.about(action)
    this.speaking.set(action, sides)
    return sides
  }

  /** What it says of single actions is worked out again when it is asked for. */
  forget(): void {
    this.speaking.clear()
  }

  private about(action: string): Sides {
    const asked = askedOf(action)
    const about = this.statements.filter((statement) => actionOf(statement, asked) !== 'no')
    if (!about.length) return NOTHING
    return {
      allow: about.filter(({ effect }) => effect !== 'Deny'),
      deny: about.filter(({ effect }) => effect !== 'Allow'),
      chosen: about.flatMap(({ conditions }) => conditions.filter(isChosen)),
    }
  }
}

function joined(parts: readonly Sides[]): Sides {
  const speaking = parts.filter((part) => part !== NOTHING)
  const [first = NOTHING] = speaking
  if (speaking.length < 2) return first
  return {
    allow: speaking.flatMap(({ allow }) => allow),
    deny: speaking.flatMap(({ deny }) => deny),
    chosen: speaking.flatMap(({ chosen }) => chosen),
  }
}

export class Holding {
  /** Answers that hold for all who hold these documents; gone once many other sets were asked about. */
  readonly answers = new Map<string, unknown>()

  constructor(
    readonly key: string,
    readonly documents: readonly Held[],
    readonly own: Layer,
    readonly limits: readonly Layer[],
  ) {}

  get layers(): readonly Layer[] {
    return [this.own, ...this.limits]
  }

  forget(): void {
    this.answers.clear()
    this.own.forget()
  }
}

/** Sets of documents of which answers are kept: most accounts have fewer, and of the rest few are asked about twice. */
const KEPT_MAX = 500

type Compiled = { number: number; document: Held['document']; text: string | undefined; layer: Layer }

/** Compiles each distinct document and each distinct set of documents once. */
export class Holdings {
  private readonly documents = new Map<string, Compiled[]>()
  private readonly sets = new Map<string, Holding>()
  private readonly recent = new Set<Holding>()
  private last: Holding | undefined
  private count = 0

  /** Keeps what is worked out for this set, and forgets that of the one that was asked about longest ago. */
  use(holding: Holding): void {
    if (holding === this.last) return
    this.last = holding
    this.recent.delete(holding)
    this.recent.add(holding)
    const [oldest] = this.recent
    if (this.recent.size <= KEPT_MAX || !oldest) return
    this.recent.delete(oldest)
    oldest.forget()
  }

  of(held: readonly Held[], readable: (language: string) => boolean): Holding {
    const own: Compiled[] = []
    const limits: Compiled[] = []
    for (const one of held) {
      const compiled = this.compiled(one, readable(one.language))
      ;(one.effect === 'limit' ? limits : own).push(compiled)
    }
    // In the order in which they are held, which is that of what is told: otherwise it would be somebody else's.
    const numbers = (of: Compiled[]) => [...new Set(of.map(({ number }) => number))].join()
    const key = `${numbers(own)}|${numbers(limits)}`
    const found = this.sets.get(key)
    if (found) return found
    const parts = [...new Set(own)].map(({ layer }) => layer)
    const statements = parts.flatMap((layer) => layer.statements)
    const holding = new Holding(
      key,
      held,
      new Layer('What it holds', statements, parts),
      [...new Set(limits)].map(({ layer }) => layer),
    )
    this.sets.set(key, holding)
    return holding
  }

  /** Ids are what tells documents apart; two of one id that are not the same are told apart nevertheless. */
  private compiled(held: Held, isReadable: boolean): Compiled {
    const name = nameOf(held)
    const key = JSON.stringify([held.id, name, isReadable])
    const sameId = this.documents.get(key) ?? []
    this.documents.set(key, sameId)
    const document = isReadable ? held.document : undefined
    const same = sameId.find((one) => one.document === document)
    if (same) return same
    const text = document && JSON.stringify(document)
    const equal = sameId.find((one) => one.text === text)
    if (equal) return equal
    const layer = new Layer(name, readStatements(name, document))
    const compiled = { number: this.count++, document, text, layer }
    sameId.push(compiled)
    return compiled
  }
}
