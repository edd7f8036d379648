// `npm test -- [vitest arguments]`: prepares what the chosen tests need, runs them, ends with one line of counts.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { openDatabase } from '../database/server.mjs'
import { prepare } from '../setup/artifacts.mjs'
import { describe } from '../setup/failure.mjs'
import { holder } from '../setup/lock.mjs'
import { DATA } from '../setup/paths.mjs'
import { say } from '../setup/say.mjs'
import { dummies } from '../setup/secrets.mjs'
import { nodeTool, stopTools } from '../setup/tool.mjs'
import { createTemplate, dropAbandoned, dropMine } from './databases.mjs'
import { needs } from './selection.mjs'
import { line, readReport, tally } from './tally.mjs'

let interrupted = false

async function vitest(args, databases = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rollcall-test-'))
  const file = path.join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const env = { ...dummies, NODE_ENV: 'test', ...databases }
  const { code } = await nodeTool('vitest/vitest.mjs', ['run', ...reporters, ...args], { env, show: true })
  const counts = tally(readReport(file), code)
  fs.rmSync(folder, { recursive: true })
  return counts
}

async function onDatabase(args, opening) {
  const database = await opening
  try {
    if (database.embedded) await dropAbandoned(database.maintenanceUrl)
    const { template, worker } = await createTemplate(database.maintenanceUrl)
    if (interrupted) throw new Error('interrupted')
    return await vitest(args, {
      ROLLCALL_TEST_DATABASE: template,
      ROLLCALL_TEST_SERVER: database.maintenanceUrl,
      ...(worker && { ROLLCALL_TEST_WORKER: worker }),
    })
  } finally {
    await dropMine(database.maintenanceUrl)
    await database.close()
  }
}

async function main(args) {
  const { database, pages } = needs(args)
  if (pages && holder(path.join(DATA, 'start.lock')))
    say('Rollcall runs from this checkout: restart it afterwards if the pages are built anew here')
  let opening
  const onPackages = () => {
    if (!database) return
    opening = openDatabase()
    opening.catch(() => {}) // reported where it is awaited
  }
  try {
    await prepare({ pages, onPackages })
  } catch (error) {
    await opening?.then((opened) => opened.close()).catch(() => {})
    throw error
  }
  return database ? onDatabase(args, opening) : vitest(args)
}

export async function run() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      interrupted = true
      stopTools(signal)
    })
  let counts = { passed: 0, failed: 1, skipped: 0 }
  try {
    counts = await main(process.argv.slice(2))
  } catch (error) {
    console.error(describe(error))
  }
  if (interrupted) counts.failed ||= 1
  await new Promise((resolve) => process.stdout.write(`${line(counts)}\n`, resolve))
  process.exit(counts.failed ? 1 : 0)
}
