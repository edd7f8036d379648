#!/usr/bin/env node
// `npm run -s rollcall -- …`: the command line, with whatever it needs made ready first. The work is in cli/main.mjs.
import './node-version.mjs'

import('./cli/main.mjs').then(function (module) {
  return module.run()
})
