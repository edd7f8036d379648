// `health`: whether the database answers and a worker takes jobs.
import { health as ask } from '@/governance/health'
import { cliCommand } from '../command'
import { EXIT } from '../exit-codes'
import { minute } from '../words'

export const health = cliCommand('health', 'say whether database and worker are there', async ({ out }) => {
  const { ok, database, worker, since } = await ask()
  const when = since ? ` since ${minute(since)}` : ''
  if (out.json) await out.answer('health/1', { ok, database, worker, since: since ?? null })
  else {
    await out.line(`database  ${database}`)
    await out.line(
      `worker    ${worker}${worker === 'ok' ? when : since ? `, last heard of at ${minute(since)}` : ''}`,
    )
  }
  return ok ? EXIT.ok : EXIT.failure
})
