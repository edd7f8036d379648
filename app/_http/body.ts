// The JSON body of a request, read up to a bound.
import { RollcallError } from '@/core/errors'
import { invalid, parseInput } from '@/governance/command'
import type { z } from 'zod'

const BYTES_MAX = 1024 * 1024

async function textOf(request: Request): Promise<string> {
  if (!request.body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > BYTES_MAX) throw new RollcallError('invalid', 'The body is longer than 1 MB.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** @throws RollcallError `invalid`, with one issue per wrong field */
export async function readBody<S extends z.ZodType>(schema: S, request: Request): Promise<z.output<S>> {
  const text = (await textOf(request)).trim()
  if (!text) return parseInput(schema, {})
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\b/i.test(type))
    throw invalid([{ path: '', message: 'Send JSON, with content-type: application/json.' }])
  return parseInput(schema, jsonOf(text))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The reason would quote the body.
    throw invalid([{ path: '', message: 'The body is not JSON.' }])
  }
}
