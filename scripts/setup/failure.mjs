// Failures a person can do something about: said in two lines, without a stack trace.
import fs from 'node:fs'
import { ROOT } from './paths.mjs'

export class Failure extends Error {
  constructor(message, remedy = '') {
    super(message)
    this.remedy = remedy
  }
}

const MB = 2 ** 20

function freeMegabytes() {
  try {
    const { bavail, bsize } = fs.statfsSync(ROOT)
    return Math.floor((bavail * bsize) / MB)
  } catch {
    return undefined // not every file system tells
  }
}

const noSpace = (free = freeMegabytes()) =>
  new Failure(
    `The disk is full${free === undefined ? '' : ` (${free} MB free at ${ROOT})`}.`,
    'Rollcall needs about 2.5 GB in all: free some space and run the same command again.',
  )

/** For jobs that take long to find out, or do not find out at all: npm can end well on a full disk. */
export function requireSpace(megabytes) {
  const free = freeMegabytes()
  if (free !== undefined && free < megabytes) throw noSpace(free)
}

const notWritable = (what) =>
  new Failure(
    `${what} cannot be written to by this user.`,
    'Run as the user who owns the checkout, or give this user the right to write there.',
  )

/** The Failure behind a system error or a tool's output, where it is one of the usual ones. */
export function usualFailure(error) {
  if (error instanceof Failure) return error
  const text = typeof error === 'string' ? error : `${error?.code ?? ''} ${error?.message ?? ''}`
  if (/ENOSPC|EDQUOT|no space left on device|disk quota exceeded/i.test(text)) return noSpace()
  const blocked = /(?:EACCES|EROFS|EPERM)[^\n]*?'([^']+)'/.exec(text)
  if (blocked || /\b(EACCES|EROFS)\b|read-only file system/i.test(text))
    return notWritable(blocked?.[1] ?? ROOT)
  return undefined
}

export function describe(error) {
  const known = usualFailure(error)
  if (!known) return error?.stack ?? String(error)
  return known.remedy ? `${known.message}\n${known.remedy}` : known.message
}

/** Runs a script's main function; its result is the exit code. */
export async function runMain(main) {
  try {
    process.exitCode = (await main(process.argv.slice(2))) ?? 0
  } catch (error) {
    console.error(describe(error))
    process.exitCode = 1
  }
}
