// What is made from the sources before Rollcall can run: the Prisma client and the Next build.
import fs from 'node:fs'
import { Failure, usualFailure } from './failure.mjs'
import { exclusively } from './lock.mjs'
import { DATA, ROOT, at, makeDataFolder } from './paths.mjs'
import { ensurePackages } from './packages.mjs'
import { say, seconds } from './say.mjs'
import { dummies } from './secrets.mjs'
import { hashOf, isFresh, stamped } from './stamp.mjs'
import { lastLines, nodeTool } from './tool.mjs'

const SCHEMA = ['prisma/schema', 'prisma.config.ts', 'package-lock.json']
const SOURCES = [
  'app',
  'core',
  'connectors',
  'evaluators',
  'inventory',
  'rules',
  'senders',
  'governance',
  'jobs',
  'public',
  'env.ts',
]
const CONFIGS = ['next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'proxy.ts', 'instrumentation.ts']
const PAGES = [...SOURCES, ...CONFIGS, 'prisma/client.ts', ...SCHEMA]

async function make({ title, inputs, output, proof, command, hint }) {
  const stamp = at(output, '.rollcall')
  const hash = hashOf(ROOT, inputs)
  if (isFresh(stamp, hash) && fs.existsSync(at(proof))) return
  const began = performance.now()
  await stamped(stamp, hash, async () => {
    say(`${title} …`)
    const { code, output } = await command()
    if (code !== 0 || !fs.existsSync(at(proof)))
      throw usualFailure(output) ?? new Failure(`${title} failed:\n${lastLines(output, 40)}`, hint)
  })
  say(`  done in ${seconds(began)}`)
}

const generate = () =>
  make({
    title: 'Generating the database client',
    inputs: SCHEMA,
    output: 'prisma/generated',
    proof: 'prisma/generated/client.ts',
    command: () =>
      nodeTool('prisma/build/index.js', ['generate', '--no-hints'], {
        env: { DATABASE_URL: dummies.DATABASE_URL },
      }),
    hint: 'Check the files in prisma/schema.',
  })

const build = () =>
  make({
    title: 'Building the pages (under a minute, after every change)',
    inputs: PAGES,
    output: '.next',
    proof: '.next/BUILD_ID',
    command: () => nodeTool('next/dist/bin/next', ['build'], { env: { ...dummies, NODE_ENV: 'production' } }),
    hint: 'Repair what is named above and try again.',
  })

/** Packages, then client, then (with `pages`) the build. One process at a time: they write into the same folders. */
export async function prepare({ pages, onPackages = () => {} }) {
  makeDataFolder()
  const waiting = (other) =>
    say(`Waiting for another Rollcall command here that installs or builds (process ${other.pid})`)
  await exclusively(
    `${DATA}/setup.lock`,
    async () => {
      await ensurePackages()
      onPackages()
      await generate()
      if (pages) await build()
    },
    waiting,
  )
}
