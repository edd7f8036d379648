// `npm run check [-- --fix]`: one line per check, and the output of those that fail.
import { prepare } from '../setup/artifacts.mjs'
import { runMain } from '../setup/failure.mjs'
import { say, seconds } from '../setup/say.mjs'
import { stopTools } from '../setup/tool.mjs'
import { steps } from './steps.mjs'

const LANES = 2

async function perform({ name, run, hint }) {
  const began = performance.now()
  const { code, output } = await run().catch((error) => ({ code: 1, output: error.stack }))
  say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(13)} ${seconds(began)}`)
  if (code === 0) return true
  say(output.trim().replace(/^/gm, '  '))
  if (hint) say(`  → ${hint}`)
  return false
}

async function main(args) {
  const fix = args.includes('--fix')
  const began = performance.now()
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopTools())
  await prepare({ pages: false })
  const waiting = steps({ fix })
  const results = []
  const lane = async () => {
    for (let step; (step = waiting.shift());) results.push(await perform(step))
  }
  if (fix) for (const step of waiting.splice(0, 2)) results.push(await perform(step)) // both write files: in turn
  await Promise.all(Array.from({ length: LANES }, lane))
  const failed = results.filter((ok) => !ok).length
  say(
    failed
      ? `${failed} of ${results.length} checks failed (${seconds(began)})`
      : `All ${results.length} checks passed (${seconds(began)})`,
  )
  return failed ? 1 : 0
}

export const run = () => runMain(main)
