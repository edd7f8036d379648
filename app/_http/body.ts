// The JSON body of a request, read up to a bound.
import { RollcallError } from '@/core/errors'
import { invalid, parseInput } from '@/governance/command'
import type { z } from 'zod'
import { TooLarge } from './too-large'

const BYTES_MAX = 1024 * 1024
const SENT = { what: 'The body', instead: 'Send less at a time.' }

async function textOf(request: Request, bytesMax: number, tooLong: () => RollcallError): Promise<string> {
  if (!request.body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > bytesMax) throw tooLong()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** @throws RollcallError `invalid`, with one issue per wrong field */
export async function readBody<S extends z.ZodType>(schema: S, request: Request): Promise<z.output<S>> {
  const tooLong = () => new RollcallError('invalid', 'The body is longer than 1 MB.')
  const text = (await textOf(request, BYTES_MAX, tooLong)).trim()
  return parseInput(schema, text ? jsonIn(request, text) : {})
}

/**
 * Whatever JSON it is.
 * @throws RollcallError `limited` (413) when it is longer than the bound, `invalid` when it is not JSON
 */
export async function readJson(request: Request, bytesMax: number): Promise<unknown> {
  const tooLong = () => new TooLarge(bytesMax, SENT)
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw tooLong()
  const text = (await textOf(request, bytesMax, tooLong)).trim()
  if (!text) throw invalid([{ path: '', message: 'The body is empty.' }])
  return jsonIn(request, text)
}

/**
 * A body that is read as text, as it was sent.
 * @throws RollcallError `limited` (413) when it is longer than the bound
 */
export async function readText(request: Request, bytesMax: number): Promise<string> {
  const tooLong = () => new TooLarge(bytesMax, SENT)
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw tooLong()
  return textOf(request, bytesMax, tooLong)
}

function jsonIn(request: Request, text: string): unknown {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\b/i.test(type))
    throw invalid([{ path: '', message: 'Send JSON, with content-type: application/json.' }])
  try {
    return JSON.parse(text)
  } catch {
    // The reason would quote the body.
    throw invalid([{ path: '', message: 'The body is not JSON.' }])
  }
}
