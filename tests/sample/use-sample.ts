// A database that holds an administrator and the sample organisation, for tests about something else. That both can be made
// in the browser is asserted by journeys.spec.ts and quality.spec.ts.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { filledDatabase } from '@/tests/postgres'

const FILE = path.join(import.meta.dirname, 'fill-sample.ts')

async function fill(url: string): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', FILE], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const told: string[] = []
  child.stderr.on('data', (data: Buffer) => told.push(data.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`the sample organisation was not added (${code}): ${told.join('')}`)
}

/** Before anything imports the database client. */
export async function useSample(): Promise<void> {
  if ('rollcallDb' in globalThis)
    throw new Error('the database client is there already, of the empty database')
  process.env.DATABASE_URL = await filledDatabase('sample', fill)
}
