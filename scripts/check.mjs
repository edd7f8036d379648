#!/usr/bin/env node
// `npm run check`: format, lint, types, house rules, unused code, schema drift. The work is in check/main.mjs.
import './node-version.mjs'

import('./check/main.mjs').then(function (module) {
  return module.run()
})
