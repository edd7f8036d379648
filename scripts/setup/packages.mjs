// Installs the npm packages when they are missing, incomplete or of another lock file.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Failure, requireSpace, usualFailure } from './failure.mjs'
import { ROOT } from './paths.mjs'
import { say, seconds } from './say.mjs'
import { isFresh, stamped } from './stamp.mjs'
import { lastLines, tool } from './tool.mjs'

const SPACE_MB = 1500

const json = (file) => JSON.parse(fs.readFileSync(file, 'utf8'))

function wanted(root) {
  const { dependencies, devDependencies, optionalDependencies, overrides } = json(
    path.join(root, 'package.json'),
  )
  const lock = fs.readFileSync(path.join(root, 'package-lock.json'))
  const hash = createHash('sha256').update(lock)
  return hash
    .update(JSON.stringify({ dependencies, devDependencies, optionalDependencies, overrides }))
    .digest('hex')
}

const fits = (list, value) =>
  !list || list.includes(value) || (list.every((x) => x[0] === '!') && !list.includes(`!${value}`))
const forThisMachine = (entry) =>
  !entry.libc && fits(entry.os, process.platform) && fits(entry.cpu, process.arch)

/** npm writes node_modules/.package-lock.json last: without it, or with a folder of it gone, an install was cut short. */
function complete(root, { compareVersions }) {
  const hidden = path.join(root, 'node_modules', '.package-lock.json')
  if (!fs.existsSync(hidden)) return false
  const found = json(hidden).packages
  if (!Object.keys(found).every((name) => fs.existsSync(path.join(root, name, 'package.json')))) return false
  if (!compareVersions) return true
  return Object.entries(json(path.join(root, 'package-lock.json')).packages).every(
    ([name, entry]) =>
      !name ||
      entry.link ||
      !forThisMachine(entry) ||
      found[name]?.version === entry.version ||
      (entry.optional && !entry.os),
  )
}

export function isInstalled(root = ROOT) {
  const stamp = path.join(root, 'node_modules', '.rollcall')
  if (isFresh(stamp, wanted(root))) return complete(root, { compareVersions: false })
  if (!complete(root, { compareVersions: true })) return false
  try {
    fs.writeFileSync(stamp, wanted(root)) // somebody ran `npm ci` by hand
  } catch {
    // a read-only installation is looked at in full every time
  }
  return true
}

export function whyNpmFailed(output) {
  if (/\bENOENT\b.*npm|'npm' is not recognized|127/.test(output) && !/npm error/.test(output))
    return new Failure(
      'npm was not found.',
      'Install npm (it comes with Node from nodejs.org) and try again.',
    )
  const usual = usualFailure(output)
  if (usual) return usual
  if (output.includes('EUSAGE'))
    return new Failure(
      `package.json and package-lock.json do not belong together:\n${output.match(/^.*(Missing|Invalid): .*$/gm)?.join('\n') ?? ''}`,
      'Take both from the same version of Rollcall; after changing a dependency, run `npm install`.',
    )
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(output))
    return new Failure(
      `The packages could not be downloaded: npm cannot reach its registry.\n${lastLines(output, 4)}`,
      'Check the network and the proxy settings of npm (`npm config get registry`), then try again; nothing was lost.',
    )
  return new Failure(`npm ci failed:\n${lastLines(output)}`, 'Repair what npm names above and try again.')
}

async function install() {
  requireSpace(SPACE_MB)
  const began = performance.now()
  say('Installing packages (about a minute, once)')
  const beat = setInterval(() => say(`  still installing, ${seconds(began)}`), 20_000)
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm']
  const args = [...npm.slice(1), 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const env = { NODE_ENV: '' }
  const { code, output } = await tool(npm[0], args, {
    env,
    shell: process.platform === 'win32' && npm.length === 1,
  })
  clearInterval(beat)
  if (code !== 0) throw whyNpmFailed(output)
  if (!complete(ROOT, { compareVersions: true }))
    throw new Failure('npm ci ended well, but packages are missing.', 'Remove node_modules and try again.')
  say(`  packages installed in ${seconds(began)}`)
}

export async function ensurePackages() {
  if (isInstalled()) return
  await stamped(path.join(ROOT, 'node_modules', '.rollcall'), wanted(ROOT), install)
}
