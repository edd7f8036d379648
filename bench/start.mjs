// `npm run bench`: measures Rollcall against limits that are measured in the same run, step by step, and reports.
import '../scripts/node-version.mjs'
import fs from 'node:fs'
import { onDatabase, quoted, withClient } from '../scripts/database/connection.mjs'
import { migrate } from '../scripts/database/migrate.mjs'
import { prepare } from '../scripts/setup/artifacts.mjs'
import { Failure, runMain } from '../scripts/setup/failure.mjs'
import { at } from '../scripts/setup/paths.mjs'
import { say, sayOnStandardError, seconds } from '../scripts/setup/say.mjs'
import { parseOptions, USAGE } from './options.mjs'
import { openPlace } from './place.mjs'
import { runStep } from './run-step.mjs'
import { refuseForeign, State } from './state.mjs'

const STEPS = {
  sync: ['generate', 'first-sync', 'copy', 'evaluate', 'fill', 'unchanged', 'changed', 'sizes'],
  queries: ['present', 'past', 'diff', 'reproduce'],
  watch: ['watch'],
}
const ACCESS = ['access-account', 'access-analysis', 'access-cluster', 'access-graph']
/** Smaller estates for the memory curve; the whole one is measured by its first sync. */
const SMALLER = [10_000, 100_000]
const began = performance.now()
let stopped = false

const failed = (step, error) => ({
  figures: [
    {
      group: 'Not measured',
      name: step,
      aim: 'comes to its end',
      measured: error.message,
      verdict: 'misses',
    },
  ],
  facts: {},
})

async function take(state, step, work) {
  if (state.isDone(step)) return say(`${seconds(began).padStart(9)}  ${step}: taken before`)
  say(`${seconds(began).padStart(9)}  ${step} …`)
  await state.begin(step)
  try {
    await state.put(step, await work())
  } catch (error) {
    if (stopped) throw new Failure('Stopped.')
    // Without the rows there is nothing to go on with; a question that cannot be asked is one line.
    if (!(error instanceof Failure) || STEPS.sync.includes(step)) throw error
    await state.put(step, failed(step, error))
  }
}

/** A step in a database of its own, which is gone with it. */
async function inOwnDatabase(task, place) {
  const name = `bench_${process.pid}_${task.step}_${task.identities}`
  const drop = () =>
    withClient(place.maintenanceUrl, (client) =>
      client.query(`DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`),
    )
  await withClient(place.maintenanceUrl, (client) =>
    client.query(`CREATE DATABASE ${quoted(name)} TEMPLATE template0`),
  ).catch((error) => {
    throw new Failure(`No second database could be made: ${error.message}`)
  })
  const url = onDatabase(place.ownerUrl, name)
  try {
    await migrate(url)
    return await runStep({ ...task, folder: place.folder, facts: {} }, url)
  } finally {
    await drop()
  }
}

async function measureMemory(state, options, place) {
  for (const identities of SMALLER.filter((size) => size < options.identities))
    await take(state, `memory-${identities}`, () =>
      inOwnDatabase({ ...options, identities, step: 'memory' }, place),
    )
}

/** Realms and steps are made up for it: nothing of them may be among what other parts ask about. */
async function measureAccess(state, options, place) {
  for (const step of ACCESS) await take(state, step, () => inOwnDatabase({ ...options, step }, place))
}

/** About a population of its own, which is filled in for it. */
async function measurePacks(state, options, place) {
  await take(state, 'packs', () => inOwnDatabase({ ...options, step: 'packs' }, place))
}

async function measure(options, place) {
  if (options.database) await refuseForeign(place.ownerUrl)
  await migrate(place.ownerUrl)
  const state = await State.open(place.ownerUrl, options)
  const run = (step) =>
    runStep(
      { ...options, step, folder: place.folder, facts: state.facts(), figures: state.figures() },
      place.ownerUrl,
    )
  try {
    for (const part of options.only) {
      if (part === 'queries' && !state.answers.get('changed'))
        throw new Failure(
          'There is nothing to ask about yet.',
          'Take the part sync first, on the same database.',
        )
      for (const step of STEPS[part] ?? []) await take(state, step, () => run(step))
      if (part === 'memory') await measureMemory(state, options, place)
      if (part === 'access') await measureAccess(state, options, place)
      if (part === 'packs') await measurePacks(state, options, place)
    }
    const { facts } = await run('report')
    if (options.write) fs.writeFileSync(at('docs', 'benchmarks.md'), facts.report)
    else process.stdout.write(facts.report)
    say(`${seconds(began).padStart(9)}  done${options.write ? ': docs/benchmarks.md' : ''}`)
  } finally {
    await state.close()
  }
}

await runMain(async (args) => {
  sayOnStandardError()
  const options = parseOptions(args)
  if (!options) return void process.stdout.write(USAGE)
  await prepare({ pages: false })
  const place = await openPlace(options)
  // The terminal sends Ctrl-C to the steps as well; what was made is removed once they have ended.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => (stopped = true))
  try {
    await measure(options, place)
  } finally {
    await place.close()
  }
})
