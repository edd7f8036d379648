// JSON that is longer than memory: what is small is written at once, long lists item by item.

type Plain =
  string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain | undefined }

/** A long list. Where nothing is in it, it is left out together with its name: an empty list fits no schema here. */
export class Items {
  constructor(readonly each: () => AsyncIterable<Plain>) {}
}
/** What is known only once everything before it is written. */
export class Later {
  constructor(readonly value: () => Plain | undefined) {}
}
export type Streamed =
  Plain | Items | Later | readonly Streamed[] | { readonly [key: string]: Streamed | undefined }

/** Keys keep their order; those without a value are left out. Items stand on a line each. */
export async function* jsonPieces(value: Streamed): AsyncGenerator<string> {
  if (value instanceof Later) yield JSON.stringify(value.value() ?? null)
  else if (value instanceof Items) yield* listed(value, '')
  else if (Array.isArray(value)) yield* arrayPieces(value)
  else if (typeof value === 'object' && value !== null)
    yield* objectPieces(value as { readonly [key: string]: Streamed | undefined })
  else yield JSON.stringify(value)
}

async function* arrayPieces(values: readonly Streamed[]): AsyncGenerator<string> {
  let before = '['
  for (const value of values) {
    yield before
    yield* jsonPieces(value)
    before = ','
  }
  yield values.length ? ']' : '[]'
}

async function* objectPieces(value: {
  readonly [key: string]: Streamed | undefined
}): AsyncGenerator<string> {
  let before = '{'
  for (const [key, of] of Object.entries(value)) {
    if (of === undefined) continue
    if (of instanceof Later && of.value() === undefined) continue
    const head = `${before}${JSON.stringify(key)}:`
    if (of instanceof Items) {
      let isAny = false
      for await (const piece of listed(of, head)) {
        isAny = true
        yield piece
      }
      if (!isAny) continue
    } else {
      yield head
      yield* jsonPieces(of)
    }
    before = ',\n'
  }
  yield before === '{' ? '{}' : '}'
}

/** @returns nothing at all where there is no item */
async function* listed({ each }: Items, head: string): AsyncGenerator<string> {
  let before = `${head}[\n`
  for await (const item of each()) {
    yield before + JSON.stringify(item)
    before = ',\n'
  }
  if (before === ',\n') yield '\n]'
}
