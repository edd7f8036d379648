// Takes one step in a process of its own, so that its memory is its own and nothing of the step before is still warm in it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { Failure } from '../scripts/setup/failure.mjs'
import { at } from '../scripts/setup/paths.mjs'
import { secrets } from '../scripts/setup/secrets.mjs'
import { MEMORY } from '../scripts/setup/memory.mjs'
import { QUIET_ENV } from '../scripts/setup/tool.mjs'

/**
 * @param task `{ step, identities, seed, folder, facts, … }`
 * @returns `{ figures, facts }`
 */
export async function runStep(task, url) {
  const env = {
    ...process.env,
    ...QUIET_ENV,
    ...secrets(),
    NODE_ENV: 'production',
    DATABASE_URL: url,
    PACKS_FOLDER: path.join(task.folder, 'packs'),
  }
  const child = spawn(
    process.execPath,
    [...MEMORY.worker, '--import', import.meta.resolve('tsx'), at('bench', 'step.ts')],
    {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  )
  const end = () => child.kill()
  process.once('exit', end)
  let answer
  child.on('message', (message) => (answer = message))
  child.send(task)
  const [code] = await once(child, 'exit')
  process.removeListener('exit', end)
  if (code === 0 && answer) return answer
  throw new Failure(`The step ${task.step} did not come to its end; what went wrong stands above.`)
}
