// Reads a policy document in any form AWS and its tools give it: percent-encoded, plain JSON, or decoded.
import { unescape } from 'node:querystring'
import { parseJson } from '@/core/parse-json'
import { known, unknown, type Fact } from '@/core/fact'
import { documentWithoutSecrets } from '@/core/secret-like'

export type Document = Record<string, unknown>

export const isRecord = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A NUL or half a surrogate pair, as JSON.stringify writes them: no database stores these in JSON. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/

function decoded(raw: unknown): unknown {
  if (typeof raw !== 'string') return raw
  const text = raw.trim()
  // `unescape` leaves a broken escape as it is instead of throwing; the parser then decides.
  const parsed = parseJson(text.startsWith('{') ? text : unescape(text))
  return parsed.ok ? parsed.value : undefined
}

/** The document, or unknown as malformed: a document nobody can read must not hide the identity it belongs to. */
export function readDocument(raw: unknown, source: string, what: string): Fact<Document> {
  const document = decoded(raw)
  if (!isRecord(document)) return unknown('malformed', source, `${what} is not a JSON document`)
  if (UNSTORABLE.test(JSON.stringify(document)))
    return unknown('malformed', source, `${what} holds characters that cannot be stored`)
  return known(documentWithoutSecrets(document), source)
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

/** The statements of a document, or undefined when it has none in a form known here. */
export function statementsOf(document: Document): Document[] | undefined {
  const { Statement } = document
  if (Statement === undefined) return undefined
  const statements = asList(Statement)
  return statements.every(isRecord) ? statements : undefined
}

/** A text or list of texts as a list, or undefined when it is neither. */
export function textsOf(value: unknown): string[] | undefined {
  const texts = asList(value)
  return texts.every((text): text is string => typeof text === 'string') ? texts : undefined
}
