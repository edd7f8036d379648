// What a test run needs, from its arguments: without db and e2e, neither database nor build.
const PROJECTS = {
  unit: {},
  alone: {},
  db: { database: true },
  'db-alone': { database: true },
  'db-sampled': { database: true },
  undisturbed: { database: true },
  e2e: { database: true, pages: true },
  'e2e-sampled': { database: true, pages: true },
}
const kindOf = (file) =>
  /\.db\.test\.ts$/.test(file) ? 'db' : /\.test\.tsx?$/.test(file) ? 'unit' : undefined

function named(args) {
  const equals = args
    .filter((arg) => arg.startsWith('--project='))
    .map((arg) => arg.slice('--project='.length))
  return [...equals, ...args.filter((_, index) => args[index - 1] === '--project')]
}

/** @returns {{ database: boolean, pages: boolean }} */
export function needs(args) {
  let projects = named(args)
  const files = args.filter((arg, index) => !arg.startsWith('-') && args[index - 1] !== '--project')
  if (!projects.length && files.length) projects = files.map(kindOf)
  const wanted = projects.map((name) => PROJECTS[name] ?? PROJECTS.e2e) // an unknown pattern may match anything
  if (!wanted.length) return { database: true, pages: true }
  return { database: wanted.some((need) => need.database), pages: wanted.some((need) => need.pages) }
}
