// The web server and the worker: started, their output passed on, started again when they fall, stopped together.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { ROOT, at } from '../setup/paths.mjs'
import { say } from '../setup/say.mjs'

const WATCH = pathToFileURL(at('scripts', 'start', 'parent-watch.mjs')).href
const STOP_MS = 10_000
const RESTARTS = 5
const RESTART_WINDOW_MS = 10 * 60_000
// Next announces an address of its own; the one that counts is printed once, when everything is ready.
const BANNER = /^\s*(▲ |- (Local|Network|Environments|Experiments)|✓ (Starting|Ready))/

const hasEnded = (process) => process.exitCode !== null || process.signalCode !== null

export class Children {
  #running = new Map()
  #falls = []
  #ready = false
  #stopping = false
  #lines = []

  /** @param onLost called with a sentence when a child is down for good */
  constructor(env, onLost) {
    this.env = env
    this.onLost = onLost
  }

  start(name, args) {
    const child = spawn(process.execPath, ['--import', WATCH, ...args], {
      cwd: ROOT,
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: process.platform !== 'win32', // Ctrl-C reaches only the parent, which stops them in order
    })
    this.#running.set(name, child)
    this.#pass(child.stdout, (line) => say(line))
    this.#pass(child.stderr, (line) => console.error(line))
    child.on('error', (error) => this.#lines.push(error.message))
    child.on('exit', (code, signal) => this.#fell(name, args, code ?? signal))
  }

  /** Until everything is ready, output is only kept, for the message if it does not get ready. */
  #pass(stream, print) {
    createInterface({ input: stream }).on('line', (line) => {
      if (BANNER.test(line) || (!line.trim() && !this.#ready)) return
      if (this.#ready) return print(line)
      this.#lines = [...this.#lines, line].slice(-30)
    })
  }

  async #fell(name, args, why) {
    if (this.#stopping) return
    const now = Date.now()
    this.#falls = [...this.#falls.filter((time) => now - time < RESTART_WINDOW_MS), now]
    if (!this.#ready || this.#falls.length > RESTARTS) return this.onLost(`The ${name} ended (${why}).`)
    console.error(`The ${name} ended (${why}); it is started again.`)
    await sleep(1000)
    if (!this.#stopping) this.start(name, args)
  }

  ready() {
    this.#ready = true
  }

  get lines() {
    return this.#lines
  }

  #signal(signal) {
    for (const child of this.#running.values()) {
      if (hasEnded(child)) continue
      try {
        if (process.platform === 'win32') child.kill(signal)
        else process.kill(-child.pid, signal) // its whole group
      } catch {
        // ended this moment
      }
    }
  }

  kill() {
    this.#signal('SIGKILL')
  }

  async stop() {
    this.#stopping = true
    const ends = [...this.#running.values()].map((child) =>
      hasEnded(child) ? undefined : once(child, 'exit'),
    )
    this.#signal('SIGTERM')
    const timer = setTimeout(() => this.kill(), STOP_MS)
    await Promise.all(ends)
    clearTimeout(timer)
  }
}
