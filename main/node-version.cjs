// Preloaded by the npm scripts, and so written for the oldest Node a person may still have.
'use strict';

/** The first Node that runs TypeScript sources without a flag; the bundled one is newer. */
var NEEDED = [22, 18];
var found = process.versions.node.split('.').map(Number);

if (found[0] < NEEDED[0] || (found[0] === NEEDED[0] && found[1] < NEEDED[1])) {
  process.stderr.write(
    'Daftari needs Node ' +
      NEEDED.join('.') +
      ' or newer; this is Node ' +
      process.versions.node +
      '.\n' +
      'On Windows and Linux a suitable Node comes with "npm ci": run that first, without --omit=optional.\n' +
      'Elsewhere, install the current version from nodejs.org.\n',
  );
  process.exit(1);
}
