// Runs the tools that prepare an installation (npm, Prisma, Next): output kept back, shown only when they fail.
import { spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { ROOT, at } from './paths.mjs'

// No tool phones home or advertises newer Node versions, and Prisma finds the schema engine it would otherwise download.
export const QUIET_ENV = {
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  BETTER_AUTH_TELEMETRY: '0',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  PRISMA_SCHEMA_ENGINE_BINARY: at('scripts', 'prisma-schema-engine.mjs'),
}

const LONGEST_OUTPUT = 200_000
const running = new Set()
const WATCH = `${pathToFileURL(at('scripts', 'start', 'parent-watch.mjs')).href}?patience=0`

/** Ends the tools that run now: for Ctrl-C in the middle of an install or a build. */
export function stopTools(signal = 'SIGTERM') {
  for (const child of running) child.kill(signal)
}

/** A tool that was left running by a kill -9 would write into the folders that the next start repairs. */
const watched = () => ({
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${WATCH}`.trim(),
  ROLLCALL_PARENT: String(process.pid),
})

/** Runs a Node program to its end. Resolves to `{ code, output }`; never rejects. */
export function tool(command, args, { env = {}, show = false, shell = false } = {}) {
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...QUIET_ENV, ...(show ? {} : watched()), ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe', 'ipc'],
      shell,
    })
    running.add(child)
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-LONGEST_OUTPUT)))
    const end = (code) => {
      running.delete(child)
      resolve({ code, output })
    }
    child.on('error', (error) => {
      output += `${error.code}: ${error.message}`
      end(127)
    })
    child.on('close', (code, signal) => end(code ?? (signal ? 128 : 1)))
  })
}

/** Runs a package's own script with this Node. */
export const nodeTool = (script, args, options) =>
  tool(process.execPath, [at('node_modules', ...script.split('/')), ...args], options)

export const lastLines = (output, count = 15) => output.trimEnd().split('\n').slice(-count).join('\n')
