// Runs the command line in this process, which is much faster than a shell, and keeps what it prints.
import { vi } from 'vitest'
import { run } from '@/cli/program'

export type Ended = { code: number | null; out: string; err: string }

export async function runCli(args: string[]): Promise<Ended> {
  const held = { out: '', err: '' }
  const keep =
    (name: 'out' | 'err') =>
    (text: unknown, ...rest: unknown[]) => {
      held[name] += String(text)
      // A stream that is written to waits to be told that it was.
      const written = rest.find((one) => typeof one === 'function') as (() => void) | undefined
      written?.()
      return true
    }
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep('err')),
  ]
  const exit = process.exitCode
  try {
    return { code: await run(args), ...held }
  } finally {
    process.exitCode = exit
    for (const spy of spies) spy.mockRestore()
  }
}
