'use client'
// Asks what a draft would change, shows how far that is, and can be stopped. What was asked before is stopped by asking anew.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Issue } from '@/core/errors'
import type { Preview, PreviewStep } from '@/governance/policy/preview-policy'
import { announce } from '@/app/_ui/announce'
import type { Draft } from './draft'

export type Previewing =
  | { state: 'none' }
  | { state: 'busy'; looked?: number; of?: number }
  | { state: 'told'; preview: Preview; sent: Draft }
  | { state: 'failed'; message: string; issues: Issue[] }

const LOST = 'The server did not answer. Check the connection and try again.'

async function failureOf(response: Response): Promise<Previewing> {
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; issues?: Issue[] }
  return { state: 'failed', message: problem.detail ?? LOST, issues: problem.issues ?? [] }
}

/** Each line of an answer as it comes. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    const lines = `${rest}${value}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest) yield rest
}

export function usePreview() {
  const [previewing, show] = useState<Previewing>({ state: 'none' })
  const asked = useRef<AbortController>(undefined)
  useEffect(() => () => asked.current?.abort(), [])

  const cancel = useCallback(() => {
    asked.current?.abort()
    show({ state: 'none' })
  }, [])
  const ask = useCallback(async (sent: Draft, whole: boolean) => {
    asked.current?.abort()
    const own = new AbortController()
    asked.current = own
    const tell = (next: Previewing) => {
      if (!own.signal.aborted) show(next)
    }
    tell({ state: 'busy' })
    try {
      const response = await fetch('/api/v1/policy/preview', {
        method: 'POST',
        signal: own.signal,
        headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
        body: JSON.stringify({ policy: sent, whole }),
      })
      if (!response.ok || !response.body) return tell(await failureOf(response))
      for await (const line of linesOf(response.body)) {
        const step = JSON.parse(line) as PreviewStep | { error: string }
        if ('progress' in step) tell({ state: 'busy', ...step.progress })
        else if ('error' in step) return tell({ state: 'failed', message: step.error, issues: [] })
        else {
          announce('The preview is there')
          return tell({ state: 'told', preview: step.preview, sent })
        }
      }
      tell({ state: 'failed', message: LOST, issues: [] })
    } catch {
      tell({ state: 'failed', message: LOST, issues: [] })
    }
  }, [])
  return { previewing, ask, cancel }
}
