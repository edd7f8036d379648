// The first thing every script loads. Written in old syntax with no imports, so that an old Node reads it and says why
// it will not do, instead of failing on the first modern line of another file.
var OLDEST = [20, 19]

export function tooOld(version) {
  var parts = String(version).split('.').map(Number)
  return parts[0] < OLDEST[0] || (parts[0] === OLDEST[0] && parts[1] < OLDEST[1])
}

if (tooOld(process.versions.node)) {
  console.error(
    'Node ' + process.versions.node + ' is too old: Rollcall needs Node ' + OLDEST.join('.') + ' or newer.',
  )
  console.error(
    'Install a current Node (24 is recommended) from nodejs.org or your package manager and try again.',
  )
  process.exit(1)
}
